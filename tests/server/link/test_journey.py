"""The screens of the Link: software, consent, what happens next, finish, leave."""

import pytest

from cardable.server.connections.consents import consent_text
from cardable.server.connections.models import Connection, ConnectionEvent, Consent
from cardable.server.events.models import Event
from cardable.server.presentation.look import look_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, PAYMENTS, SUPPLIERS, read
from tests.server.link.customers import SPEND, Customer


def finish(customer: Customer, system: str = "sage-100") -> str:
    """Bring all that is asked for and finish; the address of the connection."""
    place = customer.choose(system)
    for report, text in (("suppliers", SUPPLIERS), ("bills", BILLS), ("payments", PAYMENTS)):
        customer.bring_and_confirm(place, report, f"{report}.csv", text)
    customer.post(f"{place}/complete")
    return place


def test_software_is_grouped_by_vendor_and_found_by_name(customer: Customer) -> None:
    page = customer.get("software")
    assert "Sage 50 Accounts" in page
    assert "Tyler Technologies" in page
    assert "My software is not listed" in page
    found = customer.get("software?q=dynamics+gr")
    assert "Microsoft Dynamics Great Plains" in found
    assert "Sage" not in found
    assert "No software has “zzz” in its name" in customer.get("software?q=zzz")


def test_choosing_software_begins_a_pending_connection(customer: Customer) -> None:
    customer.choose(agree=False)
    made = customer.connection
    assert (made.system, made.platform_name, made.status) == ("sage-100", "Sage 100", "PendingAuth")
    with acting_for(customer.organization.id):
        assert ConnectionEvent.objects.get().kind == "Started"
        customer.company.refresh_from_db()
    assert customer.company.connection_status == "Pending"


def test_other_software_chosen_before_the_end_takes_the_place_of_the_first(customer: Customer) -> None:
    first = customer.choose("sage-100")
    second = customer.choose("xero", agree=False)
    assert second == first
    assert (customer.connection.platform_name, customer.connection.step) == ("Xero", "consent")


def test_the_consent_has_five_sections_with_the_names_in_them(customer: Customer) -> None:
    place = customer.choose(agree=False)
    page = customer.get(f"{place}/consent")
    for header in ("Purpose", "Access", "Account information", "Platform data", "Retention"):
        assert header in page
    assert "Share data of Harbor Foods from Sage 100" in page
    assert "Demo Bank" in page


def test_the_consent_is_kept_word_for_word_with_who_gave_it(customer: Customer) -> None:
    place = customer.choose(agree=False)
    with acting_for(customer.organization.id):
        look = look_of(customer.organization, company="Harbor Foods", platform="Sage 100")
        text = consent_text(look)
    customer.browser.post(f"{place}/consent", {"mark": text.mark}, HTTP_USER_AGENT="Firefox 150")
    with acting_for(customer.organization.id):
        kept = Consent.objects.get()
    assert kept.text == text.plain
    assert "Retention" in kept.text
    assert (kept.ip_address, kept.browser, kept.locale) == ("127.0.0.1", "Firefox 150", "en")
    shown = customer.get(f"{place}/consent")
    for line in kept.text.split("\n\n"):
        assert line in shown


def test_a_text_that_changed_while_it_was_read_was_not_agreed_to(customer: Customer) -> None:
    place = customer.choose(agree=False)
    assert customer.post(f"{place}/consent", mark="older").status_code == 200
    with acting_for(customer.organization.id):
        assert not Consent.objects.exists()


@pytest.mark.parametrize("step", ["how", "report/suppliers", "complete"])
def test_nothing_is_shown_before_the_consent(customer: Customer, step: str) -> None:
    place = customer.choose(agree=False)
    assert customer.browser.get(f"{place}/{step}").headers["Location"] == f"{place}/consent"


def test_what_happens_next_lists_the_reports_of_the_system(customer: Customer) -> None:
    place = customer.choose("xero")
    page = customer.get(f"{place}/how")
    assert "Suppliers" in page
    assert "Payments optional" in page
    assert "Direct costs" not in page
    assert customer.post(f"{place}/how").headers["Location"] == f"{place}/report/suppliers"


def test_a_returning_customer_continues_where_it_stopped(customer: Customer) -> None:
    place = customer.choose()
    customer.bring_and_confirm(place, "suppliers", "s.csv", SUPPLIERS)
    customer.post(f"{place}/report/suppliers/next")
    again = Customer(customer.company, customer.organization, let_in=False)
    assert "Welcome back You chose Sage 100" in again.get(again.url)
    assert again.browser.post(again.url).headers["Location"] == f"{place}/report/bills"


def test_the_journey_cannot_end_before_suppliers_and_bills_came(customer: Customer) -> None:
    place = customer.choose()
    customer.bring_and_confirm(place, "suppliers", "s.csv", SUPPLIERS)
    page = customer.get(f"{place}/complete")
    assert "Still to come Bills" in page
    assert "Finish and share" not in page
    assert customer.post(f"{place}/complete").status_code == 422


def test_a_file_not_yet_checked_holds_the_end_up(customer: Customer) -> None:
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    customer.bring(place, "any", ("bills.csv", BILLS))
    assert "Files to check bills.csv" in customer.get(f"{place}/complete")
    assert customer.post(f"{place}/complete").status_code == 422


def test_the_end_says_what_came_and_what_the_reports_will_lack(customer: Customer) -> None:
    place = customer.choose()
    customer.bring_and_confirm(place, "suppliers", "s.csv", SUPPLIERS)
    customer.bring_and_confirm(place, "bills", "b.csv", BILLS)
    page = customer.get(f"{place}/complete")
    assert "2 suppliers" in page
    assert "2 bills from Sep 3, 2026 to Oct 5, 2026, in total USD 2,000.00" in page
    assert "Without payments the reports cannot tell" in page


def test_finishing_hands_the_files_over_and_thanks(customer: Customer) -> None:
    place = finish(customer)
    held = customer.connection
    assert "Thank you" in customer.get(f"ended/200?from={held.id}")
    read()
    assert (customer.connection.status, customer.connection.step) == ("Linked", "done")
    page = customer.get(f"{place}/manage")
    assert "Connected" in page
    assert "bills.csv" in page
    assert "Sage 100 Connected ✔" in customer.get("software")
    with acting_for(customer.organization.id):
        kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"connection.created", "connection.consented", "connection.connected"} <= kinds


def test_a_connected_customer_comes_back_to_what_it_shared(customer: Customer) -> None:
    place = finish(customer)
    read()
    assert customer.post("software", system="sage-100").headers["Location"] == f"{place}/manage"
    assert customer.browser.post(customer.url).headers["Location"] == f"{place}/manage"


def test_newer_files_are_read_together_with_those_before(customer: Customer) -> None:
    place = finish(customer)
    read()
    newer = BILLS.splitlines()[0] + "\nB9,S1,2026-11-03,2026-12-03,USD,50.00,50.00,Open\n"
    customer.bring_and_confirm(place, "bills", "newer.csv", newer)
    customer.post(f"{place}/complete")
    read()
    with acting_for(customer.organization.id):
        snapshot = customer.connection.snapshots.get(is_current=True)
    assert snapshot.rows["bills"] == 3


def test_new_software_takes_the_place_of_the_old(customer: Customer) -> None:
    finish(customer)
    read()
    finish(customer, "netsuite")
    read()
    with acting_for(customer.organization.id):
        states = dict(Connection.objects.values_list("system", "status"))
    assert states == {"sage-100": "Unlinked", "netsuite": "Linked"}


def test_a_fault_found_later_is_told_with_what_to_do(customer: Customer) -> None:
    place = finish(customer)
    with acting_for(customer.organization.id):
        Connection.objects.update(error="bills.csv is no longer there. Bring it again.")
    page = customer.get(f"{place}/manage")
    assert "Your files could not be read" in page
    assert "Bring it again." in page


def test_leaving_asks_first_and_keeps_what_came(customer: Customer) -> None:
    place = customer.choose()
    held = customer.connection
    page = customer.get(f"leave?from={held.id}")
    assert "Finish connecting" in page
    assert "Exit without saving" in page
    assert customer.post(f"leave?from={held.id}").headers["Location"] == customer.at(
        f"ended/403?from={held.id}"
    )
    assert "Files" not in customer.get("ended/403")
    assert customer.get(f"{place}/how")


def test_an_end_that_did_not_come_is_not_claimed(customer: Customer) -> None:
    customer.choose()
    assert "Thank you" not in customer.get(f"ended/200?from={customer.connection.id}")
    assert "You can close this page" in customer.get("ended/200")


def test_software_that_is_no_longer_offered_ends_the_journey(customer: Customer) -> None:
    place = customer.choose()
    with acting_for(customer.organization.id):
        Connection.objects.update(system="withdrawn")
    answer = customer.browser.get(f"{place}/how")
    assert answer.headers["Location"] == customer.at(f"ended/501?from={customer.connection.id}")
    assert "This software cannot be used here" in customer.get(answer.headers["Location"])
