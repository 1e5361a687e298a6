"""A customer in a browser who comes back: newer files, other software, letting go and taking up again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cardable.server.tenancy import acting_for
from tests.server.bringing import read
from tests.server.browser import axe, faults, is_well, screens, visitor
from tests.server.link.customers import SPEND, Customer, one_time
from tests.server.link.test_journey import finish
from tests.server.link.test_screens import heading, press


@pytest.fixture
def returning(customer: Customer) -> Customer:
    """Somebody who changed from Sage 100 to other software."""
    finish(customer)
    read()
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    customer.post(f"{place}/complete")
    read()
    return customer


@pytest.fixture
def page(chromium: Browser, site: str, returning: Customer) -> Iterator[Page]:
    """Its browser, let in."""
    with visitor(chromium, site) as context:
        opened = context.new_page()
        opened.goto(one_time(returning.company, returning.organization))
        press(opened, "Manage")
        yield opened


def test_a_connection_is_let_go_and_taken_up_again(page: Page, returning: Customer) -> None:
    heard = faults(page)
    page.get_by_role("link", name="Use other software").click()
    is_well(page, "link-software-held")
    page.get_by_role("link", name="Manage connections").click()
    heading(page, "Manage connections")
    expect(page.locator("main")).to_contain_text("Not counted since")
    is_well(page, "link-connections")
    page.get_by_role("link", name="Disconnect Other software").click()
    page.get_by_role("dialog").get_by_role("heading", name="Disconnect Other software?").wait_for()
    screens(page, "link-disconnect-window", whole=False)
    assert axe(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    page.get_by_text("Other software was disconnected.").wait_for()
    is_well(page, "link-connections-let-go")
    page.get_by_role("button", name="Reconnect Sage 100").click()
    heading(page, "Share data of Harbor Foods from Sage 100")
    press(page, "Next")
    heading(page, "All set")
    expect(page.locator("main")).to_contain_text("takes the place of what came from Other software")
    is_well(page, "link-complete-again")
    press(page, "Finish and share")
    heading(page, "Thank you")
    read()
    with acting_for(returning.organization.id):
        states = dict(returning.company.connections.values_list("system", "status"))
    assert states == {"sage-100": "Linked", "other": "Unlinked"}
    assert heard == []


def test_newer_files_take_the_place_of_older_ones(page: Page, returning: Customer) -> None:
    page.get_by_role("link", name="Bring newer files").click()
    page.get_by_text("Bring another file").click()
    expect(page.get_by_label("Take the place of what I brought here before")).to_be_checked()
    is_well(page, "link-report-replace")
    longer = {
        "name": "longer.csv",
        "mimeType": "text/csv",
        "buffer": (SPEND + "A,2026-05-02,1,USD,Check\n").encode(),
    }
    page.get_by_label("Drop your files here").set_input_files(longer)  # type: ignore[arg-type]
    press(page, "Upload and check")
    heading(page, "We are reading your file")
    read()
    press(page, "Yes, this is right")
    page.get_by_text("1 earlier file replaced, no longer used").click()
    is_well(page, "link-report-replaced")
    page.goto(f"{page.url.split('/report/')[0]}/manage")
    expect(page.locator("main")).to_contain_text("Not handed over yet")
    is_well(page, "link-manage-changed")
