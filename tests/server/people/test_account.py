"""A person changes its own name, password, second factor and devices, and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyotp
import pytest
from django.core.mail import EmailMessage
from django.test import Client

from cardable.server.organizations.models import Member, User
from cardable.server.people import second_factor
from cardable.server.people.models import SecondFactor
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD, client_of

if TYPE_CHECKING:
    from cardable.server.organizations.models import Organization

Mails = Callable[[], list[EmailMessage]]
FACTOR = "/account/second-factor"
NEW = "an entirely different sentence"
LOGIN = "/accounts/login/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Moves the time that codes are made of."""
    now = [int(time.time())]
    monkeypatch.setattr("cardable.server.people.second_factor.time.time", lambda: now[0])

    def move(seconds: int) -> None:
        now[0] += seconds

    return move


def seed_of(user: User) -> str:
    return second_factor._seed(SecondFactor.objects.get(user=user))


def code_of(user: User) -> str:
    return pyotp.TOTP(seed_of(user)).at(int(time.time()))


def set_up(client: Client, user: User) -> list[str]:
    """Turns the second factor on; the recovery codes."""
    client.get(FACTOR)
    page = client.post(FACTOR, {"code": code_of(user)}).content.decode()
    found = re.search(r'<pre id="codes">(.*?)</pre>', page, re.S)
    assert found, page
    return found[1].split()


def sign_in(member: Member, browser: Client | None = None, password: str = PASSWORD) -> Client:
    browser = browser or Client(SERVER_NAME="localhost")
    browser.post(LOGIN, {"login": member.user.email, "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/companies/").status_code == 200


def test_the_profile_is_saved_and_nothing_beside_it(client: Client, member: Member) -> None:
    client.post(
        "/account/",
        {"name": "Ada Hill", "is_technical": "on", "email": "x@evil.example", "role": "Administrator"},
    )
    user = User.objects.get(id=member.user_id)
    assert (user.name, user.is_technical, user.email) == ("Ada Hill", True, "ada@demo.bank")
    with acting_for(member.organization_id):
        assert Member.objects.get(id=member.id).role == "Analyst"


def change(browser: Client, current: str, new: str, again: str | None = None) -> str:
    answer = browser.post("/account/password", {"current": current, "new": new, "again": again or new})
    return "changed" if answer.status_code == 302 else answer.content.decode()


def test_a_new_password_keeps_this_device_and_ends_the_others(
    client: Client, member: Member, mails: Mails
) -> None:
    here, there = sign_in(member), sign_in(member)
    assert change(here, PASSWORD, NEW) == "changed"
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(sign_in(member))
    assert is_in(sign_in(member, password=NEW))
    assert mails()[-1].subject == "Your password was changed"


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        ("wrong", NEW, NEW, "not your current password"),
        (PASSWORD, NEW, NEW + "!", "not the same"),
        (PASSWORD, "short", "short", "at least 12"),
        (PASSWORD, "password1234", "password1234", "too common"),
        (PASSWORD, "my demo bank phrase", "my demo bank phrase", "Leave out"),
        (PASSWORD, PASSWORD, PASSWORD, "your password already"),
    ],
)
def test_a_password_is_not_changed_to_a_poor_one_nor_by_somebody_else(
    client: Client, current: str, new: str, again: str, words: str
) -> None:
    assert words in change(client, current, new, again)


def test_guessing_the_current_password_is_stopped(client: Client) -> None:
    for _ in range(10):
        change(client, "wrong", NEW)
    assert "wait 15 minutes" in change(client, PASSWORD, NEW)


def test_after_the_password_comes_the_code(
    client: Client, member: Member, clock: Callable[[int], None]
) -> None:
    set_up(client, member.user)
    browser = sign_in(member)
    assert not is_in(browser)
    assert browser.get("/accounts/code/").status_code == 200
    browser.post("/accounts/code/", {"code": "000000"})
    assert not is_in(browser)
    clock(30)
    browser.post("/accounts/code/", {"code": code_of(member.user)})
    assert is_in(browser)


def test_a_code_works_once(client: Client, member: Member, clock: Callable[[int], None]) -> None:
    set_up(client, member.user)
    clock(30)
    first, second = sign_in(member), sign_in(member)
    code = code_of(member.user)
    first.post("/accounts/code/", {"code": code})
    second.post("/accounts/code/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_works_once_and_is_told(client: Client, member: Member, mails: Mails) -> None:
    code = set_up(client, member.user)[0]
    first, second = sign_in(member), sign_in(member)
    first.post("/accounts/code/", {"code": code.upper().replace("-", " ")})
    second.post("/accounts/code/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)
    assert "A recovery code was used" in [message.subject for message in mails()]


def test_codes_are_not_guessed(client: Client, member: Member, clock: Callable[[int], None]) -> None:
    set_up(client, member.user)
    browser = sign_in(member)
    for _ in range(10):
        browser.post("/accounts/code/", {"code": "000000"})
    clock(30)
    answer = browser.post("/accounts/code/", {"code": code_of(member.user)})
    assert "wait 15 minutes" in answer.content.decode()
    assert not is_in(browser)


def test_the_seed_is_sealed_and_recovery_codes_are_kept_as_digests(client: Client, member: Member) -> None:
    codes = set_up(client, member.user)
    factor = SecondFactor.objects.get(user=member.user)
    assert seed_of(member.user).encode() not in bytes(factor.seed)
    assert not set(codes) & set(factor.recovery_codes)


def test_without_a_right_code_nothing_is_taken_away(
    client: Client, member: Member, clock: Callable[[int], None]
) -> None:
    set_up(client, member.user)
    client.post(f"{FACTOR}/remove", {"code": "000000"})
    assert SecondFactor.objects.filter(user=member.user).exists()
    clock(30)
    client.post(f"{FACTOR}/remove", {"code": code_of(member.user)})
    assert not SecondFactor.objects.filter(user=member.user).exists()


def require(organization: Organization) -> None:
    with acting_for(organization.id):
        organization.requires_second_factor = True
        organization.save()


def test_where_it_is_required_nothing_opens_before_it_is_set_up(client: Client, member: Member) -> None:
    require(member.organization)
    assert client.get("/companies/").headers["Location"] == FACTOR
    assert client.get("/account/").status_code == 200
    set_up(client, member.user)
    assert is_in(client)


def test_where_it_is_required_it_is_not_turned_off(
    client: Client, member: Member, clock: Callable[[int], None]
) -> None:
    set_up(client, member.user)
    require(member.organization)
    clock(30)
    client.post(f"{FACTOR}/remove", {"code": code_of(member.user)})
    assert SecondFactor.objects.filter(user=member.user).exists()


def test_an_administrator_takes_a_lost_code_away(admin: Client, client: Client, member: Member) -> None:
    set_up(client, member.user)
    admin.post(f"/settings/users/{member.id}/reset-code")
    assert not is_in(client)
    assert is_in(sign_in(member))


def test_a_device_is_signed_out_from_another(member: Member, static_files: None) -> None:
    here, there = sign_in(member), sign_in(member)
    page = here.get("/account/devices").content.decode()
    key = re.search(r'name="device" value="(\w+)"', page)
    assert key
    here.post("/account/devices/sign-out", {"device": key[1]})
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_signs_out_somebody_elses_device(client: Client, admin: Client, administrator: Member) -> None:
    theirs = sign_in(administrator)
    page = sign_in(administrator).get("/account/devices").content.decode()
    for key in re.findall(r'name="device" value="(\w+)"', page):
        client.post("/account/devices/sign-out", {"device": key})
    client.post("/account/devices/sign-out")
    assert is_in(theirs)


def test_all_others_are_signed_out_at_once(member: Member, static_files: None) -> None:
    here, others = sign_in(member), [sign_in(member), client_of(member)]
    here.post("/account/devices/sign-out")
    assert is_in(here)
    assert not any(map(is_in, others))
