"""Whoever is not let in learns nothing: sign-in or “not found”, at every address."""

import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.conftest import client_of
from tests.server.contracts.addresses import Address, addresses
from tests.server.contracts.rows import CANARY, make, tenant_models

SIGN_IN = "/accounts/login/"
# Doors for everybody: they may answer, but tell nothing of an organization's data.
PUBLIC = ("account_", "language", "openid_", "scim-", "link-", "ui-")
BOTH = pytest.mark.parametrize("method", ["get", "post"])
pytestmark = pytest.mark.usefixtures("database", "static_files")


@dataclass(frozen=True)
class Answer:
    """What somebody got to see."""

    status: int
    location: str
    text: str


class Visitor:
    """A browser that comes to each address as if to the first: what a request does is taken back."""

    def __init__(self, member: Member | None) -> None:
        self._browser = client_of(member)
        self._cookies = {name: cookie.value for name, cookie in self._browser.cookies.items()}

    def asks(self, method: str, path: str) -> Answer:
        self._browser.cookies = SimpleCookie(self._cookies)
        with transaction.atomic():
            answer = getattr(self._browser, method)(path)
            text = answer.getvalue().decode("utf-8", "replace")
            transaction.set_rollback(True)
        return Answer(answer.status_code, answer.headers.get("Location", ""), text)


@pytest.fixture
def ids(organization: Organization) -> dict[str, uuid.UUID]:
    """One of each thing that Demo Bank has, by what it is called in addresses."""
    made: dict[type, Any] = {}
    with acting_for(organization.id):
        for model in tenant_models():
            make(model, organization, made)
    return {_word(model.__name__): row.pk for model, row in made.items() if isinstance(row.pk, uuid.UUID)} | {
        "run": made[_model("ReportRun")].pk
    }


def _word(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _model(name: str) -> type:
    return next(model for model in tenant_models() if model.__name__ == name)


def is_public(address: Address) -> bool:
    return address.name.startswith(PUBLIC)


@BOTH
def test_a_signed_out_visitor_is_led_to_sign_in(method: str, ids: dict[str, uuid.UUID]) -> None:
    visitor, surprises = Visitor(None), []
    for address in addresses():
        answer = visitor.asks(method, address.path(ids))
        is_led = answer.status in (404, 405) or answer.location.startswith(SIGN_IN)
        if CANARY in answer.text or not (is_led or is_public(address)):
            surprises.append((address.name, answer.status, answer.location))
    assert surprises == []


@BOTH
def test_a_member_of_another_organization_finds_nothing(
    method: str, ids: dict[str, uuid.UUID], stranger: Member
) -> None:
    visitor, surprises = Visitor(stranger), []
    for address in addresses():
        answer = visitor.asks(method, address.path(ids))
        is_lost = answer.status in (404, 405) or not address.names_an_object
        if CANARY in answer.text or not (is_lost or is_public(address)):
            surprises.append((address.name, answer.status))
    assert surprises == []


def test_a_disabled_member_is_a_stranger(member: Member, ids: dict[str, uuid.UUID]) -> None:
    client = client_of(member)
    with acting_for(member.organization_id):
        Member.objects.filter(id=member.id).update(is_active=False)
    for address in addresses():
        if not is_public(address):
            answer = client.get(address.path(ids))
            assert answer.status_code in (302, 404, 405), address.name
            assert CANARY not in answer.getvalue().decode("utf-8", "replace")


def test_a_post_without_the_pages_token_is_refused(member: Member) -> None:
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    browser.force_login(member.user)
    assert browser.post("/accounts/logout/").status_code == 403
