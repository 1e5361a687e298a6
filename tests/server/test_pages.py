"""The shells and parts of every page: readable, operable, at home in both schemes and all widths."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page

from tests.server.browser import axe, faults, is_well, screens, sign_in, visitor

PAGES = {
    "parts": "/ui/parts/",
    "window": "/ui/parts/window/",
    "drawer": "/ui/parts/window/?drawer=1",
    "link": "/ui/parts/link/",
    "link-yellow": "/ui/parts/link/?color=ffd400&name=Sunrise",
    "sign-in": "/accounts/login/",
    "reset": "/accounts/password/reset/",
    "reset-sent": "/accounts/password/reset/done/",
    "reset-broken": "/accounts/password/reset/key/0-set-password/",
    "reset-changed": "/accounts/password/reset/key/done/",
    "closed": "/accounts/signup/",
    "missing": "/nowhere/",
}


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    with visitor(chromium, site) as context:
        yield context.new_page()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_both_schemes_and_fits_its_window(page: Page, name: str) -> None:
    heard = faults(page)
    page.goto(PAGES[name])
    is_well(page, name)
    assert [each for each in heard if "404" not in each] == []


def test_the_scan_finds_faint_words_of_a_look_that_no_page_had(page: Page) -> None:
    page.goto("/ui/parts/window/")
    assert axe(page) == []
    page.evaluate("document.querySelector('h1').style.color = '#d0d0d0'")
    (found,) = axe(page)
    assert found.startswith("color-contrast: #window-title:")
    assert axe(page) == [found]


def test_a_window_opens_over_its_page_and_gives_focus_back(page: Page) -> None:
    page.goto("/ui/parts/")
    opener = page.get_by_role("link", name="Open a window")
    opener.press("Enter")
    window = page.get_by_role("dialog")
    window.get_by_role("heading", name="Create company").wait_for()
    screens(page, "window-open", whole=False)
    assert axe(page) == []
    page.keyboard.press("Escape")
    window.wait_for(state="hidden")
    assert opener.evaluate("link => link === document.activeElement")


def test_a_windows_form_shows_its_errors_in_the_window_then_its_success(page: Page) -> None:
    page.goto("/ui/parts/")
    page.get_by_role("link", name="Open a window").click()
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Create company").click()
    window.get_by_role("alert").wait_for()
    assert axe(page) == []
    window.get_by_label("Company name").fill("Harbor Foods")
    window.get_by_label("E-mail address").fill("ada@demo.bank")
    window.get_by_label("Files").check()
    window.get_by_label("I may share").check()
    window.get_by_role("button", name="Create company").click()
    window.get_by_role("heading", name="Harbor Foods has been created").wait_for()
    assert page.url.endswith("/ui/parts/")


def test_a_menu_opens_and_closes_by_keyboard(page: Page) -> None:
    page.goto("/ui/parts/")
    opener = page.get_by_role("button", name="More for Harbor Foods")
    opener.press("Enter")
    page.wait_for_function("document.activeElement.textContent.trim() === 'Edit'")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").strip() == "Link"
    page.keyboard.press("Escape")
    assert opener.evaluate("button => button === document.activeElement")


def test_copying_puts_the_text_on_the_clipboard_and_says_so(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/ui/parts/")
    page.get_by_role("button", name="Copy Link URL").click()
    page.get_by_text("Link URL copied").wait_for(state="attached")
    assert "demo-bank" in page.evaluate("navigator.clipboard.readText()")


def test_a_heading_sorts_in_place_and_keeps_the_focus(page: Page) -> None:
    page.goto("/ui/parts/")
    heading = page.get_by_role("columnheader", name="Total spend")
    heading.get_by_role("link").press("Enter")
    page.wait_for_url("**/?sort=-spend")
    assert heading.get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.id") == "sort-spend"


def test_searching_keeps_the_order_and_the_field(page: Page) -> None:
    page.goto("/ui/parts/?sort=-spend")
    field = page.get_by_role("searchbox", name="Search companies")
    for letters in ("har", "bor"):
        field.press_sequentially(letters)
        page.wait_for_url(f"**/?q=*{letters}&**")
    assert page.url.endswith("/ui/parts/?q=harbor&status=&sort=-spend")
    assert page.evaluate("document.activeElement.id") == "g-search"


def test_more_rows_come_when_the_end_is_reached(page: Page) -> None:
    page.goto("/ui/parts/")
    before = page.locator("#g-rows > tr:not(.more)").count()
    page.get_by_text("Rows 432").scroll_into_view_if_needed()
    page.locator("#g-rows > tr.more").wait_for(state="detached")
    assert page.locator("#g-rows > tr").count() == 2 * before


def test_messages_can_be_read_and_dismissed(page: Page) -> None:
    page.goto("/ui/parts/?messages")
    message = page.get_by_text("Harbor Foods was deleted.")
    screens(page, "messages", whole=False)
    assert axe(page) == []
    page.get_by_role("button", name="Dismiss").first.click()
    message.wait_for(state="detached")


def test_everything_is_there_with_scripts_off(chromium: Browser, site: str) -> None:
    with visitor(chromium, site, scripts=False) as context:
        page = context.new_page()
        page.goto("/ui/parts/")
        assert page.get_by_role("button", name="Apply").is_visible()
        assert not page.get_by_role("button", name="Copy Link URL").is_visible()
        page.get_by_role("link", name="Open a window").click()
        page.get_by_role("button", name="Create company").click()
        page.get_by_role("link", name="Company name: This field is required.").click()
        page.get_by_role("link", name="Cancel").click()
        page.wait_for_url("**/ui/parts/")


def test_work_going_on_is_watched_until_it_is_done(page: Page) -> None:
    page.goto("/ui/parts/busy/")
    page.get_by_text("The reports are ready.").wait_for()


def test_a_member_signs_in_and_out(page: Page, analyst: SimpleNamespace) -> None:
    sign_in(page, analyst.email, "not the password at all")
    page.get_by_role("alert").wait_for()
    screens(page, "sign-in-wrong")
    assert axe(page) == []
    sign_in(page, analyst.email, analyst.password)
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/ui/parts/")
    page.goto("/accounts/logout/")
    assert axe(page) == []
    screens(page, "sign-out")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
