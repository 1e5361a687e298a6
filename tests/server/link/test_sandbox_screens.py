"""The Sandbox in a real browser: a customer's whole way, and what the issuer's analyst then has."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member, Organization
from cardable.server.presentation.look import presentation_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import work
from tests.server.browser import faults, is_well, visitor
from tests.server.link.customers import one_time
from tests.server.link.test_screens import heading, press


def test_the_whole_way_is_walked_without_a_file(
    chromium: Browser, site: str, organization: Organization, company: Company, member: Member
) -> None:
    with visitor(chromium, site) as context:
        page = context.new_page()
        heard = faults(page)
        page.goto(one_time(company, organization))
        press(page, "Next")
        press(page, "Sandbox Made-up data")
        heading(page, "Share data of Harbor Foods from Sandbox")
        press(page, "Next")
        heading(page, "Connect Sandbox")
        is_well(page, "link-sandbox-connect")
        press(page, "Connect")
        heading(page, "Connecting")
        is_well(page, "link-sandbox-connecting")
        work()
        heading(page, "Connected")
        is_well(page, "link-sandbox-connected")
        press(page, "Complete")
        heading(page, "Thank you")
        page.get_by_role("link", name="See what you shared").click()
        is_well(page, "link-sandbox-manage")
        assert [each for each in heard if "/connected" not in each] == []
    with visitor(chromium, site, member=member) as context:
        page = context.new_page()
        page.goto(f"/companies/{company.id}/connections")
        expect(page.locator("main")).to_contain_text("Sandbox")
        page.goto(f"/companies/{company.id}/files")
        expect(page.locator("main")).to_contain_text("bill_payments.csv")
        page.goto(f"/spend-insights/{company.id}/")
        expect(page.locator("main")).to_contain_text("117,559")
        is_well(page, "sandbox-analysis")


def test_what_little_is_on_offer_is_shown_well(
    chromium: Browser,
    site: str,
    organization: Organization,
    company: Company,
    member_as: Callable[[str], Member],
) -> None:
    rules = {"is_on": True, "is_required": False, "takes_files": False}
    set_accounting = _setter(organization)
    set_accounting(rules)
    with visitor(chromium, site, member=member_as("Developer")) as context:
        page = context.new_page()
        page.goto("/settings/link/")
        expect(page.locator("main")).to_contain_text("customers find only what can be connected to: Sandbox.")
        is_well(page, "settings-link-warning")
    with visitor(chromium, site) as context:
        page = context.new_page()
        page.goto(one_time(company, organization))
        press(page, "Next")
        expect(page.get_by_role("searchbox")).to_have_count(0)
        is_well(page, "link-software-sandbox-alone")
        set_accounting(rules | {"is_on": False})
        page.reload()
        heading(page, "There is nothing to connect right now")
        is_well(page, "link-software-nothing")
        press(page, "Continue")
        heading(page, "Nothing was connected")
        is_well(page, "link-ended-without")


def _setter(organization: Organization) -> Callable[[dict[str, bool]], None]:
    def set_accounting(rules: dict[str, bool]) -> None:
        with acting_for(organization.id):
            presentation = presentation_of(organization)
            presentation.link = {"categories": {"Accounting": rules}}
            presentation.save()

    return set_accounting
