"""Signing in through a real OpenID provider, which runs beside the tests."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from cardable.server.organizations.models import Member, User
from cardable.server.people.models import IdentityProvider
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD, make_member

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cardable.server.organizations.models import Organization

GROUPS = "Card analysts = Analyst\nCard admins = Administrator"
START = "/accounts/openid/demo-bank-sso/"
BACK = "http://localhost/accounts/openid/demo-bank-sso/back/"
SETTINGS = "/settings/sign-in/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider that lets whoever asks say who they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread
    with run_server_in_thread(require_client_registration=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def registered(issuer: str) -> dict[str, str]:
    """Cardable, as the provider knows it."""
    said = {"redirect_uris": [BACK], "token_endpoint_auth_method": "client_secret_post"}
    answer: dict[str, str] = requests.post(f"{issuer}/oauth2/clients", json=said, timeout=5).json()
    return answer


@pytest.fixture
def provider(admin: Client, issuer: str, registered: dict[str, str]) -> Callable[..., HttpResponse]:
    """Sets the provider up, as an Administrator does."""

    def set_up(**changes: str | None) -> Any:
        said = {
            "is_on": "on",
            "issuer": issuer,
            "client_id": registered["client_id"],
            "secret": registered["client_secret"],
            "groups_claim": "groups",
            "group_roles": GROUPS,
        }
        said |= changes  # type: ignore[arg-type]
        return admin.post(f"{SETTINGS}sso", {name: each for name, each in said.items() if each is not None})

    assert set_up().status_code == 302
    return set_up


def arrive(issuer: str, subject: str, browser: Client | None = None, **claims: Any) -> tuple[Client, Any]:
    """A browser that went to the provider and came back as this person, and the answer to that."""
    browser = browser or Client(SERVER_NAME="localhost")
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()
    there = browser.get(START).headers["Location"]
    back = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(BACK)
    return browser, browser.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


def is_in(browser: Client) -> bool:
    return browser.get("/companies/").status_code == 200


def member_of(organization: Organization, email: str) -> Member | None:
    with acting_for(organization.id):
        return Member.objects.select_related("user").filter(user__email=email).first()


def test_a_user_signs_in_to_the_account_of_its_address(
    provider: Any, issuer: str, member: Member, organization: Organization
) -> None:
    browser, answer = arrive(issuer, "ada-1", email="ADA@demo.bank", name="Ada")
    assert answer.headers["Location"] == "/"
    assert is_in(browser)
    found = member_of(organization, "ada@demo.bank")
    assert found
    assert (found.id, found.role, found.subjects) == (member.id, "Analyst", {"sso": "ada-1"})


def test_somebody_who_was_not_invited_is_told_so(provider: Any, issuer: str) -> None:
    browser, answer = arrive(issuer, "eve-1", email="eve@evil.example", groups=["Cleaners"])
    assert answer.status_code == 403
    assert "Nobody invited eve@evil.example yet" in answer.content.decode()
    assert not is_in(browser)
    assert not User.objects.filter(email="eve@evil.example").exists()


def test_an_invitation_is_taken_up_by_signing_in(
    provider: Any, issuer: str, admin: Client, organization: Organization
) -> None:
    invitation = {"name": "Nia Park", "email": "nia@demo.bank", "role": "Advisor"}
    admin.post("/settings/users/invite", invitation)
    browser, _ = arrive(issuer, "nia-1", email="nia@demo.bank", name="Nia Park")
    assert is_in(browser)
    found = member_of(organization, "nia@demo.bank")
    assert found
    assert (found.role, found.user.name) == ("Advisor", "Nia Park")


def test_a_mapped_group_lets_in_and_the_highest_role_wins(
    provider: Any, issuer: str, organization: Organization
) -> None:
    arrive(issuer, "max-1", email="max@demo.bank", groups=["Card admins", "Others", "Card analysts"])
    found = member_of(organization, "max@demo.bank")
    assert found
    assert found.role == "Administrator"
    arrive(issuer, "max-1", email="max@demo.bank", groups=["Card analysts"])
    found = member_of(organization, "max@demo.bank")
    assert found
    assert found.role == "Analyst"


def test_whoever_left_the_group_that_let_it_in_is_let_in_no_more(provider: Any, issuer: str) -> None:
    arrive(issuer, "max-1", email="max@demo.bank", groups=["Card analysts"])
    browser, answer = arrive(issuer, "max-1", email="max@demo.bank", groups=[])
    assert answer.status_code == 403
    assert not is_in(browser)


def test_groups_do_not_demote_the_last_administrator(
    provider: Any, issuer: str, organization: Organization, administrator: Member
) -> None:
    arrive(issuer, "grace-1", email=administrator.user.email, groups=["Card analysts"])
    found = member_of(organization, administrator.user.email)
    assert found
    assert found.role == "Administrator"


def test_a_disabled_user_is_not_let_in(
    provider: Any, issuer: str, member: Member, organization: Organization
) -> None:
    with acting_for(organization.id):
        Member.objects.filter(id=member.id).update(is_active=False)
    browser, answer = arrive(issuer, "ada-1", email="ada@demo.bank", groups=["Card admins"])
    assert answer.status_code == 403
    assert not is_in(browser)


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email": ""}])
def test_an_address_that_cannot_be_relied_on_leads_to_no_account(
    provider: Any, issuer: str, member: Member, claims: dict[str, Any]
) -> None:
    browser, answer = arrive(issuer, "ada-2", **{"email": "ada@demo.bank", **claims})
    assert answer.status_code == 403
    assert not is_in(browser)


def test_another_person_with_the_same_address_does_not_get_the_account(
    provider: Any, issuer: str, member: Member
) -> None:
    arrive(issuer, "ada-1", email="ada@demo.bank")
    browser, answer = arrive(issuer, "ada-impostor", email="ada@demo.bank")
    assert answer.status_code == 403
    assert not is_in(browser)


def test_a_provider_vouches_to_its_own_organization_only(
    provider: Any, issuer: str, member: Member, other_organization: Organization
) -> None:
    """Demo Bank's provider must not open Rival Bank to a person who works for both."""
    with acting_for(other_organization.id):
        theirs = Member.objects.create(
            organization=other_organization, user=member.user, role="Administrator"
        )
    browser, _ = arrive(issuer, "ada-1", email="ada@demo.bank")
    switched = browser.post("/accounts/organization/", {"organization": theirs.organization_id})
    assert switched.status_code == 404
    assert "Rival Bank" not in browser.get("/companies/").content.decode()


def test_an_answer_that_was_not_asked_for_signs_nobody_in(provider: Any, issuer: str, member: Member) -> None:
    victim = Client(SERVER_NAME="localhost")
    answer = victim.get("/accounts/openid/demo-bank-sso/back/?code=stolen&state=made-up")
    assert answer.status_code == 403
    assert not is_in(victim)


def test_what_goes_wrong_at_the_provider_is_said_in_words(provider: Any, issuer: str) -> None:
    browser = Client(SERVER_NAME="localhost")
    there = browser.get(START).headers["Location"]
    back = requests.post(there, data={"action": "deny"}, allow_redirects=False, timeout=5).headers["Location"]
    state = parse_qs(urlsplit(there).query)["state"][0]
    answer = browser.get(f"{urlsplit(back).path}?{urlsplit(back).query}&state={state}")
    assert answer.status_code == 403
    assert "was cancelled" in answer.content.decode()


def test_the_sign_in_page_offers_the_provider_and_says_what_the_bank_says(
    provider: Any, admin: Client, visitor: Client
) -> None:
    admin.post(SETTINGS, {"login_message": "Trouble? Call 1234.", "password_sign_in": "on"})
    page = visitor.get("/accounts/login/").content.decode()
    assert START in page
    assert "Call 1234" in page
    assert 'type="password"' in page


def test_passwords_are_switched_off_only_by_whoever_came_in_another_way(
    provider: Any, issuer: str, admin: Client, visitor: Client, member: Member
) -> None:
    assert "Sign in through an identity provider first" in admin.post(SETTINGS, {}).content.decode()
    boss, _ = arrive(issuer, "boss-1", email="boss@demo.bank", groups=["Card admins"])
    assert boss.post(SETTINGS, {}).status_code == 302
    assert 'type="password"' not in visitor.get("/accounts/login/").content.decode()
    answer = visitor.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/login/?organization=demo-bank"
    assert not is_in(visitor)
    assert not is_in(admin)
    assert is_in(boss)
    assert "must stay on" in boss.post(f"{SETTINGS}sso", _off(issuer)).content.decode()


def _off(issuer: str) -> dict[str, str]:
    return {"issuer": issuer, "client_id": "x", "groups_claim": "groups", "group_roles": ""}


def test_without_any_provider_passwords_stay_on(admin: Client) -> None:
    assert "must stay on" in admin.post(SETTINGS, {}).content.decode()


def test_the_secret_is_sealed_and_never_shown(
    provider: Any, admin: Client, registered: dict[str, str], organization: Organization
) -> None:
    with acting_for(organization.id):
        kept = bytes(IdentityProvider.objects.get().secret or b"")
    assert registered["client_secret"].encode() not in kept
    assert registered["client_secret"] not in admin.get(f"{SETTINGS}sso").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"issuer": "http://localhost:9"}, "Nothing that can be read"),
        ({"group_roles": "Card analysts = Emperor"}, "Line 1"),
        ({"issuer": "ftp://files.example"}, "starts with https://"),
    ],
)
def test_a_mistake_in_the_set_up_is_found_when_it_is_saved(
    provider: Any, change: dict[str, str], words: str
) -> None:
    assert words in provider(**change).content.decode()


def test_a_session_through_a_provider_changes_no_password_and_no_second_factor(
    provider: Any, issuer: str, member: Member
) -> None:
    browser, _ = arrive(issuer, "ada-1", email="ada@demo.bank")
    said = {"current": PASSWORD, "new": "some other long words", "again": "some other long words"}
    browser.post("/account/password", said)
    assert User.objects.get(id=member.user_id).check_password(PASSWORD)
    assert browser.post("/account/second-factor", {"code": "000000"}).status_code == 404


def test_another_banks_slug_leads_to_no_provider(provider: Any, other_organization: Organization) -> None:
    make_member(other_organization, email="x@rival.bank")
    for name in ("rival-bank-sso", "demo-bank-google", "nowhere-sso", "demo-bank"):
        assert Client(SERVER_NAME="localhost").get(f"/accounts/openid/{name}/").status_code == 404
