"""The Companies tab and a company's pages in a real browser: readable, operable, at home at all widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server.browser import axe, faults, is_well, screens, visitor
from tests.server.conftest import make_company, make_member
from tests.server.portal.made import START, connect, dated, family
from tests.server.portal.test_company_pages import BILLS, SUPPLIERS, bring, upload

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member, Organization

LONG = "Gesellschaft für Kälteanlagenbau und Lebensmittelgroßhandel Nord-Süd mbH & Co. KG"
PLATFORMS = ("Sage 100", "Xero", "QuickBooks Online", "NetSuite")


@pytest.fixture
def developer(organization: Organization) -> Member:
    """Someone who may do everything here."""
    return make_member(organization, role="Developer", email="dev@demo.bank", name="Dana Voss")


@pytest.fixture
def page(chromium: Browser, site: str, developer: Member) -> Iterator[Page]:
    with visitor(chromium, site, member=developer) as context:
        yield context.new_page()


@pytest.fixture
def group(organization: Organization, tmp_path: Path) -> Company:
    """A group of three levels among other companies, with connections, data, files and history."""
    from cardable.records import Bill, Supplier

    top, north, _depot = family(organization)
    for number in range(6):
        dated(make_company(organization, f"Company {number}"), created_at=START + timedelta(days=number))
    dated(make_company(organization, LONG, parent=top), products=["Spend Insights"])
    make_company(organization, "شركة الميناء للأغذية")
    sage = connect(top, "Sage 100", linked_at=START, last_sync_at=START, error="")
    connect(
        north, "Xero", "Deauthorized", error="Access was revoked in Xero. Ask the customer to connect again."
    )
    connect(north, "QuickBooks Online", "PendingAuth")
    bring(sage, tmp_path, {Supplier: SUPPLIERS, Bill: BILLS})
    upload(sage, f"{LONG}.csv", b"x" * 2000, datetime(2026, 6, 2, 12, tzinfo=UTC))
    upload(sage, "bills 2026.xlsx", b"x" * 480_000, datetime(2026, 6, 1, 12, tzinfo=UTC))
    _read(top)
    return top


def _read(company: Company) -> None:
    """Readings of each sort, and the timeline of the first connection."""
    from cardable.server.connections.models import Connection, ConnectionEvent
    from cardable.server.syncs.models import Sync
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        connection = Connection.objects.get(company=company)
        for kind in ("Started", "Completed"):
            ConnectionEvent.objects.create(
                organization_id=company.organization_id, connection=connection, kind=kind
            )
        for kind, status in [
            ("suppliers", "Complete"),
            ("bills", "ValidationError"),
            ("expenses", "Mapping"),
        ]:
            Sync.objects.create(
                organization_id=company.organization_id,
                company=company,
                connection=connection,
                record_type=kind,
                status=status,
                completed_at=None if status == "Mapping" else datetime.now(UTC),
                detail="Row 41, “Due date”: “31/02/2026” is not a date." if "Error" in status else "",
            )


SHOTS = {
    "companies": "/companies/",
    "companies-open": "/companies/?open={group}",
    "companies-search": "/companies/?q=depot",
    "companies-none": "/companies/?q=nothing+is+called+so",
    "company-new": "/companies/new",
    "company-edit": "/companies/{group}/edit",
    "company-created": "/companies/{group}/created",
    "company-request-data": "/companies/{group}/request-data",
    "company-delete": "/companies/{group}/delete",
    "company": "/companies/{group}/",
    "company-connections": "/companies/{group}/connections",
    "company-timeline": "/companies/{group}/timeline",
    "company-data": "/companies/{group}/data/suppliers",
    "company-bills": "/companies/{group}/data/bills",
    "company-no-data": "/companies/{group}/data/expenses",
    "company-files": "/companies/{group}/files",
    "company-history": "/companies/{group}/history",
    "company-subsidiaries": "/companies/{group}/subsidiaries",
}


@pytest.mark.slow
def test_every_page_is_accessible_in_both_schemes_and_fits_its_window(page: Page, group: Company) -> None:
    heard = faults(page)
    for name, address in SHOTS.items():
        page.goto(address.format(group=group.id))
        is_well(page, name)
    assert heard == []


def test_pages_without_anything_say_what_to_do(page: Page, organization: Organization) -> None:
    page.goto("/companies/")
    is_well(page, "companies-empty")
    company = make_company(organization, "Harbor Foods")
    for part in ("", "connections", "timeline", "data/suppliers", "files", "history"):
        page.goto(f"/companies/{company.id}/{part}")
        screens(page, f"company-empty-{part.replace('/', '-') or 'summary'}")
        assert axe(page) == []


def test_a_company_is_created_in_a_window_and_shows_in_the_table(page: Page) -> None:
    page.goto("/companies/")
    page.get_by_role("link", name="Create company").first.click()
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Create company").click()
    window.get_by_role("alert").wait_for()
    screens(page, "window-create-errors", whole=False)
    assert axe(page) == []
    window.get_by_label("Company name").fill("Harbor Foods")
    window.get_by_role("button", name="Add tag").click()
    window.get_by_label("Key of tag 2").fill("crm")
    window.get_by_label("Value of tag 2").fill("17")
    window.get_by_label("Company name").press("Enter")
    window.get_by_role("heading", name="Harbor Foods has been created").wait_for()
    screens(page, "window-created", whole=False)
    assert axe(page) == []
    window.get_by_text("Email template", exact=True).click()
    screens(page, "window-created-mail", whole=False)
    window.get_by_role("link", name="Close").last.click()
    page.get_by_role("link", name="Harbor Foods", exact=True).wait_for()


def test_the_mail_is_copied_without_opening_it(page: Page, group: Company) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/companies/{group.id}/request-data")
    page.get_by_role("button", name="Copy template").click()
    page.get_by_text("Email template copied").wait_for(state="attached")
    assert "link.otp=" in page.evaluate("navigator.clipboard.readText()")


def test_a_parent_is_found_while_typing(page: Page, group: Company) -> None:
    page.goto("/companies/")
    page.get_by_role("link", name="Create company").first.click()
    window = page.get_by_role("dialog")
    window.get_by_label("Company name").fill("Harbor East")
    window.get_by_label("Search for the parent company").press_sequentially("harbor foods")
    expect(window.get_by_role("radio")).to_have_count(2)
    window.get_by_label("Harbor Foods Group").check()
    screens(page, "window-create-parent", whole=False)
    window.get_by_role("button", name="Create company").last.click()
    window.get_by_role("heading", name="Harbor East has been created").wait_for()


def test_a_family_opens_and_shuts_by_keyboard_and_the_address_follows(page: Page, group: Company) -> None:
    page.goto("/companies/")
    toggle = page.get_by_role("link", name="Subsidiaries of Harbor Foods Group")
    toggle.press("Enter")
    page.get_by_role("link", name="Harbor North", exact=True).wait_for()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(toggle).to_be_focused()
    page.wait_for_url(re.compile(rf"open={group.id.hex}"))
    screens(page, "companies-opened-in-place")
    page.reload()
    page.get_by_role("link", name="Harbor North", exact=True).wait_for()
    toggle.press("Enter")
    page.get_by_role("link", name="Harbor North", exact=True).wait_for(state="detached")


def test_columns_change_in_place_and_stay(page: Page, group: Company) -> None:
    page.goto("/companies/")
    opener = page.get_by_role("button", name=re.compile("^Columns"))
    opener.press("Enter")
    screens(page, "companies-columns", whole=False)
    assert axe(page) == []
    page.get_by_label("Products").press("Space")
    page.get_by_role("columnheader", name="Products").wait_for()
    expect(page.locator("#columns-shown")).to_have_text("All")
    page.get_by_label("All columns").uncheck()
    expect(page.locator("#columns-shown")).to_have_text("0/4")
    page.get_by_role("button", name="Default view").click()
    expect(page.locator("#columns-shown")).to_have_text("Default")
    expect(page.get_by_label("Platforms")).to_be_checked()
    page.reload()
    assert page.get_by_role("columnheader", name="Products").count() == 0


def test_the_panel_opens_from_a_pill_and_gives_focus_back(page: Page, group: Company) -> None:
    page.goto("/companies/")
    pill = page.get_by_role("link", name=re.compile("platforms of Harbor Foods Group")).first
    pill.press("Enter")
    page.get_by_role("heading", name="Platforms in this company").wait_for()
    screens(page, "window-panel", whole=False)
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(pill).to_be_focused()


def test_the_timeline_is_a_drawer_with_a_picker(page: Page, group: Company) -> None:
    page.goto(f"/companies/{group.id}/connections")
    page.get_by_role("link", name="View timeline").first.click()
    window = page.get_by_role("dialog")
    window.get_by_text("Completed").wait_for()
    screens(page, "window-timeline", whole=False)
    assert axe(page) == []
    window.get_by_label("Connection").select_option(label="Xero, Harbor North")
    window.get_by_role("button", name="Show").click()
    window.get_by_text("Timeline not available").wait_for()


def test_a_group_is_deleted_from_its_menu_once_its_name_is_typed(page: Page, group: Company) -> None:
    page.goto("/companies/")
    page.get_by_role("button", name="More for Harbor Foods Group").press("Enter")
    screens(page, "companies-menu", whole=False)
    page.get_by_role("link", name="Delete").click()
    window = page.get_by_role("dialog")
    button = window.get_by_role("button", name="Delete 4 companies")
    button.click()
    window.get_by_role("alert").wait_for()
    screens(page, "window-delete", whole=False)
    assert axe(page) == []
    window.get_by_role("textbox").fill("Harbor Foods Group")
    button.click()
    page.get_by_text("Harbor Foods Group and 3 subsidiaries were deleted.").wait_for()
    assert page.get_by_role("link", name="Harbor Foods Group", exact=True).count() == 0


def test_more_companies_come_when_the_end_is_reached(page: Page, organization: Organization) -> None:
    for number in range(60):
        make_company(organization, f"Company {number:02}")
    page.goto("/companies/?sort=name")
    rows = page.locator("#companies tbody tr:not(.more)")
    assert rows.count() == 50
    page.get_by_text("Rows 60").scroll_into_view_if_needed()
    expect(rows).to_have_count(60)


def test_everything_works_with_scripts_off(
    chromium: Browser, site: str, developer: Member, group: Company
) -> None:
    with visitor(chromium, site, scripts=False, member=developer) as context:
        page = context.new_page()
        page.goto("/companies/")
        page.get_by_role("link", name="Subsidiaries of Harbor Foods Group").click()
        page.get_by_role("link", name="Harbor North", exact=True).click()
        page.get_by_role("link", name="Manage connections").click()
        page.goto("/companies/new")
        page.get_by_label("Company name").fill("Harbor East")
        page.get_by_label("Search for the parent company").fill("harbor foods")
        page.get_by_role("button", name="Find").click()
        page.get_by_label("Harbor Foods Group").check()
        page.get_by_role("button", name="Create company").last.click()
        page.get_by_role("heading", name="Harbor East has been created").wait_for()
        page.goto("/companies/")
        page.get_by_role("button", name=re.compile("^Columns")).click()
        page.get_by_label("Products").check()
        page.locator("#columns-menu").get_by_role("button", name="Apply").click()
        assert page.get_by_role("columnheader", name="Products").count() == 1


def test_on_a_phone_the_open_page_of_the_strip_is_in_sight(page: Page, group: Company) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/companies/{group.id}/subsidiaries")
    current = page.locator(".sidebar [aria-current]").bounding_box()
    assert current is not None
    assert current["x"] >= 0
    assert current["x"] + current["width"] <= 390


def test_the_icon_that_copies_an_id_stays_beside_it(page: Page, group: Company) -> None:
    for width in range(390, 300, -6):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"/companies/{group.id}/")
        icon = page.locator("dd .copy-text").bounding_box()
        ends = page.locator("dd code").first.evaluate("code => [...code.getClientRects()].at(-1).right")
        assert icon is not None
        assert 0 <= icon["x"] - ends < 12
