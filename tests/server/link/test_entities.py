"""Customers whose files hold several companies say which of them they share."""

import re
from typing import Any

import pytest

from cardable.server.companies.changes import create_company
from cardable.server.companies.models import Company
from cardable.server.connections.entities import choice_of
from cardable.server.connections.models import Connection
from cardable.server.events.models import Event
from cardable.server.link.entities import united
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import presentation_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import connect, work
from tests.server.french import english_left
from tests.server.link.customers import Customer
from tests.server.link.test_french import menus
from tests.server.syncs.shared import BOTH, NAMES, NEWER, entity_of, names_below, share, subsidiary

BILLS = BOTH["bills.csv"]


def told(id: str, name: str = "", *, is_entity: bool = True, is_assumed: bool = False) -> dict[str, Any]:
    return {"id": id, "name": name or id, "is_entity": is_entity, "is_assumed": is_assumed}


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([told("east"), told("west"), told("east")], {"east": "east", "west": "west"}),
        ([told("e1", "East", is_entity=False), told("e1")], {"e1": "East"}),
        ([told("East"), told("e1", "East", is_entity=False)], {"e1": "East"}),
        ([told("East"), told("e1", "East", is_entity=False), told("e2", "East", is_entity=False)],
         {"East": "East"}),
        ([told("acme", "Acme", is_assumed=True), told("Acme")], {"acme": "Acme"}),
        ([told("acme", "Acme", is_assumed=True), told("a1", "Acme", is_entity=False)], {"a1": "Acme"}),
        ([told("acme", "Acme", is_assumed=True, is_entity=False), told("east")], {"east": "east"}),
    ],
)  # fmt: skip
def test_what_several_files_say_of_companies_is_one_list(
    files: list[dict[str, Any]], names: dict[str, str]
) -> None:
    assert {each.key: each.name for each in united(files, "Acme")} == names


@pytest.fixture
def place(customer: Customer) -> str:
    """A customer whose confirmed files hold two companies."""
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "bills.csv", BILLS)
    return place


@pytest.fixture
def splits(organization: Organization) -> None:
    with acting_for(organization.id):
        presentation = presentation_of(organization)
        presentation.link = {"multi_entity": True}
        presentation.save()


def ticked(page: str) -> list[str]:
    return re.findall(r'value="([^"]*)" checked', page)


def html(customer: Customer, path: str) -> str:
    return customer.browser.get(customer.at(path)).content.decode()


def finish(customer: Customer, place: str) -> None:
    assert "/ended/200" in customer.post(f"{place}/complete").headers["Location"]
    work("syncs.read_uploads")


def test_companies_are_chosen_before_the_end_and_all_are_one_group_by_default(
    customer: Customer, place: str
) -> None:
    assert customer.post(f"{place}/report/any/next").headers["Location"] == f"{place}/entities"
    assert customer.browser.get(f"{place}/complete").headers["Location"] == f"{place}/entities"
    page = html(customer, f"{place}/entities")
    assert (ticked(page), page.count('type="radio"')) == ([""], 3)
    assert "Choose companies" in page
    assert customer.post(f"{place}/entities", only="").headers["Location"] == f"{place}/complete"
    assert "All of them together, as one group." in customer.get(f"{place}/complete")
    finish(customer, place)
    assert names_below(customer.company) == []


def test_one_of_several_is_all_that_is_shared(customer: Customer, place: str) -> None:
    customer.post(f"{place}/entities", only="west")
    said = customer.get(f"{place}/complete")
    assert "Shared west Left out east" in said
    finish(customer, place)
    assert ticked(html(customer, f"{place}/entities")) == ["west"]
    assert "Left out east" in customer.get(f"{place}/manage")
    with acting_for(customer.organization.id):
        words = Event.objects.get(kind="link.entities").words
    assert words == "Harbor Foods shares west and leaves out east."


def test_a_company_that_is_not_there_cannot_be_chosen(customer: Customer, place: str) -> None:
    assert customer.post(f"{place}/entities", only="north").status_code == 422


@pytest.mark.usefixtures("splits")
def test_each_ticked_company_becomes_one_of_its_own(customer: Customer, place: str) -> None:
    page = html(customer, f"{place}/entities")
    assert (ticked(page), page.count('type="checkbox"')) == (["east", "west"], 2)
    customer.post(f"{place}/entities", entity=["east", "west"])
    assert "Each is kept as a company of its own that belongs to Harbor Foods." in customer.get(
        f"{place}/complete"
    )
    finish(customer, place)
    assert names_below(customer.company) == ["east", "west"]
    customer.post(f"{place}/entities", entity=["east"])
    assert "Not handed over yet" in customer.get(f"{place}/manage")
    finish(customer, place)
    assert entity_of(subsidiary(customer.company, "west")).status == "Unlinked"
    assert ticked(html(customer, f"{place}/entities")) == ["east"]


@pytest.mark.usefixtures("splits")
def test_at_least_one_company_stays_ticked(customer: Customer, place: str) -> None:
    answer = customer.post(f"{place}/entities")
    assert answer.status_code == 422
    assert "Tick at least one company." in answer.content.decode()
    with acting_for(customer.organization.id):
        assert choice_of(Connection.objects.get()) is None


@pytest.mark.usefixtures("splits")
def test_a_list_of_names_tells_what_the_companies_are_called(customer: Customer, place: str) -> None:
    customer.bring_and_confirm(place, "any", "companies.csv", NAMES["companies.csv"])
    assert "Harbor Foods (East) east Harbor Foods West west" in customer.get(f"{place}/entities")


@pytest.mark.parametrize("setting", ["", "splits"])
def test_the_choice_is_in_french(
    customer: Customer, place: str, organization: Organization, setting: str, request: Any
) -> None:
    if setting:
        request.getfixturevalue(setting)
    with acting_for(organization.id):
        organization.languages = ["en", "fr-ca"]
        organization.save()
    customer.browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr-CA"
    assert set(english_left(html(customer, f"{place}/entities"))) <= menus()
    customer.post(f"{place}/entities", entity=["west"], only="west")
    assert set(english_left(html(customer, f"{place}/complete"))) <= menus()


def test_one_company_is_nothing_to_choose_from(customer: Customer) -> None:
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "bills.csv", BILLS.replace("west", "east"))
    assert customer.post(f"{place}/report/any/next").headers["Location"] == f"{place}/complete"
    assert "Choose companies" not in html(customer, f"{place}/complete")
    assert customer.browser.get(f"{place}/entities").headers["Location"] == f"{place}/complete"


def test_a_setting_changed_since_asks_anew(customer: Customer, place: str, request: Any) -> None:
    customer.post(f"{place}/entities", only="west")
    finish(customer, place)
    request.getfixturevalue("splits")
    assert customer.browser.get(f"{place}/complete").headers["Location"] == f"{place}/entities"
    # What was handed over before is as it was handed over.
    assert "Not handed over yet" not in customer.get(f"{place}/manage")


def test_the_companies_own_link_does_not_touch_what_came_with_the_parent(
    company: Company, organization: Organization, static_files: None
) -> None:
    share(connect(company, "sage-100", platform_name="Sage 100", step="done"), BOTH)
    east = subsidiary(company, "east")
    visitor = Customer(east, organization)
    said = visitor.get("software")
    assert "The data of east is shared from Sage 100 by another company of its group." in said
    assert "Connected ✔" not in said
    place = visitor.at(str(entity_of(east).id))
    assert visitor.browser.get(f"{place}/manage").headers["Location"].endswith("/software")
    place = visitor.choose("other")
    visitor.bring_and_confirm(place, "any", "newer.csv", NEWER["newer.csv"].replace("west", "east"))
    assert "One set of books counts" in visitor.get(f"{place}/complete")
    finish(visitor, place)
    assert entity_of(east).status == "Unlinked"


def test_companies_of_another_customer_are_not_shown(customer: Customer, place: str) -> None:
    with acting_for(customer.organization.id):
        other = create_company(customer.organization, name="Other")
    stranger = Customer(other, customer.organization)
    held = place.rsplit("/", 1)[1]
    assert stranger.browser.get(stranger.at(f"{held}/entities")).headers["Location"].endswith("/software")
    assert stranger.browser.get(f"{place}/entities").status_code == 404
