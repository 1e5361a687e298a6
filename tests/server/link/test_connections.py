"""What customers do with what they connected: let it go, take it up again, change over."""

import pytest

from cardable.server.connections.consents import consent_text
from cardable.server.connections.models import ConnectionEvent, Consent
from cardable.server.insights.customers import held_data
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import look_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import read
from tests.server.link.customers import SPEND, Customer
from tests.server.link.test_journey import finish


@pytest.fixture
def place(customer: Customer) -> str:
    """Sage 100, connected."""
    place = finish(customer)
    read()
    return place


def counts(customer: Customer) -> list[str]:
    with acting_for(customer.organization.id):
        return [each.connection.platform_name for each in held_data(customer.company).snapshots]


def agree(customer: Customer, place: str) -> str:
    with acting_for(customer.organization.id):
        text = consent_text(look_of(customer.organization, company="Harbor Foods", platform="Sage 100"))
    following: str = customer.post(f"{place}/consent", mark=text.mark).headers["Location"]
    return following


def test_connections_are_listed_with_what_can_be_done(customer: Customer, place: str) -> None:
    page = customer.get("connections")
    assert "Sage 100 Connected First shared" in page
    assert "Disconnect Sage 100" in page
    assert "Manage connections" in customer.get("software")


def test_disconnecting_asks_first_and_keeps_what_was_shared(customer: Customer, place: str) -> None:
    assert "Nothing more is read" in customer.get(f"{place}/disconnect")
    assert customer.connection.status == "Linked"
    assert customer.post(f"{place}/disconnect").headers["Location"] == customer.at("connections")
    assert customer.connection.status == "Unlinked"
    assert counts(customer) == ["Sage 100"]
    with acting_for(customer.organization.id):
        assert ConnectionEvent.objects.latest("at").reason == "By the customer."
    page = customer.get("connections")
    assert "Sage 100 Disconnected" in page
    assert "Reconnect Sage 100" in page


def test_reconnecting_asks_for_agreement_and_shows_what_is_there(customer: Customer, place: str) -> None:
    customer.post(f"{place}/disconnect")
    assert customer.post(f"{place}/reconnect").headers["Location"] == f"{place}/consent"
    assert customer.connection.status == "PendingAuth"
    assert agree(customer, place) == f"{place}/complete"
    assert "2 suppliers" in customer.get(f"{place}/complete")
    customer.post(f"{place}/complete")
    read()
    assert customer.connection.status == "Linked"
    with acting_for(customer.organization.id):
        assert Consent.objects.count() == 2
        kinds = list(ConnectionEvent.objects.order_by("at").values_list("kind", flat=True))
    assert kinds == ["Started", "Completed", "Unlinked", "Started", "Completed"]


def test_finishing_with_a_connection_that_was_let_go_asks_for_agreement_first(
    customer: Customer, place: str
) -> None:
    customer.post(f"{place}/disconnect")
    assert customer.post(f"{place}/complete").headers["Location"] == f"{place}/consent"
    assert customer.connection.status == "PendingAuth"


def test_what_is_not_connected_cannot_be_disconnected_twice(customer: Customer, place: str) -> None:
    customer.post(f"{place}/disconnect")
    customer.post(f"{place}/disconnect")
    page = customer.browser.get(customer.at("connections")).content.decode()
    assert "is not connected, so there is nothing to stop" in page


def test_finishing_with_other_software_says_what_gives_way(customer: Customer, place: str) -> None:
    other = customer.choose("other")
    customer.bring_and_confirm(other, "any", "spend.csv", SPEND)
    assert "takes the place of what came from Sage 100" in customer.get(f"{other}/complete")
    customer.post(f"{other}/complete")
    assert counts(customer) == ["Sage 100"]
    read()
    assert counts(customer) == ["Other software"]
    assert "uses what you shared from Other software instead" in customer.get("connections")


def test_software_chosen_again_is_the_connection_it_was(customer: Customer, place: str) -> None:
    other = customer.choose("other")
    customer.bring_and_confirm(other, "any", "spend.csv", SPEND)
    customer.post(f"{other}/complete")
    read()
    assert customer.post("software", system="sage-100").headers["Location"] == f"{place}/consent"
    assert agree(customer, place) == f"{place}/complete"
    customer.post(f"{place}/complete")
    read()
    assert counts(customer) == ["Sage 100"]


def test_a_connection_on_its_way_back_is_not_turned_into_other_software(
    customer: Customer, place: str
) -> None:
    customer.post(f"{place}/disconnect")
    customer.post(f"{place}/reconnect")
    assert customer.post("software", system="xero").headers["Location"] != f"{place}/consent"
    with acting_for(customer.organization.id):
        assert set(customer.company.connections.values_list("system", flat=True)) == {"sage-100", "xero"}


@pytest.mark.parametrize("setting", ["manage_connections", "one_time_links"])
def test_without_the_setting_or_a_link_that_works_once_nothing_is_managed(
    customer: Customer, place: str, organization: Organization, setting: str
) -> None:
    with acting_for(organization.id):
        Organization.objects.filter(id=organization.id).update(**{setting: False})
    assert customer.browser.get(customer.at("connections")).status_code == 404
    assert customer.post(f"{place}/disconnect").status_code == 404
    assert customer.post(f"{place}/reconnect").status_code == 404
    assert "Disconnect" not in customer.get(f"{place}/manage")
