"""What people do to accounts is in the audit log, by whom it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from tests.server.audit.entries import entries
from tests.server.people.test_account import code_of, set_up, sign_in
from tests.server.people.test_scim import NIA, directory  # noqa: F401

if TYPE_CHECKING:
    from cardable.server.organizations.models import Member, Organization
    from tests.server.people.test_scim import Directory


def test_each_step_of_a_second_factor_is_told(
    client: Client, member: Member, organization: Organization
) -> None:
    code = set_up(client, member.user)[0]
    browser = sign_in(member)
    browser.post("/accounts/code/", {"code": "000000"})
    browser.post("/accounts/code/", {"code": code})
    told = [entry.action for entry in entries(organization) if entry.action.startswith("second-factor")]
    assert told == ["second-factor.added", "second-factor.failed", "second-factor.passed"]
    assert code_of(member.user) not in str([entry.details for entry in entries(organization)])


def test_what_a_directory_does_is_told_in_its_name(
    directory: Directory,  # noqa: F811
    organization: Organization,
) -> None:
    directory.ask("post", "/Users", NIA)
    assert "Entra ID" in str([vars(entry) for entry in entries(organization, "user.joined")])
