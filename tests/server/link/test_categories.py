"""Categories of software: on or off, required or not, with files or without, each with its effect."""

import re

import pytest
from django.test import Client

from cardable.server.events.models import Event
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import presentation_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import read
from tests.server.link.customers import SPEND, Customer, words
from tests.server.link.test_settings import HERE, developer, set_link

__all__ = ["developer"]


def shared(customer: Customer) -> str:
    """From the choice to data that is read; the address of the connection."""
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    customer.post(f"{place}/complete")
    read()
    return place


def test_off_says_plainly_that_there_is_nothing_and_whom_to_ask(
    developer: Client, customer: Customer
) -> None:
    begun = customer.choose()
    set_link(developer, "accounting_is_on")
    page = customer.get("software")
    assert "There is nothing to connect right now" in page
    assert "ask your contact at Demo Bank" in page
    assert ("Sage 50" in page, "Sandbox" in page, "not listed" in page) == (False, False, False)
    assert customer.post("software", system="xero").status_code == 200
    assert "/ended/501" in customer.browser.get(f"{begun}/how").headers["Location"]


def test_what_was_connected_stays_when_its_category_goes_off_and_takes_no_more(
    developer: Client, customer: Customer
) -> None:
    place = shared(customer)
    set_link(developer, "accounting_is_on", manage_connections="on")
    assert "Connected" in customer.get(f"{place}/manage")
    assert "Bring newer files" not in customer.get(f"{place}/manage")
    assert customer.bring(place, "any", ("new.csv", SPEND)).headers["Location"] == f"{place}/manage"
    customer.post(f"{place}/disconnect")
    assert "/ended/501" in customer.post(f"{place}/reconnect").headers["Location"]
    assert (customer.connection.status, customer.connection.step) == ("Unlinked", "done")


def test_required_leaves_no_way_around(customer: Customer) -> None:
    assert "Continue without" not in customer.get("software")
    assert customer.post("without").headers["Location"] == customer.at("software")
    assert "Nothing was connected" not in customer.get("ended/200")


def test_optional_lets_a_customer_go_on_without(developer: Client, customer: Customer) -> None:
    set_link(developer, "accounting_is_required")
    with acting_for(customer.organization.id):
        address = "https://bank.example/done?code={statusCode}&connection={connectionId}"
        Organization.objects.update(redirect_url=address)
    assert "Continue without" in customer.get("software")
    end = customer.browser.get(customer.post("without").headers["Location"]).content.decode()
    assert "https://bank.example/done?code=200&amp;connection=" in end
    with acting_for(customer.organization.id):
        event = Event.objects.get(kind="link.skipped")
    assert event.words == "Harbor Foods went on without connecting its software."


def test_whoever_went_on_without_may_connect_after_all(developer: Client, customer: Customer) -> None:
    set_link(developer, "accounting_is_required")
    assert "Nothing was connected" in customer.get(customer.post("without").headers["Location"])
    shared(customer)
    assert "Continue without" not in customer.get("software")


def test_without_file_upload_the_sandbox_remains(developer: Client, customer: Customer) -> None:
    set_link(developer, "accounting_takes_files")
    page = customer.get("software")
    assert ("Sandbox" in page, "Sage 50" in page, "not listed" in page) == (True, False, False)
    assert "You need no files" in page
    assert customer.post("software", system="other").status_code == 200
    assert customer.choose("sandbox", leads_to="connect")


@pytest.mark.parametrize(("off", "told"), [
    (("accounting_takes_files",), "customers find only what can be connected to: Sandbox."),
    (("accounting_takes_files", "sandbox"), "Customers find nothing to connect."),
    (("accounting_is_on",), "Customers find nothing to connect."),
    (("sandbox", "accounting_is_required"), ""),
])  # fmt: skip
def test_the_settings_warn_of_what_customers_will_not_find(
    developer: Client, off: tuple[str, ...], told: str
) -> None:
    set_link(developer, *off)
    page = words(developer.get(HERE).content.decode())
    assert told in page
    assert ("Customers find nothing" in page or "find only what" in page) is bool(told)


def test_what_is_saved_is_kept_and_shown(developer: Client, organization: Organization) -> None:
    set_link(developer, "sandbox", "accounting_is_required")
    with acting_for(organization.id):
        kept = presentation_of(organization).link
    assert kept["sandbox"] is False
    assert kept["categories"] == {"Accounting": {"is_on": True, "is_required": False, "takes_files": True}}
    page = developer.get(HERE).content.decode()
    ticked = set(re.findall(r'<input type="checkbox" name="(\w+)"[^>]* checked', page))
    assert {"accounting_is_on", "accounting_takes_files"} <= ticked
    assert not {"sandbox", "accounting_is_required"} & ticked
