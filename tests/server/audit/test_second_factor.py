"""Each step of a second factor is told, and never its code."""

import pyotp
import pytest
from django.test import Client

from cardable.server.organizations.models import Member, Organization
from cardable.server.people import second_factor
from tests.server.audit.entries import actions, entries
from tests.server.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("database", "static_files")


def test_codes_right_and_wrong_are_told(organization: Organization, member: Member) -> None:
    seed = second_factor.begin(member.user)
    codes = second_factor.confirm(member.user, pyotp.TOTP(seed).now())
    assert codes
    browser = Client(SERVER_NAME="localhost")
    browser.post("/accounts/login/", {"login": "ada@demo.bank", "password": PASSWORD})
    assert "sign-in" not in actions(organization)
    browser.post("/accounts/code/", {"code": "000000"})
    browser.post("/accounts/code/", {"code": codes[0]})
    told = ["second-factor.failed", "second-factor.passed", "sign-in"]
    assert [action for action in actions(organization) if action in told] == told
    assert codes[0] not in repr([vars(entry) for entry in entries(organization)])


def test_taking_it_away_is_told(organization: Organization, member: Member) -> None:
    seed = second_factor.begin(member.user)
    second_factor.confirm(member.user, pyotp.TOTP(seed).now())
    second_factor.new_recovery_codes(member.user)
    second_factor.take_away(member.user)
    assert actions(organization) == ["second-factor.renewed", "second-factor.removed"]
