"""The check: what was understood of a file, mended by the customer and remembered."""

from cardable.server.connections.models import SavedMapping
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, SUPPLIERS, read
from tests.server.link.customers import BAD_DATES, SPEND, Customer

ODD = "Ref A,Zeta,When,Val\nB1,Acme,2026-03-04,10.00\nB2,Bolt,2026-03-05,20.00\nB3,Cole,2026-03-06,30.00\n"


def brought(customer: Customer, name: str, text: str, system: str = "other", report: str = "any") -> str:
    """The address of the check of a file that was read."""
    check = customer.bring(customer.choose(system), report, (name, text)).headers["Location"]
    read()
    return str(check)


def test_the_check_shows_columns_with_three_values_and_what_was_read(customer: Customer) -> None:
    page = customer.get(brought(customer, "spend.csv", SPEND))
    assert "We found 2 payments from Mar 14, 2026 to Apr 15, 2026, in total USD 200.50." in page
    assert "Payee Acme Tools · Bolt Ltd" in page
    assert "Supplier name" in page


def test_a_confirmed_file_is_kept_and_the_step_goes_on(customer: Customer) -> None:
    check = brought(customer, "spend.csv", SPEND)
    place = check.split("/files/")[0]
    assert customer.post(check, do="confirm").headers["Location"] == f"{place}/report/any"
    (upload,) = customer.uploads
    assert upload.status == "Confirmed"
    assert upload.confirmed_at
    assert customer.post(f"{place}/report/any/next").headers["Location"] == f"{place}/complete"


def test_spend_alone_is_welcome_through_other_software(customer: Customer) -> None:
    check = brought(customer, "spend.csv", SPEND)
    place = check.split("/files/")[0]
    customer.post(check, do="confirm")
    assert customer.post(f"{place}/complete").headers["Location"].startswith(customer.at("ended/200"))
    read()
    assert customer.connection.status == "Linked"


def test_suppliers_alone_are_not_enough_for_other_software(customer: Customer) -> None:
    check = brought(customer, "s.csv", SUPPLIERS)
    customer.post(check, do="confirm")
    page = customer.get(check.split("/files/")[0] + "/complete")
    assert "a list of bills, payments or purchases" in page


def mend(customer: Customer, check: str) -> None:
    """Say which column of ODD is the supplier, which currency it is in, and that the rest is right."""
    customer.post(check, **{"column-0-1": "supplier_name"}, do="confirm")
    read()
    assert (
        customer.post(check, **{"currency-0": "USD"}, do="confirm")
        .headers["Location"]
        .endswith("/report/any")
    )


def test_a_column_can_mean_something_else(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    mend(customer, check)
    (upload,) = customer.uploads
    assert upload.choices[""]["1"] == "supplier_name"
    columns = {each["name"]: each["field"] for each in upload.reading["tables"][0]["columns"]}
    assert columns["Zeta"] == "supplier_name"


def test_a_change_is_read_and_shown_before_it_is_taken(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    assert customer.post(check, **{"column-0-1": "supplier_name"}, do="confirm").headers["Location"] == check
    assert "We are reading your file" in customer.get(check)


def test_a_table_can_be_something_else(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    assert "We found 3 payments" in customer.get(check)
    customer.post(check, **{"kind-0": "expenses"}, do="apply")
    read()
    assert "We found 3 direct costs" in customer.get(check)


def test_a_sheet_can_be_left_out(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    customer.post(check, **{"kind-0": "other"}, do="apply")
    read()
    assert "left out" in customer.get(check)
    assert customer.post(check, do="confirm").status_code == 422


def test_what_was_confirmed_once_is_known_the_next_time(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    place = check.split("/files/")[0]
    mend(customer, check)
    customer.post(f"{place}/complete")
    read()
    with acting_for(customer.organization.id):
        assert SavedMapping.objects.get().uses["zeta"] == "supplier_name"
    customer.bring(place, "any", ("later.csv", ODD.replace("Acme", "Apex")))
    read()
    columns = {each["name"]: each["field"] for each in customer.uploads[-1].reading["tables"][0]["columns"]}
    assert columns["Zeta"] == "supplier_name"


def test_a_currency_that_no_file_names_is_asked_for(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    page = customer.get(check)
    assert "Which currency are these amounts in? Choose the currency" in page
    assert "in total 60.00." in page
    refused = customer.post(check, do="confirm")
    assert (refused.status_code, "Say which currency" in refused.content.decode()) == (422, True)
    customer.post(check, **{"currency-0": "GBP"}, do="apply")
    assert "in total GBP 60.00." in customer.get(check)
    assert customer.post(check, **{"currency-0": "GBP"}, do="confirm").status_code == 302
    customer.post(check.split("/files/")[0] + "/complete")
    read()
    with acting_for(customer.organization.id):
        assert customer.connection.snapshots.get().base_currency == "GBP"


def test_payments_to_nobody_ask_who_was_paid(customer: Customer) -> None:
    check = brought(customer, "odd.csv", ODD)
    page = customer.browser.get(check).content.decode()
    assert "Who was paid?" in page
    assert '<details class="disclosure" open>' in page
    mend(customer, check)
    assert "Who was paid?" not in customer.get(check)


def test_the_currency_of_earlier_files_is_offered(customer: Customer) -> None:
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND.replace("USD", "CAD"))
    customer.bring(place, "any", ("odd.csv", ODD))
    read()
    check = f"{place}/files/{customer.uploads[-1].id}"
    assert 'value="CAD" selected' in customer.browser.get(check).content.decode()
    assert "in total CAD 60.00." in customer.get(check)


def test_two_columns_cannot_mean_the_same(customer: Customer) -> None:
    check = brought(customer, "spend.csv", SPEND)
    answer = customer.post(check, **{"column-0-0": "city", "column-0-4": "city"}, do="apply")
    assert answer.status_code == 422
    assert "You chose “City” for 2 columns." in answer.content.decode()


def test_a_column_that_is_needed_must_be_there(customer: Customer) -> None:
    check = brought(customer, "spend.csv", SPEND)
    customer.post(check, **{"column-0-2": ""}, do="apply")
    read()
    assert "No column says the amount." in customer.get(check)
    answer = customer.post(check, do="confirm")
    assert answer.status_code == 422
    assert "No column says the amount." in answer.content.decode()


def test_dates_that_could_be_read_two_ways_are_asked_about(customer: Customer) -> None:
    check = brought(customer, "dates.csv", BAD_DATES)
    page = customer.get(check)
    assert "“03/04/2026” could be either day." in page
    assert "Day first: Apr 3, 2026" in page
    assert "Month first: Mar 4, 2026" in page
    for order, first in (("DMY", "Apr 3, 2026"), ("MDY", "Mar 4, 2026")):
        customer.post(check, **{"order-0": order}, do="apply")
        read()
        assert f"from {first} to" in customer.get(check)
    assert customer.post(check, **{"order-0": "MDY"}, do="confirm").headers["Location"].endswith("/any")


def test_plain_dates_are_not_asked_about(customer: Customer) -> None:
    plain = BAD_DATES.replace("05/06/2026", "25/06/2026")
    assert "could be either day" not in customer.get(brought(customer, "dates.csv", plain))


def test_rows_that_cannot_be_used_are_a_download(customer: Customer) -> None:
    rows = "".join(f"B{n},S1,2026-09-{n % 28 + 1:02},USD,5.00\n" for n in range(3, 50))
    check = brought(customer, "bills.csv", BILLS.splitlines()[0].replace(",due_date", "").replace(
        ",amount_due,status", "") + "\n" + rows + "B99,S2,31/31/2026,USD,9.00\n")  # fmt: skip
    page = customer.get(check)
    assert "1 row left out." in page
    assert "“31/31/2026” is not a date." in page
    answer = customer.browser.get(f"{check}/rejected.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "31/31/2026" in answer.content.decode()
    assert customer.post(check, do="confirm").status_code == 302


def test_many_lost_rows_need_to_be_accepted(customer: Customer) -> None:
    check = brought(customer, "bills.csv", BILLS + "B99,S2,31/31/2026,,USD,9.00,,Open\n")
    assert "Use it anyway" in customer.get(check)
    answer = customer.post(check, do="confirm")
    assert answer.status_code == 422
    assert "Say that you want to go on without them." in answer.content.decode()
    assert customer.post(check, do="confirm", accept="on").status_code == 302
    assert customer.uploads[0].rejects_accepted


def test_a_file_that_holds_no_payables_cannot_be_taken(customer: Customer) -> None:
    check = brought(customer, "colours.csv", "colour,shape\nred,round\nblue,square\ngreen,flat\n")
    answer = customer.post(check, do="confirm")
    assert answer.status_code == 422
    assert "No column says the amount. Choose the one that does." in answer.content.decode()


def test_the_next_unchecked_file_follows(customer: Customer) -> None:
    place = customer.choose("other")
    customer.bring(place, "any", ("a.csv", SPEND), ("b.csv", BILLS))
    read()
    first, second = customer.uploads
    answer = customer.post(f"{place}/files/{first.id}", do="confirm")
    assert answer.headers["Location"] == f"{place}/files/{second.id}"
