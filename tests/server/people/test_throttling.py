"""Guessing is stopped in every process at once, and keeps no colleague out who was here before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from cardable.server.organizations.models import Member
from cardable.server.people import throttling
from cardable.server.people.models import FailedAttempt
from tests.server.conftest import PASSWORD
from tests.server.people.conftest import link_in

pytestmark = pytest.mark.usefixtures("static_files")
LOGIN = "/accounts/login/"


def attempt(
    browser: Client, email: str, password: str = "a wrong password", address: str = "192.0.2.1"
) -> str:
    answer = browser.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)
    return "in" if answer.status_code == 302 else answer.content.decode()


def guess(email: str, times: int = 10, address: str = "192.0.2.66") -> None:
    for _ in range(times):
        attempt(Client(SERVER_NAME="localhost"), email, address=address)


def later(minutes: int) -> None:
    for failure in FailedAttempt.objects.all():
        failure.at -= timedelta(minutes=minutes)
        failure.save()


def test_ten_failures_close_the_door_for_a_quarter_of_an_hour(member: Member, visitor: Client) -> None:
    guess(member.user.email)
    assert "failed too often" in attempt(visitor, member.user.email, PASSWORD)
    later(14)
    assert "failed too often" in attempt(visitor, member.user.email, PASSWORD)
    later(1)
    assert attempt(visitor, member.user.email, PASSWORD) == "in"


def test_nine_failures_close_nothing(member: Member, visitor: Client) -> None:
    guess(member.user.email, 9)
    assert attempt(visitor, member.user.email, PASSWORD) == "in"


def test_a_browser_that_was_here_before_gets_in_whoever_guesses(member: Member, visitor: Client) -> None:
    attempt(visitor, member.user.email, PASSWORD)
    visitor.post("/accounts/logout/")
    guess(member.user.email, 12)
    assert attempt(visitor, member.user.email, PASSWORD) == "in"


def test_a_known_browser_does_not_guess_for_ever(member: Member, visitor: Client) -> None:
    attempt(visitor, member.user.email, PASSWORD)
    visitor.post("/accounts/logout/")
    for _ in range(10):
        attempt(visitor, member.user.email)
    assert "failed too often" in attempt(visitor, member.user.email, PASSWORD)


def test_a_browser_known_for_one_person_is_not_known_for_another(
    member: Member, administrator: Member, visitor: Client
) -> None:
    attempt(visitor, administrator.user.email, PASSWORD)
    visitor.post("/accounts/logout/")
    guess(member.user.email)
    assert "failed too often" in attempt(visitor, member.user.email, PASSWORD)


def test_a_made_up_device_is_not_known(member: Member, visitor: Client) -> None:
    guess(member.user.email)
    visitor.cookies["cardable_device"] = "W10:made:up"
    assert "failed too often" in attempt(visitor, member.user.email, PASSWORD)


def test_a_reset_gets_one_in_though_the_door_is_closed(
    member: Member, visitor: Client, outbox: list[EmailMessage]
) -> None:
    guess(member.user.email)
    visitor.post("/accounts/password/reset/", {"email": member.user.email})
    form = visitor.get(link_in(outbox[-1])).headers["Location"]
    new = "a brand new harbour wall"
    visitor.post(form, {"password1": new, "password2": new})
    guess(member.user.email)
    assert attempt(visitor, member.user.email, new) == "in"


def test_one_address_does_not_try_many_accounts(
    member: Member, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "FAILURES_OF_ADDRESS", 12)
    for number in range(6):
        guess(f"somebody{number}@demo.bank", 2, address="192.0.2.9")
    assert "failed too often" in attempt(visitor, member.user.email, PASSWORD, address="192.0.2.9")
    assert attempt(visitor, member.user.email, PASSWORD, address="192.0.2.10") == "in"


def test_what_is_counted_is_in_the_table_for_every_process_and_tells_no_address(member: Member) -> None:
    guess(member.user.email, 1)
    kept = list(FailedAttempt.objects.values_list("key", flat=True))
    assert len(kept) == 2
    assert not any("ada" in key or "192" in key for key in kept)


def test_old_failures_are_let_go(member: Member) -> None:
    guess(member.user.email, 1)
    FailedAttempt.objects.update(at=timezone.now() - timedelta(hours=1))
    throttling.forget_old()
    assert not FailedAttempt.objects.exists()
