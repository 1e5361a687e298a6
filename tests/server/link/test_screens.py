"""Customers in a real browser: Harbor Foods' files, spend alone without scripts, and by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cardable.server.companies.models import Company
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import harbor_foods, read, work
from tests.server.browser import NARROW, axe, faults, is_well, screens, visitor
from tests.server.link.customers import BAD_DATES, SPEND, one_time

STEPS = {
    "Suppliers": ("suppliers.csv", "companies.csv"),
    "Bills": ("bills.csv", "bill_credit_notes.csv"),
    "Payments": ("bill_payments.csv", "payment_allocations.csv"),
    "Direct costs": ("expenses.csv",),
}


# Taking a picture leaves an empty style attribute behind, which htmx then carries over.
EMPTY_STYLE = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
HARD = "فواتير الموردين للسنة المالية 2025-2026 Gesellschaft für Kälteanlagenbau Nord-Süd (final, v2).csv"


def hard() -> str:
    """A file with everything that is wrong with files, under a long name."""
    head = "Ref,Lieferant,Datum,Fällig,Betrag,Whg,Zeta,Kommentar des Sachbearbeiters\n"
    rows = [
        f'R{n},Nord-Süd GmbH,{n:02}.03.2026,{n:02}.04.2026,"1.{n:03},50",EUR,{n},x\n' for n in range(1, 25)
    ]
    wrong = "R98,Bolt,31.31.2026,,5,EUR,,\nR99,Bolt,01.03.2026,,viel,EUR,,\nR97,Bolt,,,7,EUR,,\n"
    return head + "".join(rows) + wrong + 'Total,,,,"24.300,00",,,\n'


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    with visitor(chromium, site) as context:
        yield context.new_page()


@pytest.fixture
def url(company: Company, organization: Organization) -> str:
    return one_time(company, organization)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The customer's folder of files."""
    for name, text in harbor_foods().items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "spend.csv").write_text(SPEND, "utf-8")
    (tmp_path / "dates.csv").write_text(BAD_DATES, "utf-8")
    (tmp_path / HARD).write_text(hard(), "utf-8")
    (tmp_path / "pdf.xlsx").write_bytes(b"%PDF-1.7 and more")
    return tmp_path


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def agree(page: Page, url: str, software: str) -> None:
    """From the link to the first report."""
    page.goto(url)
    press(page, "Next")
    page.get_by_role("searchbox").fill(software)
    page.wait_for_url("**/software?q=*")
    page.get_by_role("button", name=software, exact=True).click()
    heading(page, f"Share data of Harbor Foods from {software}")
    press(page, "Next")
    heading(page, "What happens next")
    page.get_by_role("button", name=re.compile("^Start with")).click()


def test_harbor_foods_shares_its_files(
    page: Page, url: str, folder: Path, organization: Organization
) -> None:
    heard = faults(page)
    agree(page, url, "Sage 100")
    for title, names in STEPS.items():
        heading(page, re.compile(f"^{title}"))
        page.get_by_label("Drop your files here").set_input_files([folder / name for name in names])
        press(page, "Upload and check")
        page.get_by_text(re.compile("We are reading your")).first.wait_for()
        read()
        if len(names) > 1:
            page.get_by_role("link", name=f"Check {names[0]}").click()
        for name in names:
            heading(page, "Did we understand your file?")
            expect(page.locator("main bdi").first).to_have_text(name)
            press(page, "Yes, this is right")
        heading(page, re.compile(f"^{title}"))
        press(page, "Continue")
    heading(page, "Your files hold several companies")
    press(page, "Continue")
    heading(page, "All set")
    expect(page.locator("main")).to_contain_text("20 bills from Jun 10, 2025 to Jun 25, 2026")
    is_well(page, "link-complete")
    press(page, "Finish and share")
    heading(page, "Thank you")
    is_well(page, "link-ended")
    work()
    page.get_by_role("link", name="See what you shared").click()
    expect(page.locator("main")).to_contain_text("Connected")
    is_well(page, "link-manage")
    # Whoever goes on while the page asks how far the reading is cuts that question short.
    assert [each for each in heard if not re.match("GET .*/(report|files)/", each)] == []
    with acting_for(organization.id):
        assert Company.objects.get().report_status == "Available"


def test_spend_alone_is_shared_with_scripts_off(chromium: Browser, site: str, url: str, folder: Path) -> None:
    with visitor(chromium, site, scripts=False, size=NARROW) as context:
        page = context.new_page()
        page.goto(url)
        press(page, "Next")
        page.get_by_role("button", name="Other software").click()
        press(page, "Next")
        press(page, "Start with your files")
        page.get_by_label("Drop your files here").set_input_files(folder / "spend.csv")
        press(page, "Upload and check")
        heading(page, "We are reading your file")
        read()
        # The page asks again by itself.
        heading(page, "Did we understand your file?")
        expect(page.locator("main")).to_contain_text("We found 2 payments")
        press(page, "Yes, this is right")
        press(page, "Continue")
        press(page, "Finish and share")
        heading(page, "Thank you")


def test_the_way_in_is_walked_by_keyboard_alone(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").press_sequentially("xero")
    page.wait_for_url("**/software?q=xero")
    expect(page.get_by_role("button", name="NetSuite")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heading(page, "Share data of Harbor Foods from Xero")
    retention = page.locator("summary", has_text="Retention")
    retention.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("until you ask Demo Bank to delete it")).to_be_visible()
    page.get_by_role("link", name="Close").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("link", name="Finish connecting").press("Enter")
    assert page.get_by_role("link", name="Close").evaluate("link => link === document.activeElement")
    page.get_by_role("button", name="Next").press("Enter")
    heading(page, "What happens next")


def test_a_hard_file_is_shown_well(page: Page, url: str, folder: Path) -> None:
    agree(page, url, "Sage 50 Accounts")
    page.goto(page.url.replace("suppliers", "payments"))
    page.get_by_text("Go on without payments").click()
    is_well(page, "link-report-optional")
    page.goto(page.url.replace("payments", "bills"))
    page.get_by_label("Drop your files here").set_input_files(folder / HARD)
    press(page, "Upload and check")
    heading(page, "We are reading your file")
    is_well(page, "link-check-reading")
    read()
    heading(page, "Did we understand your file?")
    expect(page.locator("main")).to_contain_text("We found 24 bills from Mar 1, 2026 to Mar 24, 2026")
    press(page, "Yes, this is right")
    page.get_by_role("alert").wait_for()
    is_well(page, "link-check-hard")
    page.get_by_label("Use it anyway").check()
    press(page, "Yes, this is right")
    heading(page, "Bills")
    is_well(page, "link-report-confirmed")
    press(page, "Continue")
    page.goto(re.sub("/report/.*", "/complete", page.url))
    heading(page, "Almost done")
    is_well(page, "link-complete-lacking")


def test_every_screen_is_accessible_and_fits(page: Page, url: str, folder: Path) -> None:
    heard = faults(page)
    page.goto("/link/demo-bank/nothing")
    is_well(page, "link-not-valid")
    page.goto(url)
    is_well(page, "link-landing")
    press(page, "Next")
    is_well(page, "link-software")
    page.goto(page.url + "?q=zzz")
    is_well(page, "link-software-none")
    press(page, "Other software")
    is_well(page, "link-consent")
    press(page, "Next")
    is_well(page, "link-how")
    press(page, "Start with your files")
    is_well(page, "link-report")
    page.evaluate("document.querySelector('input[type=file]').form.noValidate = true")
    press(page, "Upload and check")
    page.get_by_role("alert").wait_for()
    is_well(page, "link-report-fault")
    page.get_by_label("Drop your files here").set_input_files([folder / "dates.csv", folder / "pdf.xlsx"])
    press(page, "Upload and check")
    page.get_by_text("We are reading your files").first.wait_for()
    is_well(page, "link-report-reading")
    read()
    page.get_by_role("link", name="Check dates.csv").click()
    is_well(page, "link-check")
    page.go_back()
    is_well(page, "link-report-files")
    page.get_by_role("link", name="Close").click()
    page.get_by_role("dialog").wait_for()
    screens(page, "link-leave-window", whole=False)
    assert axe(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Exit without saving").click()
    page.wait_for_url("**/ended/403*")
    heading(page, "You can close this page")
    is_well(page, "link-left")
    expected = ("404", "422", EMPTY_STYLE)
    assert [each for each in heard if not any(words in each for words in expected)] == []
