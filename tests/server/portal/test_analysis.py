"""The analysis on screen: its figures are the worked example's, and each leads to the records behind it."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from html import unescape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.examples import expected, harbor_foods
from tests.server.conftest import client_of
from tests.server.portal.runs import begin_run, make_run, payments_only

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member

EXPECTED = expected()


@pytest.fixture
def home(company: Company) -> str:
    """The address of Harbor Foods' analysis, with the figures of the worked example."""
    make_run(company)
    return f"/spend-insights/{company.id}/"


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return str(answer.content.decode().split("<main", 1)[1])


def words(client: Client, address: str) -> str:
    """A page's words, without its marks."""
    text = re.sub(r"<[^>]+>", " ", body(client, address))
    return " ".join(unescape(text).replace("\xa0", " ").split())


def amount(text: str) -> str:
    return f"{Decimal(text):,.2f}"


def row(client: Client, address: str, name: str) -> str:
    """The words of the row with this name in its first cell."""
    found = next(
        part for part in body(client, address).split("<tr") if re.search(rf'scope="row".*{name}', part)
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", "<tr" + found)).replace("\xa0", " ").split())


def test_the_headline_figures_are_the_worked_examples(client: Client, home: str) -> None:
    found, summary = words(client, home), EXPECTED["spendSummary"]
    total = EXPECTED["spendAnalysis"]["entitySpendBreakdown"]["total"]["totalSpend"]
    assert f"Total spend USD {amount(total)}" in found
    assert f"Cardable spend a year USD {amount(summary['cardableSpend'])} 3 suppliers" in found
    assert f"Annual card benefits USD {amount(summary['annualCardBenefits'])}" in found


def test_the_benefits_say_how_they_add_up(client: Client, home: str) -> None:
    found, summary = words(client, home), EXPECTED["spendSummary"]
    assert f"up to USD 1,000,000 USD {amount(summary['cashbackValue'])}" in found
    assert "10 payments and expenses a year × 3 minutes, at USD 40.00 an hour USD 20.00" in found


def test_the_period_and_the_day_of_the_data_are_said(client: Client, home: str) -> None:
    assert "Jul 1, 2025 to Jun 30, 2026 , 12 months. In USD. Data as of Jun 30, 2026" in words(client, home)


@pytest.mark.parametrize(
    "method", EXPECTED["spendAnalysis"]["spendAnalysisTab"], ids=lambda each: each["paymentMethod"]
)
def test_each_payment_method_has_the_worked_examples_figures(
    client: Client, home: str, method: dict[str, Any]
) -> None:
    name = method["paymentMethod"].replace("(", r"\(").replace(")", r"\)")
    figures = row(client, home, f">{name}<")
    for key in ("totalSpend", "billsAmount", "billsOutstandingAmount", "paymentsAmount"):
        assert amount(method[key]) in figures, key


def test_the_entities_of_a_group_are_broken_down(client: Client, home: str) -> None:
    for entity in EXPECTED["spendAnalysis"]["entitySpendBreakdown"]["rows"]:
        assert amount(entity["totalSpend"]) in row(client, home, entity["companyName"])


def test_a_suppliers_first_record_of_the_period_makes_it_new(client: Client, home: str) -> None:
    """CloudDesk in October, Bright Signs in April, Sunrise in June; July to September cannot tell."""
    found = words(client, home)
    for month, spend in (("October 2025", "3,600.00"), ("April 2026", "5,450.00"), ("June 2026", "500.00")):
        assert f"{month} 1 {spend}" in found
    assert "Together 3" in found
    assert "September 2025" not in found


def test_a_warning_leads_to_the_records_it_is_about(client: Client, home: str) -> None:
    link = re.search(r'href="([^"]*only=no-rate)">Show 1 expense', body(client, home))
    assert link
    found = words(client, link[1])
    assert "X07" in found
    assert "1 more without an exchange rate, which counts nowhere" in found


def test_suppliers_are_listed_largest_first(client: Client, home: str) -> None:
    names = re.findall(r'/suppliers/[0-9a-f]{16}" dir="auto">([^<]*)<', body(client, f"{home}suppliers"))
    assert names[:3] == ["Volt Energy LLC", "Pacific Paper Co", "Bureau Lumière"]
    assert len(names) == 8


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("verdict=cardable", {"Volt Energy LLC", "Pacific Paper Co", "Bureau Lumière"}),
        ("method=Debit+Card", {"Bright Signs"}),
        ("low=5,000&high=40000", {"Pacific Paper Co", "Bureau Lumière", "Bright Signs"}),
        ("q=lumiere", {"Bureau Lumière"}),
        ("q=s8", {"Delta Consulting"}),
        ("first=2026-06", {"Sunrise Cleaning"}),
        ("verdict=nonsense&low=x&sort=nothing&q=%00lumi%C3%A8re", {"Bureau Lumière"}),
    ],
)
def test_suppliers_are_found_by_what_the_address_asks(
    client: Client, home: str, asked: str, found: set[str]
) -> None:
    page = body(client, f"{home}suppliers?{asked}")
    assert set(re.findall(r'/suppliers/[0-9a-f]{16}" dir="auto">([^<]*)<', page)) == found


def test_a_suppliers_page_says_the_verdict_and_how_each_method_is_known(client: Client, home: str) -> None:
    link = re.search(r'href="([^"]*)" dir="auto">Pacific Paper Co', body(client, f"{home}suppliers"))
    assert link
    found = words(client, link[1])
    assert "Cardable Most common method is Check: 4 of 5 payments and expenses" in found
    assert "Credit Card Rule 2: the account name says “amex”" in found
    assert "Paid late USD 14,400.00 2 bills" in found


def test_bills_behind_a_figure_add_up_to_it(client: Client, home: str) -> None:
    late = next(
        each for each in EXPECTED["spendAnalysis"]["spendAnalysisTab"] if each["paymentMethod"] == "Check"
    )
    found = words(client, f"{home}records/bills?method=Check&only=late")
    assert f"{late['billsPaidLateCount']} bills, USD {amount(late['billsPaidLateAmount'])}" in found


def test_the_links_of_the_overview_open(client: Client, home: str) -> None:
    links = {unescape(link) for link in re.findall(r'href="(/spend-insights/[^"#]+)"', body(client, home))}
    opened: set[tuple[str, str]] = set()
    # Those that ask for most first; one that asks for nothing new of its page is left out.
    for link in sorted(links, key=lambda link: (-link.count("&"), link)):
        place, _, query = link.partition("?")
        asked = {(place, part) for part in query.split("&")}
        if "/reports/" not in link and "/bundle" not in link and not asked <= opened:
            assert client.get(link).status_code == 200, link
            opened |= asked


@pytest.mark.parametrize(
    ("kind", "asked", "count"),
    [
        ("payments", "paid=Credit+Card", "2 payments"),
        ("payments", "rule=3", "3 payments"),
        ("payments", "only=refunds", "0 payments and 1 refund"),
        ("expenses", "only=unassigned", "1 expenses"),
        ("bills", "entity=hfg-west", "6 bills"),
        ("bills", "month=2026-06", "2 bills"),
        ("bills", "q=ve-", "3 bills"),
        ("bills", "only=nonsense&rule=x&month=soon", "17 bills"),
    ],
)
def test_records_are_found_by_what_the_address_asks(
    client: Client, home: str, kind: str, asked: str, count: str
) -> None:
    assert f" {count}" in words(client, f"{home}records/{kind}?{asked}")


def test_the_download_has_the_rows_that_are_shown(client: Client, home: str) -> None:
    answer = client.get(f"{home}records/payments.csv?paid=Credit+Card")
    lines = list(csv.DictReader(StringIO(b"".join(answer).decode())))
    assert [line["Id"] for line in lines] == ["P12", "P03"]
    assert lines[0]["Why"] == "Rule 2: the account name says “visa”"
    assert answer["Content-Disposition"] == 'attachment; filename="HarborFoods_Payments_2026-06-30.csv"'


def test_no_cell_of_the_download_is_a_formula() -> None:
    from cardable.server.written import safe

    assert safe("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert [safe(text)[0] for text in ("+1", "-1", "@x", "\t=1", " =1")] == ["'"] * 5
    assert safe(Decimal("-1.50")) == Decimal("-1.50")


def test_payments_alone_are_the_spend_and_said_to_be(
    client: Client, company: Company, tmp_path: Path
) -> None:
    make_run(company, customer=payments_only(harbor_foods(tmp_path / "books"), tmp_path))
    found = words(client, f"/spend-insights/{company.id}/")
    assert "Spend is what was paid" in found
    assert "USD 107,050.00 Payments USD 107.1K, as no bills came" in found


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("InProgress", "The first reports are being made"),
        ("Error", "No record has a date. Reference: "),
        ("", "No data yet"),
    ],
)
def test_without_figures_the_page_says_why(client: Client, company: Company, status: str, said: str) -> None:
    if status:
        begin_run(company, status=status, reason="No record has a date." if status == "Error" else "")
    assert said in words(client, f"/spend-insights/{company.id}/suppliers")


def test_figures_stay_while_new_ones_are_made_and_when_those_fail(client: Client, company: Company) -> None:
    make_run(company)
    begin_run(company)
    found = words(client, f"/spend-insights/{company.id}/")
    assert "New reports are being made" in found
    assert "USD 117,559.49" in found


def test_figures_that_were_deleted_are_missed_in_words(client: Client, company: Company) -> None:
    from cardable.server import storage

    storage.delete(make_run(company).storage_prefix)
    assert "These figures are gone" in words(client, f"/spend-insights/{company.id}/")


def test_an_unknown_supplier_or_type_is_not_found(client: Client, home: str) -> None:
    assert client.get(f"{home}suppliers/{'0' * 16}").status_code == 404
    assert client.get(f"{home}records/salaries").status_code == 404


def test_a_stranger_and_the_onboarding_role_see_nothing(
    home: str, stranger: Member, member_as: Any, static_files: None
) -> None:
    eve, newcomer = client_of(stranger), client_of(member_as("Onboarding"))
    for part in ("", "suppliers", "records/bills", "records/bills.csv"):
        assert eve.get(f"{home}{part}").status_code == 404
        assert newcomer.get(f"{home}{part}").status_code == 403
