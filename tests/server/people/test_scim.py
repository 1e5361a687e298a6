"""A directory adds, lists, changes and disables users; who leaves is out at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from cardable.server.organizations.models import Member, User
from cardable.server.people.members import LAST
from cardable.server.people.models import ProvisioningToken, Session
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD

if TYPE_CHECKING:
    from cardable.server.organizations.models import Organization

BASE = "/scim/demo-bank/v2"
NIA = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "Nia@demo.bank",
    "externalId": "e-17",
    "name": {"givenName": "Nia", "familyName": "Park"},
    "active": True,
    "roles": [{"value": "Advisor", "primary": True}],
}


class Directory:
    """An organization's directory, with its token."""

    def __init__(self, token: str, base: str = BASE) -> None:
        self.token, self.base = token, base
        self._client = Client(SERVER_NAME="localhost")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return getattr(self._client, method)(
            self.base + path, body, content_type="application/scim+json",
            headers={"authorization": f"Bearer {self.token}"},
        )  # fmt: skip

    def get(self, path: str) -> Any:
        return self._client.get(self.base + path, headers={"authorization": f"Bearer {self.token}"})

    def patch(self, id: str, *operations: dict[str, Any]) -> Any:
        return self.ask("patch", f"/Users/{id}", {"Operations": list(operations)})


@pytest.fixture
def directory(admin: Client) -> Directory:
    """The directory to which an Administrator gave a token."""
    page = admin.post(
        "/settings/provisioning/new", {"name": "Entra ID", "role": "Onboarding"}
    ).content.decode()
    token = re.search(r"cardable_[\w-]{43}", page)
    assert token
    return Directory(token[0])


def fresh(member: Member) -> Member:
    with acting_for(member.organization_id):
        return Member.objects.select_related("user").get(id=member.id)


def test_a_user_is_added_and_found_again(directory: Directory, organization: Organization) -> None:
    made = directory.ask("post", "/Users", NIA)
    assert made.status_code == 201
    body = made.json()
    assert (body["userName"], body["displayName"], body["active"]) == ("nia@demo.bank", "Nia Park", True)
    with acting_for(organization.id):
        member = Member.objects.get(id=body["id"])
    assert (member.role, member.external_id) == ("Advisor", "e-17")
    for filter in ('userName eq "NIA@demo.bank"', 'externalId eq "e-17"', f'id eq "{body["id"]}"'):
        found = directory.get(f"/Users?filter={filter}").json()
        assert [each["id"] for each in found["Resources"]] == [body["id"]], filter
    assert directory.get(f"/Users/{body['id']}").json()["userName"] == "nia@demo.bank"


def test_without_a_role_a_user_gets_the_one_of_the_token(directory: Directory) -> None:
    made = directory.ask("post", "/Users", {"userName": "max@demo.bank"}).json()
    assert made["roles"][0]["value"] == "Onboarding"


def test_a_user_is_not_added_twice(directory: Directory, member: Member) -> None:
    answer = directory.ask("post", "/Users", {"userName": member.user.email})
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")


def test_all_are_listed_a_page_at_a_time(directory: Directory, member: Member) -> None:
    listed = directory.get("/Users?startIndex=2&count=1").json()
    assert (listed["totalResults"], listed["startIndex"], listed["itemsPerPage"]) == (2, 2, 1)


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "replace", "path": "active", "value": False},
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "replace", "value": {"active": False}},
    ],
)
def test_a_leaver_is_out_at_once(
    directory: Directory, member: Member, visitor: Client, operation: dict[str, Any]
) -> None:
    visitor.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert visitor.get("/companies/").status_code == 200
    assert directory.patch(str(member.id), operation).json()["active"] is False
    assert visitor.get("/companies/").status_code == 302
    assert not Session.objects.filter(user=member.user).exists()
    visitor.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert visitor.get("/companies/").status_code == 404


def test_deleting_disables_and_keeps_the_history(directory: Directory, member: Member) -> None:
    assert directory.ask("delete", f"/Users/{member.id}").status_code == 204
    assert fresh(member).is_active is False


def test_name_address_and_role_follow_the_directory(directory: Directory, member: Member) -> None:
    directory.patch(
        str(member.id),
        {"op": "replace", "path": "displayName", "value": "Ada Hill"},
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "ada.hill@demo.bank"},
        {"op": "replace", "path": "roles", "value": [{"value": "Developer"}]},
        {"op": "add", "path": "title", "value": "Not kept"},
    )
    changed = fresh(member)
    assert (changed.user.name, changed.user.email, changed.role) == (
        "Ada Hill",
        "ada.hill@demo.bank",
        "Developer",
    )
    directory.ask("put", f"/Users/{member.id}", {**NIA, "userName": "ada@demo.bank", "active": False})
    assert fresh(member).is_active is False


def test_the_last_administrator_is_not_disabled(directory: Directory, administrator: Member) -> None:
    answer = directory.patch(str(administrator.id), {"op": "replace", "path": "active", "value": False})
    assert (answer.status_code, answer.json()["detail"]) == (400, LAST)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"userName": "no address"},
        {"userName": "a@b.example", "roles": ["Emperor"]},
        {"active": "perhaps"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(directory: Directory, body: Any) -> None:
    answer = directory.ask("post", "/Users", body)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_wrong_token_opens_nothing(directory: Directory, stranger: Member, member: Member) -> None:
    for door in (
        Directory("cardable_wrong"),
        Directory(directory.token, "/scim/rival-bank/v2"),
        Directory(""),
    ):
        assert door.get("/Users").status_code == 401
        assert (
            door.patch(str(member.id), {"op": "replace", "path": "active", "value": False}).status_code == 401
        )
    assert directory.get(f"/Users/{stranger.id}").status_code == 404


def test_a_deleted_token_works_no_more(
    directory: Directory, admin: Client, organization: Organization
) -> None:
    with acting_for(organization.id):
        token = ProvisioningToken.objects.get()
    assert token.digest not in directory.token
    admin.post(f"/settings/provisioning/{token.id}/delete")
    assert directory.get("/Users").status_code == 401


def test_an_account_of_another_bank_keeps_its_name_and_address(
    directory: Directory, member: Member, other_organization: Organization
) -> None:
    with acting_for(other_organization.id):
        Member.objects.create(organization=other_organization, user=member.user, role="Administrator")
    directory.patch(str(member.id), {"op": "replace", "path": "displayName", "value": "Mine"})
    directory.patch(str(member.id), {"op": "replace", "path": "userName", "value": "mine@evil.example"})
    kept = User.objects.get(id=member.user_id)
    assert (kept.name, kept.email) == ("Ada Marsh", "ada@demo.bank")


def test_what_the_door_can_do_is_told(directory: Directory) -> None:
    assert directory.get("/ServiceProviderConfig").json()["patch"] == {"supported": True}
    assert directory.get("/ResourceTypes").json()["Resources"][0]["endpoint"] == "/Users"
