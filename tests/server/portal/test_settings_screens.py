"""The pages of Settings and Monitor in a real browser: readable and operable at all widths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server.browser import faults, is_well, visitor
from tests.server.conftest import make_member

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Organization


@pytest.fixture
def page(chromium: Browser, site: str, organization: Organization) -> Iterator[Page]:
    dana = make_member(organization, role="Administrator", email="admin@demo.bank", name="Dana Admin")
    with visitor(chromium, site, member=dana) as context:
        yield context.new_page()


def test_report_settings_are_tried_and_saved(page: Page, company: Company) -> None:
    from tests.server.bringing import bring, connect, harbor_foods, work

    texts = harbor_foods()
    texts["suppliers.csv"] = texts["suppliers.csv"].replace("Bureau Lumière", "Lumière Payroll")
    bring(connect(company), texts)
    work()
    heard = faults(page)
    page.goto("/settings/spend-insights/")
    page.locator("summary", has_text="Found in the data").click()
    page.get_by_role("button", name="Exclude Lumière Payroll").click()
    page.get_by_label("ID or name, exclusion 1").wait_for()
    page.get_by_label("Hourly rate").fill("60")
    page.get_by_label("Hourly rate").blur()
    expect(page.locator("#preview")).to_contain_text("Not saved yet", timeout=15_000)
    is_well(page, "settings-spend-insights")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as version 1.")).to_be_visible()
    page.get_by_role("link", name="Versions").click()
    is_well(page, "settings-versions")
    page.get_by_role("link", name="Version 1").click()
    is_well(page, "settings-version")
    page.goto("/settings/spend-insights/rates")
    is_well(page, "settings-rates")
    page.goto(f"/companies/{company.id}/report-settings/")
    is_well(page, "settings-company")
    assert heard == []


def test_link_branding_redirects_mail_and_flow(page: Page, company: Company, tmp_path: Path) -> None:
    from tests.server.portal.test_settings_pages import picture

    for name, content in (("logo.png", picture(size=(600, 100))), ("hero.jpg", picture("JPEG", (1200, 700)))):
        (tmp_path / name).write_bytes(content)
    heard = faults(page)
    page.goto("/settings/branding/")
    page.get_by_label("Company logo").set_input_files(tmp_path / "logo.png")
    expect(page.get_by_alt_text("Your company logo")).to_be_visible()
    page.get_by_label("Hero image").set_input_files(tmp_path / "hero.jpg")
    expect(page.get_by_alt_text("Your hero image")).to_be_visible()
    page.get_by_label("Primary color").fill("#ffcc00")
    expect(page.get_by_role("heading", name="Hard to read")).to_be_visible()
    is_well(page, "settings-branding")
    page.goto("/settings/link/")
    page.get_by_label("Navigation bar in the secondary color").check()
    page.get_by_label("Company logo on the landing page").check()
    is_well(page, "settings-link")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Texts: English").click()
    page.locator("summary", has_text="Help and support").click()
    page.get_by_label("Message and contacts").fill("Call **Dana** at 555 0100.")
    page.get_by_label("Message and contacts").blur()
    expect(page.locator("#texts-preview strong")).to_have_text("Dana")
    is_well(page, "settings-link-texts")
    page.get_by_role("button", name="Save").click()
    page.goto("/settings/redirects")
    page.get_by_label("Redirect URL", exact=False).first.fill("https://bank.example/?s={statusCode}")
    page.get_by_role("button", name="Try").click()
    expect(page.get_by_text("https://bank.example/?s=200")).to_be_visible()
    is_well(page, "settings-redirects")
    page.goto("/settings/email-template/")
    is_well(page, "settings-email-template")
    _came(company)
    page.goto("/monitor/auth-flow")
    is_well(page, "settings-auth-flow")
    _look_at_link(page, company)
    assert heard == []


def _came(company: Company) -> None:
    """A company on its way."""
    from cardable.server import events
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        events.record("link.began", "Harbor Foods opened its Link.", company=company)


def _look_at_link(page: Page, company: Company) -> None:
    from tests.server.link.customers import one_time

    page.goto(one_time(company, company.organization))
    is_well(page, "settings-link-landing")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("searchbox").wait_for()
    is_well(page, "settings-link-software")
