"""What is tried against sessions, links and forms, and does not work."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from cardable.server.organizations.models import Member, Organization, User
from cardable.server.people.models import Session
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD
from tests.server.people.conftest import link_in

pytestmark = pytest.mark.usefixtures("static_files")
LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
COOKIE = "cardable_session"
NEW = "a brand new harbour wall"


def sign_in(browser: Client, member: Member, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post(LOGIN, {"login": member.user.email, "password": password, **more})


def with_cookie(value: str) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.cookies[COOKIE] = value
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/companies/").status_code == 200


def test_a_session_planted_before_sign_in_is_not_signed_in(member: Member, visitor: Client) -> None:
    visitor.get("/accounts/openid/nowhere-sso/")
    visitor.session.save()
    planted = visitor.session.session_key or "planted0planted0planted0planted0"
    visitor.cookies[COOKIE] = planted
    sign_in(visitor, member)
    assert visitor.cookies[COOKIE].value != planted
    assert is_in(visitor)
    assert not is_in(with_cookie(planted))


def test_a_stolen_session_ends_with_sign_out(member: Member, visitor: Client) -> None:
    sign_in(visitor, member)
    thief = with_cookie(visitor.cookies[COOKIE].value)
    assert is_in(thief)
    visitor.post("/accounts/logout/")
    assert not is_in(thief)
    assert not Session.objects.filter(user=member.user).exists()


def test_a_stolen_session_ends_with_a_new_password(member: Member, visitor: Client) -> None:
    sign_in(visitor, member)
    stolen = visitor.cookies[COOKIE].value
    visitor.post("/account/password", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert is_in(visitor)
    assert not is_in(with_cookie(stolen))


def test_a_copy_of_the_session_table_is_of_no_use(member: Member, visitor: Client) -> None:
    sign_in(visitor, member)
    for key in Session.objects.values_list("session_key", flat=True):
        assert not is_in(with_cookie(key))


def test_a_session_that_was_ended_while_a_request_ran_is_not_brought_back(
    member: Member, visitor: Client
) -> None:
    sign_in(visitor, member)
    session = visitor.session
    Session.objects.all().delete()
    from django.contrib.sessions.backends.base import UpdateError

    with pytest.raises(UpdateError):
        session.save()


def test_a_reset_link_is_of_no_use_once_used(
    member: Member, visitor: Client, outbox: list[EmailMessage]
) -> None:
    visitor.post(RESET, {"email": member.user.email})
    link = link_in(outbox[-1])
    form = visitor.get(link).headers["Location"]
    visitor.post(form, {"password1": NEW, "password2": NEW})
    thief = Client(SERVER_NAME="localhost")
    assert "no longer works" in thief.get(link, follow=True).content.decode()
    thief.post(form, {"password1": "the thief's own words", "password2": "the thief's own words"})
    assert User.objects.get(id=member.user_id).check_password(NEW)


def test_a_reset_link_of_one_account_opens_no_other(
    member: Member, administrator: Member, visitor: Client, outbox: list[EmailMessage]
) -> None:
    from allauth.account.utils import user_pk_to_url_str

    visitor.post(RESET, {"email": member.user.email})
    link = link_in(outbox[-1])
    other = link.replace(user_pk_to_url_str(member.user), user_pk_to_url_str(administrator.user))
    assert other != link
    assert "no longer works" in visitor.get(other, follow=True).content.decode()


def test_a_reset_link_keeps_its_key_out_of_the_address_of_the_form(
    member: Member, visitor: Client, outbox: list[EmailMessage]
) -> None:
    visitor.post(RESET, {"email": member.user.email})
    link = link_in(outbox[-1])
    assert visitor.get(link).headers["Location"].endswith("-set-password/")


def test_a_reset_does_not_do_without_the_second_factor(
    member: Member, visitor: Client, outbox: list[EmailMessage]
) -> None:
    from django.utils import timezone

    from cardable.server.people import second_factor
    from cardable.server.people.models import SecondFactor

    second_factor.begin(member.user)
    SecondFactor.objects.update(confirmed_at=timezone.now())
    visitor.post(RESET, {"email": member.user.email})
    form = visitor.get(link_in(outbox[-1])).headers["Location"]
    visitor.post(form, {"password1": NEW, "password2": NEW})
    assert not is_in(visitor)
    assert sign_in(visitor, member, NEW).headers["Location"] == "/accounts/code/"
    assert not is_in(visitor)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http://127.0.0.1:9/",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_nobody_is_led_to_another_site(member: Member, visitor: Client, target: str) -> None:
    answer = sign_in(visitor, member, next=target)
    assert answer.headers["Location"] == "/"
    answer = visitor.post("/accounts/logout/", {"next": target})
    assert answer.headers["Location"] == LOGIN


def test_sign_in_leads_back_to_where_one_wanted_to_go(member: Member, visitor: Client) -> None:
    assert sign_in(visitor, member, next="/companies/?q=a").headers["Location"] == "/companies/?q=a"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example"])
def test_a_request_for_another_host_is_refused(visitor: Client, member: Member, host: str) -> None:
    answer = visitor.post(RESET, {"email": member.user.email}, headers={"host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{"host": "127.0.0.1"}, {"x-forwarded-host": "evil.example"}, {"forwarded": "host=evil.example"}],
)
def test_a_mailed_link_leads_to_our_own_address_only(
    visitor: Client, member: Member, outbox: list[EmailMessage], headers: dict[str, str]
) -> None:
    visitor.post(RESET, {"email": member.user.email}, headers=headers)
    assert "http://localhost:8000/accounts/password/reset/key/" in str(outbox[-1].body)
    assert "evil" not in str(outbox[-1].body)


def test_sign_in_takes_nothing_but_address_and_password(
    member: Member, visitor: Client, organization: Organization
) -> None:
    sign_in(visitor, member, organization="rival-bank", role="Administrator", is_active="", name="Eve")
    with acting_for(organization.id):
        assert Member.objects.get(id=member.id).role == "Analyst"
    assert User.objects.get(id=member.user_id).name == "Ada Marsh"


def test_what_a_session_does_by_itself_keeps_nobody_signed_in(member: Member, visitor: Client) -> None:
    from cardable.server.organizations.sessions import SEEN

    sign_in(visitor, member)
    session = visitor.session
    session[SEEN] -= 29 * 60
    session.save()
    left = visitor.get("/accounts/session/").json()
    assert left["idle"] <= 60
    visitor.get("/spend-insights/changes?of=")
    assert visitor.get("/accounts/session/").json()["idle"] <= 60
    assert visitor.post("/accounts/session/").json()["idle"] > 29 * 60


def test_a_stranger_learns_nothing_of_sessions(visitor: Client) -> None:
    assert visitor.get("/accounts/session/").json() == {"idle": 0, "ends": 0}
