"""The Customer tab: whose report it is, and how fresh its data."""

from datetime import date
from pathlib import Path

import pytest

from cardable.metrics import Analysis, Customer, Parameters, Period, minor_digits
from cardable.metrics.customer_details import CustomerDetails, customer_details
from cardable.records import Address, CompanyInfo, PhoneNumber, WebLink
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, harbor_entity, harbor_foods

INFO = CompanyInfo(
    registration_number="R1",
    tax_number="",
    phone_numbers=(PhoneNumber(number="2", type="Mobile"), PhoneNumber(number="1", type="Primary")),
    addresses=(
        Address(line1="1 Road", city="Town", region="TX", postal_code="75001", country="US"),
        Address(line1="2 Street", line2="Floor 3"),
        Address(),
    ),
    web_links=(WebLink(url="https://a.example"), WebLink(url="https://b.example")),
)


def test_a_company_shows_its_own_details(tmp_path: Path) -> None:
    with Analysis(harbor_entity(tmp_path, "hfg-east"), PERIOD, RUN_DATE, PARAMETERS) as analysis:
        row = analysis.run().row("customer_row")
    assert (row["company_id"], row["company_name"]) == ("hfg-east", "Harbor Foods East")
    assert (row["registration_number"], row["tax_number"]) == ("DE-5512098", "98-7654321")
    assert (row["phone"], row["web_links"]) == ("(555) 010-1000", "https://harborfoods.example")
    assert row["addresses"] == "12 Pier Road, Portland, OR 97209, United States"
    assert (row["base_currency"], row["data_as_of"]) == ("USD", date(2026, 6, 30))


def test_details_are_put_in_one_text_each(tmp_path: Path) -> None:
    entity = harbor_foods(tmp_path).entities[0]
    customer = Customer(id=entity.id, name="Own books", entities=(entity,), info=INFO)
    assert customer_details(customer) == CustomerDetails(
        registration_number="R1",
        tax_number=None,
        phone="1",
        addresses="1 Road, Town, TX 75001, US; 2 Street, Floor 3",
        web_links="https://a.example; https://b.example",
    )


def test_a_parent_without_books_shows_no_details_even_if_known(tmp_path: Path) -> None:
    group = harbor_foods(tmp_path)
    known = Customer(id=group.id, name=group.name, entities=group.entities, is_group=True, info=INFO)
    assert customer_details(known) == CustomerDetails()


@pytest.mark.parametrize(
    ("currency", "digits"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XXX", 2), (None, 2)]
)
def test_a_currency_has_its_minor_unit(currency: str | None, digits: int) -> None:
    assert minor_digits(currency) == digits


def test_analysing_twice_gives_the_same(tmp_path: Path) -> None:
    customer = harbor_foods(tmp_path)
    tables = (
        "customer_row",
        "supplier_rows",
        "method_rows",
        "payment_rows",
        "warnings",
        "ongoing_supplier_rows",
    )
    once, again = (Analysis(customer, PERIOD, RUN_DATE, PARAMETERS).run() for _ in range(2))
    assert all(once.rows(table) == again.rows(table) for table in tables)


def test_little_memory_and_one_thread_give_the_same(harbor: Analysis, tmp_path: Path) -> None:
    small = Analysis(
        harbor.customer,
        PERIOD,
        RUN_DATE,
        PARAMETERS,
        harbor.imported_dates,
        memory_limit="200MB",
        temp_folder=tmp_path,
        threads=1,
    ).run()
    assert small.rows("supplier_rows") == harbor.rows("supplier_rows")


def test_fewer_months_change_the_window_only(tmp_path: Path) -> None:
    period = Period.ending(PERIOD.end, 6)
    row = Analysis(harbor_foods(tmp_path), period, RUN_DATE, Parameters()).run().row("customer_row")
    assert (row["start_date"], row["months_reviewed"], row["bills_count"]) == (date(2026, 1, 1), 6, 10)
