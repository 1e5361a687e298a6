"""Who gets in, for how long, and how a lost password is replaced."""

import re
import uuid
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from cardable.server.organizations.sessions import SEEN, SIGNED_IN

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
pytestmark = pytest.mark.usefixtures("database", "static_files")


@pytest.fixture
def visitor() -> Client:
    cache.clear()
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def signed_in(visitor: Client, analyst: SimpleNamespace) -> Client:
    visitor.post(LOGIN, {"login": analyst.email, "password": analyst.password})
    assert visitor.session[SIGNED_IN]
    return visitor


def test_a_stranger_is_led_to_sign_in(visitor: Client) -> None:
    assert visitor.get("/").headers["Location"] == f"{LOGIN}?next=/"


def test_signing_in_chooses_the_members_organization(signed_in: Client) -> None:
    assert uuid.UUID(signed_in.session["organization"])


def test_a_failed_sign_in_does_not_say_which_half_was_wrong(
    visitor: Client, analyst: SimpleNamespace
) -> None:
    answers = [
        visitor.post(LOGIN, {"login": email, "password": "no password of anyone"}).content.decode()
        for email in (analyst.email, "nobody@demo.bank")
    ]
    known, unknown = (re.findall(r'<div class="alert.*?</ul>', answer, re.S) for answer in answers)
    assert known == unknown != []


def test_ten_wrong_passwords_lock_the_account_for_a_while(visitor: Client, analyst: SimpleNamespace) -> None:
    for _ in range(10):
        visitor.post(LOGIN, {"login": analyst.email, "password": "wrong"})
    visitor.post(LOGIN, {"login": analyst.email, "password": analyst.password})
    assert "_auth_user_id" not in visitor.session


@pytest.mark.parametrize(("key", "age"), [(SEEN, 31 * 60), (SIGNED_IN, 12 * 3600 + 60)])
def test_a_session_ends_when_idle_and_at_the_end_of_the_day(signed_in: Client, key: str, age: int) -> None:
    session = signed_in.session
    session[key] -= age
    session.save()
    assert signed_in.get("/").headers["Location"].startswith(LOGIN)


def test_nobody_switches_to_an_organization_of_others(signed_in: Client) -> None:
    assert signed_in.post("/accounts/organization/", {"organization": uuid.uuid4()}).status_code == 404


def test_nobody_signs_up(visitor: Client) -> None:
    answer = visitor.post(
        "/accounts/signup/", {"email": "eve@evil.example", "password1": "long enough password"}
    )
    assert "By invitation only" in answer.content.decode()


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_a_reset_answers_alike_whether_or_not_the_account_exists(
    visitor: Client, analyst: SimpleNamespace
) -> None:
    mail.outbox = []
    answers = [visitor.post(RESET, {"email": email}) for email in (analyst.email, "nobody@demo.bank")]
    assert {answer.headers["Location"] for answer in answers} == {f"{RESET}done/"}
    assert [message.to for message in mail.outbox] == [[analyst.email]]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_a_mailed_link_sets_a_password_once_and_ends_other_sessions(
    signed_in: Client, visitor: Client, analyst: SimpleNamespace
) -> None:
    mail.outbox = []
    other = Client(SERVER_NAME="localhost")
    other.post(RESET, {"email": analyst.email})
    path = re.search(r"http://localhost:8000(\S+)", str(mail.outbox[0].body))
    assert path
    form = other.get(path[1]).headers["Location"]
    other.post(form, {"password1": analyst.password + "!", "password2": analyst.password + "!"})
    assert signed_in.get("/").headers["Location"].startswith(LOGIN)
    analyst.password += "!"
    assert "no longer works" in other.get(path[1], follow=True).content.decode()


@pytest.mark.parametrize("password", ["x" * 129, "my demo bank password", "password1234"])
def test_a_poor_password_is_refused(analyst: SimpleNamespace, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from cardable.server.organizations.models import User

    with pytest.raises(ValidationError):
        validate_password(password, User.objects.get(email=analyst.email))
