"""An analyst in a real browser before a company with two sets of books."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, Consent
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import SMALL, bring, connect, work
from tests.server.browser import faults, is_well, screens, visitor
from tests.server.conftest import make_member


@pytest.fixture
def books(company: Company) -> list[Connection]:
    """Sage 100, which Xero took the place of, and NetSuite, on its way."""
    held = [
        connect(company, "sage-100", platform_name="Sage 100", step="done"),
        connect(company, "xero", platform_name="Xero", step="done"),
    ]
    for each in held:
        bring(each, SMALL)
        work("syncs.read_uploads")
    with acting_for(company.organization_id):
        Consent.objects.create(
            organization_id=company.organization_id, company=company, connection=held[1], text="Only to read."
        )
    return [*held, connect(company, "netsuite", platform_name="NetSuite")]


@pytest.fixture
def page(chromium: Browser, site: str, organization: Organization) -> Iterator[Page]:
    developer = make_member(organization, role="Developer", email="dev@demo.bank", name="Dana Voss")
    with visitor(chromium, site, member=developer) as context:
        yield context.new_page()


def test_what_counts_is_seen_and_chosen(page: Page, company: Company, books: list[Connection]) -> None:
    heard = faults(page)
    for name, path in {
        "connections-two": "connections",
        "data-two": "data/bills",
        "data-aside": f"data/bills?connection={books[0].id}",
        "writes": "history/writes",
    }.items():
        page.goto(f"/companies/{company.id}/{path}")
        is_well(page, f"company-{name}")
    page.goto(f"/connections/{books[2].id}/link")
    is_well(page, "connection-link")
    page.goto(f"/companies/{company.id}/connections")
    page.get_by_role("button", name="More for Sage 100").click()
    screens(page, "company-connection-menu", whole=False)
    page.get_by_role("button", name="Count in reports").click()
    page.get_by_text("Data from Sage 100 counts again.").wait_for()
    assert heard == []
