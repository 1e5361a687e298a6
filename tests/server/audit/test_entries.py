"""Who did what, from where and about which company; nothing secret, nothing twice."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cardable.server import audit
from cardable.server.audit.details import bounded
from cardable.server.companies.changes import create_company
from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.audit.entries import actions, entries
from tests.server.conftest import PASSWORD, client_of

pytestmark = pytest.mark.usefixtures("database", "static_files")
SIGN_IN = {"login": "ada@demo.bank", "password": PASSWORD}


def visitor() -> Client:
    return Client(SERVER_NAME="localhost", headers={"user-agent": "Browser/1.0"})


def test_a_sign_in_and_a_sign_out_are_told(organization: Organization, member: Member) -> None:
    browser = visitor()
    assert browser.post("/accounts/login/", SIGN_IN).status_code == 302
    browser.post("/accounts/logout/")
    come, gone = entries(organization, "sign-in", "sign-out")
    assert (come.action, gone.action) == ("sign-in", "sign-out")
    assert (come.actor_id, come.actor) == (member.user_id, "Ada Marsh <ada@demo.bank>")
    assert (come.ip_address, come.browser) == ("127.0.0.1", "Browser/1.0")


def test_a_failed_sign_in_is_told_without_the_password(organization: Organization, member: Member) -> None:
    visitor().post("/accounts/login/", SIGN_IN | {"password": "not a quiet harbour"})
    (failed,) = entries(organization)
    assert (failed.action, failed.actor) == ("sign-in.failed", "Ada Marsh <ada@demo.bank>")
    assert "harbour" not in repr(vars(failed))


def test_an_address_nobody_has_is_masked_where_one_organization_is_served(organization: Organization) -> None:
    visitor().post("/accounts/login/", SIGN_IN | {"login": "mallory@evil.example"})
    (failed,) = entries(organization)
    assert (failed.action, failed.actor) == ("sign-in.failed", "m…@evil.example")


def test_an_address_nobody_has_is_told_to_none_of_several(
    organization: Organization, other_organization: Organization
) -> None:
    visitor().post("/accounts/login/", SIGN_IN | {"login": "mallory@evil.example"})
    assert actions(organization) + actions(other_organization) == []


def test_a_reset_of_the_password_is_told(organization: Organization, member: Member) -> None:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    browser = visitor()
    key = f"{user_pk_to_url_str(member.user)}-{default_token_generator.make_token(member.user)}"
    page = browser.get(f"/accounts/password/reset/key/{key}/", follow=True)
    new = "another quiet harbour"
    browser.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    (reset,) = entries(organization, "password.reset")
    assert (reset.actor_id, reset.details) == (member.user_id, {})


def test_a_view_of_a_company_is_told(client: Client, organization: Organization, company: Company) -> None:
    assert client.get(reverse("company", args=[company.id])).status_code == 200
    (view,) = entries(organization, "company.viewed")
    assert (view.company_id, view.company, view.details) == (company.id, "Harbor Foods", {"page": "company"})


def test_what_was_refused_is_told(client: Client, organization: Organization) -> None:
    client.get(reverse("company", args=[uuid.uuid4()]))
    client.get(reverse("settings-audit"))
    refused = entries(organization, "access.refused")
    assert [entry.details["status"] for entry in refused] == [404, 403]
    assert [entry.company_id for entry in refused] == [None, None]


def test_a_change_is_told_once_with_its_actor(client: Client, organization: Organization) -> None:
    client.post(reverse("company-new"), {"name": "Pacific Paper", "products": "spendInsights"})
    told = [entry for entry in entries(organization) if entry.action == "company.created"]
    assert [(entry.actor, entry.company) for entry in told] == [
        ("Ada Marsh <ada@demo.bank>", "Pacific Paper")
    ]


def test_a_form_that_is_shown_again_changed_nothing(client: Client, organization: Organization) -> None:
    client.post(reverse("company-new"), {"name": "???"})
    assert "company.created" not in actions(organization)


def test_what_happens_without_a_request_is_told_too(organization: Organization) -> None:
    with acting_for(organization.id):
        create_company(organization, name="Harbor Foods")
    assert [(entry.action, entry.actor) for entry in entries(organization)] == [
        ("company.created", "Cardable")
    ]


def test_a_page_that_fetches_itself_anew_is_one_view(
    client: Client, organization: Organization, company: Company
) -> None:
    address = reverse("company-history", args=[company.id])
    for _ in range(3):
        client.get(address, headers={"hx-request": "true"})
    client.get(address)
    assert len(entries(organization, "company.viewed")) == 2


def test_an_entry_goes_when_the_change_it_tells_of_does(organization: Organization) -> None:
    def change_and_fail() -> None:
        with acting_for(organization.id):
            create_company(organization, name="Harbor Foods")
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    assert actions(organization) == []


def test_an_entry_shows_to_its_own_organization_alone(
    organization: Organization, other_organization: Organization
) -> None:
    with acting_for(organization.id):
        audit.write("settings.changed", organization=other_organization)
        assert create_company(organization, name="Still here").organization_id == organization.id
    assert actions(organization) == ["company.created"]
    assert actions(other_organization) == ["settings.changed"]


@pytest.mark.parametrize("name", ["password1", "client_secret", "csrfmiddlewaretoken", "OTP", "totp_seed"])
def test_a_detail_that_may_be_secret_is_left_out(name: str) -> None:
    assert bounded({name: "x", "page": "login"}) == {"page": "login"}


def test_details_are_bounded() -> None:
    kept = bounded({f"{number} {'n' * 500}": ["v" * 500] * 500 for number in range(500)})
    assert (len(kept), max(map(len, kept)), max(len(each) for each in kept.values())) == (20, 60, 40)
    assert bounded({"text": "a\0\x1b[2J" + "b" * 500})["text"].startswith("a  [2Jb")


def test_an_audited_page_asks_for_the_name_and_writes_no_more(
    client: Client, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("company", args=[company.id])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]])

    queries()
    with_entry = queries()
    monkeypatch.setattr("cardable.server.audit.middleware.rule_of", lambda name: None)
    assert with_entry - queries() == 2


@pytest.fixture
def administrator(member_as: Callable[[str], Member]) -> Client:
    """An Administrator's browser."""
    return client_of(member_as("Administrator"))


def test_what_settings_were_sent_is_told_by_name_alone(
    administrator: Client, organization: Organization, company: Company
) -> None:
    address = reverse("company-edit", args=[company.id])
    administrator.post(address, {"name": "Harbor Foods", "description": "Private words"})
    assert "Private words" not in repr([vars(entry) for entry in entries(organization)])
