"""Settings, Monitor and Account settings in French: no English is left, and nothing kept becomes French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from cardable.server.companies.models import Company
from cardable.server.insights.models import SettingsVersion
from cardable.server.organizations.models import Member, User
from cardable.server.people.models import IdentityProvider
from cardable.server.portal.settings_navigation import MONITOR, SETTINGS
from cardable.server.tenancy import acting_for
from tests.server.conftest import client_of, make_member
from tests.server.french import english_left
from tests.server.portal.test_report_settings import filled

if TYPE_CHECKING:
    from django.test import Client

    from cardable.server.organizations.models import Organization

WINDOWS = (
    "/settings/users/invite",
    "/settings/sign-in/sso",
    "/settings/sign-in/microsoft",
    "/settings/provisioning/new",
    "/settings/link/texts/en",
    "/settings/link/texts/fr-ca",
    "/settings/email-template/fr-ca",
    "/settings/spend-insights/rates",
    "/settings/spend-insights/versions/",
    "/settings/spend-insights/versions/1",
    "/account/",
    "/account/password",
    "/account/second-factor",
    "/account/devices",
)
PAGES = (*(reverse(name) for _, name, _ in (*SETTINGS, *MONITOR)), *WINDOWS)


@pytest.fixture
def french(organization: Organization) -> Organization:
    """Demo Bank, whose own language is French."""
    with acting_for(organization.id):
        organization.languages = ["fr-ca", "en"]
        organization.save()
    return organization


@pytest.fixture
def administrator(french: Organization, static_files: None) -> Member:
    return make_member(french, role="Administrator", email="grace@demo.bank", name="Grace Hill")


@pytest.fixture
def admin(administrator: Member, company: Company) -> Client:
    """Grace's browser, with something to see on every page."""
    client = client_of(administrator)
    client.post("/settings/spend-insights/", filled(client, months="6", exclusions_reason=["Rent"]))
    client.post("/settings/users/invite", {"name": "Nia", "email": "nia@demo.bank", "role": "Advisor"})
    client.post("/settings/provisioning/new", {"name": "Okta", "role": "Analyst"})
    return client


def left(answer: Any) -> list[str]:
    return english_left(answer.content.decode())


def test_no_english_is_left_on_any_page(admin: Client) -> None:
    assert {page: found for page in PAGES if (found := left(admin.get(page)))} == {}


def test_no_english_is_left_where_something_is_wrong(admin: Client) -> None:
    sent: dict[str, dict[str, Any]] = {
        "/settings/users/invite": {"email": "nia@demo.bank", "name": "", "role": "Boss"},
        "/settings/sign-in/sso": {"is_on": "on", "issuer": "nowhere", "group_roles": "A = Boss"},
        "/settings/branding/": {"name": "", "primary_color": "red"},
        "/settings/redirects": {"redirect_url": "nowhere", "allowed": "x"},
        "/settings/email-template/fr-ca": {"text": "{nothing}"},
        "/settings/link/": {"landing_logo": "on", "terms_url": "x"},
        "/settings/languages/": {"first": "en"},
        "/settings/spend-insights/rates": {},
        "/settings/spend-insights/": filled(admin, months="", group_currency="1", cashback_tiers_rate=["x"]),
        "/account/password": {"current": "no", "new": "short", "again": "other"},
        "/account/second-factor": {"code": "1"},
    }
    assert {page: found for page, said in sent.items() if (found := left(admin.post(page, said)))} == {}


def test_a_companys_report_settings_are_in_french(admin: Client, company: Company) -> None:
    pages = [reverse(f"company-report-settings{part}", args=[company.id]) for part in ("", "-versions")]
    assert [found for page in pages for found in left(admin.get(page))] == []


def test_what_is_kept_stays_as_it_is(admin: Client, french: Organization) -> None:
    admin.post(
        "/settings/sign-in/microsoft",
        {"tenant": "0" * 36, "client_id": "1", "secret": "s", "group_roles": "Analystes = Analyste"},
    )
    tiers: dict[str, Any] = {"cashback_tiers_up_to": ["250\xa0000", ""], "cashback_tiers_rate": ["1,5", "2"]}
    admin.post("/settings/spend-insights/", filled(admin, **tiers))
    with acting_for(french.id):
        latest = SettingsVersion.objects.order_by("-number")[0]
        assert latest.given["cashback_tiers"] == [{"rate": "0.015", "up_to": "250000"}, {"rate": "0.02"}]
        assert IdentityProvider.objects.get().group_roles == {"Analystes": "Analyst"}
    exported = admin.get(reverse("settings-audit-csv")).getvalue().decode()
    assert "nia@demo.bank was invited as Advisor." in exported
    assert "nia@demo.bank a été invité comme Conseiller." in admin.get("/settings/audit/").content.decode()


def test_people_choose_their_language(admin: Client, administrator: Member) -> None:
    page = admin.get("/account/").content.decode()
    assert "Celle de l’organisation\xa0: Français (Canada)" in page
    answer = admin.post("/account/", {"name": "Grace Hill", "language": "en"}, follow=True)
    assert "Your profile was saved." in answer.content.decode()
    assert User.objects.get(id=administrator.user_id).language == "en"
    assert client_of(administrator).get("/account/").headers["Content-Language"] == "en"
    admin.post("/account/", {"name": "Grace Hill", "language": ""})
    assert admin.get("/account/").headers["Content-Language"] == "fr-ca"
    assert admin.post("/account/", {"name": "Grace Hill", "language": "de"}).status_code == 200
