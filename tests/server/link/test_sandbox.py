"""The Sandbox: the whole way from the choice to reports, with made-up data and no file."""

import pytest

from cardable.server.companies.models import Company
from cardable.server.connections.changes import unlink
from cardable.server.connections.models import Connection, Consent
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import presentation_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, read, work
from tests.server.conftest import client_of
from tests.server.link.customers import SPEND, Customer, one_time

SHOW = "link.showSandboxIntegrations"


def agreed(customer: Customer) -> str:
    """Choose the Sandbox and agree; the address of the connection."""
    return customer.choose("sandbox", leads_to="connect")


def connected(customer: Customer) -> str:
    place = agreed(customer)
    assert customer.post(f"{place}/connect").headers["Location"] == f"{place}/connected"
    read()
    return place


def set_sandbox(organization: Organization, *, shown: bool) -> None:
    with acting_for(organization.id):
        presentation = presentation_of(organization)
        presentation.link = {"sandbox": shown}
        presentation.save()


def test_it_stands_apart_and_says_that_its_data_is_made_up(customer: Customer) -> None:
    page = customer.get("software")
    assert page.index("Test software For trying things out") > page.index("Yardi Voyager")
    assert "Test software" in customer.get("software?q=sandbox")
    assert "No software" not in customer.get("software?q=sandbox")


def test_the_consent_says_that_nothing_of_the_company_is_read(customer: Customer) -> None:
    agreed(customer)
    with acting_for(customer.organization.id):
        text = Consent.objects.get().text
    assert "Nothing of Harbor Foods is read" in text
    assert "You export reports" not in text


def test_nothing_comes_before_the_button_says_so(customer: Customer) -> None:
    place = customer.choose("sandbox", agree=False)
    assert customer.post(f"{place}/connect").headers["Location"] == f"{place}/consent"
    page = customer.get(f"{agreed(customer)}/connect")
    for words in ("8 suppliers", "20 bills", "19 payments", "7 direct costs", "1 credit note"):
        assert words in page
    assert customer.uploads == []


def test_what_comes_goes_the_way_of_all_files_to_reports(customer: Customer) -> None:
    place = agreed(customer)
    customer.post(f"{place}/connect")
    assert "We are reading the books" in customer.get(f"{place}/connected")
    work()
    page = customer.get(f"{place}/connected")
    assert "Connected Demo Bank has the made-up books" in page
    held = customer.connection
    assert (held.status, held.step, held.source_type, held.error) == ("Linked", "done", "Accounting", "")
    assert {each.status for each in customer.uploads} == {"Confirmed"}
    with acting_for(customer.organization.id):
        snapshot = held.snapshots.get(is_current=True)
        run = customer.company.runs.get(status="Complete")
        company = Company.objects.get(id=customer.company.id)
    assert (snapshot.rows["bills"], snapshot.rows["suppliers"]) == (20, 10)
    assert (str(run.period_start), str(run.period_end)) == ("2025-07-01", "2026-06-30")
    assert company.report_status == "Available"
    assert "Thank you" in customer.get(customer.post(f"{place}/connected").headers["Location"])


def test_pressing_twice_brings_it_once(customer: Customer) -> None:
    place = agreed(customer)
    customer.post(f"{place}/connect")
    assert customer.post(f"{place}/connect").headers["Location"] == f"{place}/manage"
    assert len(customer.uploads) == 8


def test_it_counts_instead_of_what_was_there_and_the_other_way_round(customer: Customer) -> None:
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    customer.post(f"{place}/complete")
    read()
    sandbox = agreed(customer)
    assert "takes the place of what came from Other software" in customer.get(f"{sandbox}/connect")
    customer.post(f"{sandbox}/connect")
    read()
    with acting_for(customer.organization.id):
        states = dict(Connection.objects.values_list("system", "status"))
    assert states == {"other": "Unlinked", "sandbox": "Linked"}


def test_files_that_were_brought_never_mix_with_made_up_ones(customer: Customer) -> None:
    place = customer.choose("sage-100")
    customer.bring_and_confirm(place, "bills", "b.csv", BILLS)
    sandbox = agreed(customer)
    assert sandbox != place
    customer.post(f"{sandbox}/connect")
    assert customer.choose("xero") == place
    assert len({each.connection_id for each in customer.uploads}) == 2


def test_it_is_taken_up_again_without_a_second_set_of_files(customer: Customer) -> None:
    connected(customer)
    with acting_for(customer.organization.id):
        unlink(Connection.objects.get(), by="Ada")
    place = agreed(customer)
    customer.post(f"{place}/connect")
    read()
    assert (customer.connection.status, len(customer.uploads)) == ("Linked", 8)


def test_a_fault_is_told_with_the_way_to_try_again(customer: Customer) -> None:
    place = agreed(customer)
    customer.post(f"{place}/connect")
    with acting_for(customer.organization.id):
        Connection.objects.update(error="bills.csv is no longer there. Bring it again.")
    assert "Connect again" in customer.get(f"{place}/connected")
    assert "Connect again" in customer.get(f"{place}/manage")
    customer.post(f"{place}/connect")
    read()
    assert customer.connection.status == "Linked"


@pytest.mark.parametrize("page", ["how", "complete", "report/bills"])
def test_pages_about_files_lead_back_to_its_own(customer: Customer, page: str) -> None:
    place = agreed(customer)
    answer = customer.browser.get(f"{place}/{page}", follow=True)
    assert answer.redirect_chain[-1][0] == f"{place}/connect"


def test_its_files_are_neither_removed_nor_changed_by_hand(customer: Customer) -> None:
    place = connected(customer)
    upload = customer.uploads[0]
    assert customer.post(f"{place}/files/{upload.id}/remove").headers["Location"] == f"{place}/manage"
    assert customer.post(f"{place}/files/{upload.id}", do="confirm").headers["Location"] == f"{place}/manage"
    assert "Bring newer files" not in customer.get(f"{place}/manage")
    assert len(customer.uploads) == 8


def test_other_software_has_no_page_of_connecting(customer: Customer) -> None:
    place = customer.choose("sage-100")
    for page in ("connect", "connected"):
        assert customer.browser.get(f"{place}/{page}").status_code == 302


@pytest.mark.parametrize(("shown", "said", "offered"), [
    (True, "", True), (False, "", False), (True, "false", False), (False, "true", True), (True, "x", True),
])  # fmt: skip
def test_the_link_url_overrides_the_setting_for_the_visit(
    organization: Organization, newcomer: Customer, shown: bool, said: str, offered: bool
) -> None:
    set_sandbox(organization, shown=shown)
    newcomer.browser.post(f"{newcomer.url}&{SHOW}={said}")
    for _ in range(2):
        assert ("Test software" in newcomer.get("software")) is offered
    answer = newcomer.post("software", system="sandbox")
    assert (answer.status_code == 302) is offered


def test_a_later_link_url_that_says_nothing_leaves_it_as_it_was(customer: Customer) -> None:
    customer.browser.post(f"{one_time(customer.company, customer.organization)}&{SHOW}=false")
    customer.browser.post(one_time(customer.company, customer.organization))
    assert "Test software" not in customer.get("software")


def test_an_invitation_may_say_so_too(organization: Organization, static_files: None) -> None:
    with acting_for(organization.id):
        Organization.objects.filter(id=organization.id).update(one_time_links=False)
    browser = client_of(None)
    begun = browser.post(f"/link/demo-bank/invite?{SHOW}=false", {"company_name": "Pier Nine"})
    assert "Test software" not in browser.get(begun.headers["Location"]).content.decode()


def test_one_begun_where_it_is_not_offered_any_more_ends_there(
    organization: Organization, customer: Customer
) -> None:
    place = agreed(customer)
    set_sandbox(organization, shown=False)
    assert "/ended/501" in customer.post(f"{place}/connect").headers["Location"]
