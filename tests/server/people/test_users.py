"""An Administrator sees who works here, changes them, and is never shut out."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from cardable.server.organizations.models import Member, Organization, User
from cardable.server.people.members import LAST, SHARED
from cardable.server.people.models import Session
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD, client_of, make_member
from tests.server.contracts.queries import assert_as_many_queries

pytestmark = pytest.mark.usefixtures("static_files")
USERS = "/settings/users/"


def edit(client: Client, member: Member, **changes: Any) -> str:
    said = {"name": member.user.name, "email": member.user.email, "role": member.role, "is_active": "on"}
    said |= changes
    answer = client.post(f"{USERS}{member.id}", {key: each for key, each in said.items() if each is not None})
    return "saved" if answer.status_code == 302 else answer.content.decode()


def fresh(member: Member) -> Member:
    with acting_for(member.organization_id):
        return Member.objects.select_related("user").get(id=member.id)


def test_everybody_is_listed_with_role_and_state(admin: Client, member: Member) -> None:
    page = admin.get(USERS).content.decode()
    assert "ada@demo.bank" in page
    assert "grace@demo.bank" in page
    assert "ada@demo.bank" not in admin.get(f"{USERS}?q=grace").content.decode()


def test_the_list_asks_as_often_for_many_as_for_few(admin: Client, organization: Organization) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            make_member(organization, email=f"{uuid.uuid4().hex}@demo.bank")

    assert_as_many_queries(admin, USERS, more)


def test_name_address_and_role_are_changed(admin: Client, member: Member) -> None:
    assert edit(admin, member, name="Ada Marsh-Hill", email="ADA.MH@demo.bank", role="Developer") == "saved"
    changed = fresh(member)
    assert (changed.user.name, changed.user.email, changed.role) == (
        "Ada Marsh-Hill",
        "ada.mh@demo.bank",
        "Developer",
    )


def test_a_disabled_user_loses_access_at_once(admin: Client, member: Member, visitor: Client) -> None:
    visitor.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert visitor.get("/companies/").status_code == 200
    edit(admin, member, is_active=None)
    assert visitor.get("/companies/").headers["Location"].startswith("/accounts/login/")
    assert not Session.objects.filter(user=member.user).exists()


def test_an_enabled_user_is_let_in_again(admin: Client, member: Member) -> None:
    edit(admin, member, is_active=None)
    edit(admin, member)
    assert client_of(member).get("/companies/").status_code == 200


@pytest.mark.parametrize("change", [{"role": "Developer"}, {"is_active": None}])
def test_the_last_active_administrator_stays_one(
    admin: Client, administrator: Member, organization: Organization, change: dict[str, Any]
) -> None:
    other = make_member(organization, role="Administrator", email="second@demo.bank")
    assert edit(admin, other, is_active=None) == "saved"
    assert LAST in edit(admin, administrator, **change)
    assert edit(admin, other) == "saved"
    assert edit(admin, administrator, **change) == "saved"


def test_an_administrator_of_one_bank_does_not_take_over_an_account_of_another(
    admin: Client, member: Member, other_organization: Organization
) -> None:
    with acting_for(other_organization.id):
        Member.objects.create(organization=other_organization, user=member.user, role="Administrator")
    page = edit(admin, member, email="mine@evil.example", name="Mine")
    assert page == "saved"
    assert User.objects.get(id=member.user_id).email == "ada@demo.bank"
    assert SHARED in admin.get(f"{USERS}{member.id}").content.decode()


def test_two_accounts_never_share_an_address(admin: Client, member: Member, stranger: Member) -> None:
    assert "Another account has this" in edit(admin, member, email=stranger.user.email)


def test_a_user_of_another_organization_is_not_there(admin: Client, stranger: Member) -> None:
    assert admin.get(f"{USERS}{stranger.id}").status_code == 404
    assert admin.post(f"{USERS}{stranger.id}/reset-code").status_code == 404


def test_nothing_but_what_the_form_asks_is_changed(admin: Client, member: Member, stranger: Member) -> None:
    edit(
        admin, member, organization=stranger.organization_id, password="x", is_from_groups="on",
        user=stranger.user_id, id=stranger.id,
    )  # fmt: skip
    kept = fresh(member)
    assert (kept.organization_id, kept.user_id, kept.is_from_groups) == (
        member.organization_id,
        member.user_id,
        False,
    )
    assert kept.user.check_password(PASSWORD)
