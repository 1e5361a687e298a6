"""A group in a real browser: it shares its companies, and each becomes one of its own."""

from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member, Organization
from cardable.server.presentation.look import presentation_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import harbor_foods, work
from tests.server.browser import faults, is_well, visitor
from tests.server.link.customers import Customer, one_time
from tests.server.syncs.shared import entity_of, names_below, spend, subsidiary


def sets(organization: Organization, *, multi_entity: bool) -> None:
    with acting_for(organization.id):
        presentation = presentation_of(organization)
        presentation.link = {"multi_entity": multi_entity}
        presentation.save()


@pytest.fixture
def url(customer: Customer, organization: Organization) -> str:
    """Where Harbor Foods goes on, which brought all its files before."""
    place = customer.choose("other")
    customer.post(f"{place}/how")
    for name, text in harbor_foods().items():
        customer.bring_and_confirm(place, "any", name, text)
    sets(organization, multi_entity=True)
    return one_time(customer.company, organization)


def continues(page: Page, url: str, name: str = "Continue") -> None:
    page.goto(url)
    page.locator("main form button").click()
    page.get_by_role("button", name=name).click()


def test_a_group_shares_its_companies_each_as_one_of_its_own(
    chromium: Browser, site: str, url: str, company: Company, organization: Organization, member: Member
) -> None:
    with visitor(chromium, site) as context:
        page = context.new_page()
        heard = faults(page)
        continues(page, url)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your files hold several companies")
        boxes = page.get_by_role("checkbox")
        for place in range(2):
            boxes.nth(place).focus()
            page.keyboard.press("Space")
        page.get_by_role("button", name="Continue").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Tick at least one company.")
        is_well(page, "link-entities")
        for box in boxes.all():
            box.check()
        page.get_by_role("button", name="Continue").press("Enter")
        expect(page.locator("main")).to_contain_text("Harbor Foods East, Harbor Foods West")
        is_well(page, "link-entities-complete")
        page.get_by_role("button", name="Finish and share").click()
        assert [each for each in heard if "422" not in each and "47DEQpj8" not in each] == []
    work()
    assert names_below(company) == ["Harbor Foods East", "Harbor Foods West"]
    assert spend(company) == Decimal("117559.49")
    east = subsidiary(company, "Harbor Foods East")
    assert (entity_of(east).status, spend(east)) == ("Linked", Decimal("93450.00"))
    with visitor(chromium, site, member=member) as context:
        page = context.new_page()
        for name, address in {
            "group-data": f"/companies/{company.id}/data/",
            "group-connections": f"/companies/{company.id}/connections",
            "entity-data": f"/companies/{east.id}/data/",
        }.items():
            page.goto(address)
            is_well(page, name)
    sets(organization, multi_entity=False)
    with acting_for(organization.id):
        organization.languages = ["en", "fr-ca"]
        organization.save()
    with visitor(chromium, site, locale="fr-CA") as context:
        page = context.new_page()
        page.goto(one_time(company, organization))
        page.locator("main form button").click()
        page.goto(page.url.replace("manage", "entities"))
        expect(page.get_by_role("radio").first).to_be_checked()
        is_well(page, "link-entities-group-fr")
