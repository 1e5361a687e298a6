"""The insights pages in a real browser: accessible in every state, whole on every width, live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from cardable.metrics import Period
from tests.examples import harbor_foods
from tests.server.browser import axe, faults, is_well, screens, visitor
from tests.server.conftest import make_company
from tests.server.portal.runs import begin_run, make_run

if TYPE_CHECKING:
    from pathlib import Path

    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member, Organization

RTL = "شركة المأكولات البحرية المحدودة"
LONG = "Gesellschaft für Kälteanlagenbau und Lebensmittelgroßhandel Nord-Süd mbH & Co. KG"


@pytest.fixture
def page(chromium: Browser, site: str, member: Member) -> Iterator[Page]:
    with visitor(chromium, site, member=member) as context:
        yield context.new_page()


def opens_well(page: Page, address: str, name: str) -> None:
    """The page opens without a fault, and is well."""
    heard = faults(page)
    page.goto(address)
    is_well(page, name)
    # The browser drops the icon it was fetching when the page is left.
    assert [each for each in heard if "/ui/icon." not in each] == []


def test_the_tab_with_every_status_is_well(page: Page, organization: Organization) -> None:
    group = make_company(organization, "Harbor Foods Group", children_count=2)
    make_run(group)
    make_company(organization, RTL, parent=group)
    failing = make_company(organization, LONG)
    begin_run(failing, status="Error", reason="The reports could not be made. Reference: 3f2a9c1b.")
    begin_run(make_company(organization, "Tide Logistics"))
    make_company(organization, "Northwind Bakery")
    opens_well(page, "/spend-insights/", "insights")
    page.get_by_role("button", name="Reports of Harbor Foods Group").click()
    screens(page, "insights-download", whole=False)
    assert axe(page) == []


def test_an_empty_tab_is_well(page: Page) -> None:
    opens_well(page, "/spend-insights/", "insights-empty")


def test_every_page_of_an_analysis_is_well(page: Page, company: Company) -> None:
    make_run(company)
    home = f"/spend-insights/{company.id}/"
    opens_well(page, home, "analysis")
    for summary in page.locator("details.behind > summary").all():
        summary.click()
    screens(page, "analysis-tables")
    assert axe(page) == []
    opens_well(page, f"{home}suppliers", "analysis-suppliers")
    page.get_by_role("link", name="Pacific Paper Co").click()
    page.wait_for_url("**/suppliers/*")
    opens_well(page, page.url, "analysis-supplier")
    for kind in ("bills", "payments", "expenses"):
        opens_well(page, f"{home}records/{kind}", f"analysis-{kind}")
    opens_well(page, f"{home}records/bills?q=nothing+like+it", "analysis-no-match")


def test_an_analysis_without_figures_is_well_in_each_state(page: Page, organization: Organization) -> None:
    opens_well(page, f"/spend-insights/{make_company(organization, RTL).id}/", "analysis-none")
    waiting = make_company(organization, LONG)
    begin_run(waiting)
    opens_well(page, f"/spend-insights/{waiting.id}/", "analysis-generating")
    failed = make_company(organization, "Tide Logistics")
    begin_run(failed, status="Error", reason="No record has a date, so there is no period to report on.")
    opens_well(page, f"/spend-insights/{failed.id}/", "analysis-failed")


def test_an_analysis_of_a_period_without_spend_is_well(page: Page, company: Company) -> None:
    make_run(company, period=Period.ending(date(2020, 12, 31), 12))
    begin_run(company)
    opens_well(page, f"/spend-insights/{company.id}/", "analysis-no-spend")


def test_an_analysis_of_payments_alone_is_well(page: Page, company: Company, tmp_path: Path) -> None:
    from tests.server.portal.runs import payments_only

    make_run(company, customer=payments_only(harbor_foods(tmp_path / "books"), tmp_path, LONG, RTL))
    begin_run(company, status="Error", reason="The reports could not be made. Reference: 3f2a9c1b.")
    opens_well(page, f"/spend-insights/{company.id}/", "analysis-only-payments")


def test_a_row_follows_its_run_without_a_reload(page: Page, company: Company) -> None:
    from cardable.server.insights.models import ReportRun
    from cardable.server.insights.runs import show_status
    from cardable.server.tenancy import acting_for

    run = begin_run(company)
    page.goto("/spend-insights/")
    row = page.get_by_role("row", name="Harbor Foods")
    row.get_by_text("Generating").wait_for()
    page.evaluate("document.title = 'kept'")
    with acting_for(company.organization_id):
        ReportRun.objects.filter(id=run.id).update(status="Complete")
        show_status(company)
    row.get_by_text("Available").wait_for()
    assert page.title() == "kept"
    assert page.locator("#reports-said").inner_text() == "The reports of Harbor Foods are ready."
