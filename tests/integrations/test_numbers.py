"""Every way an amount is written comes out as the same decimal."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache

import pytest

from cardable.records import Bill
from tests.integrations.grids import Files

USES = ("record_id", "supplier_name", "issue_date", "amount")


Totals = Callable[[Sequence[str], str], dict[str, Decimal]]


@pytest.fixture(scope="module")
def totals(tmp_path_factory: pytest.TempPathFactory) -> Totals:
    """The amount that each cell of a column is, each column read once for all tests of its cells."""
    files = Files(tmp_path_factory.mktemp("numbers"))

    def read(cells: Sequence[str], mark: str) -> dict[str, Decimal]:
        rows = [(str(place), "Acorn", "2026-01-05", cell) for place, cell in enumerate(cells)]
        bills = files.read(files.table("bills", USES, rows, decimal_mark=mark)).records(Bill)
        return {cells[int(bill.id)]: bill.total_amount for bill in bills}

    return cache(read)


WITH_A_POINT = {
    "1234.56": "1234.56",
    "1,234.56": "1234.56",
    "1,23,456.78": "123456.78",
    "1 234.56": "1234.56",
    "1\u00a0234\u202f567.8": "1234567.8",
    "1'234.56": "1234.56",
    "1’234.56": "1234.56",
    "(1,234.56)": "-1234.56",
    "1,234.56-": "-1234.56",
    "- 1,234.56": "-1234.56",
    "−12.5": "-12.5",
    "$-142.85": "-142.85",
    "-$142.85": "-142.85",
    "($142.85)": "-142.85",
    "1,234.56 CR": "-1234.56",
    "1,234.56 DR": "1234.56",
    "USD 1,234.56": "1234.56",
    "1234.56 EUR": "1234.56",
    "R$ 10.00": "10",
    "Rs. 500": "500",
    "¥500.00": "500",
    "5.": "5",
    ".5": "0.5",
    "+7": "7",
    "12%": "12",
    "25.-": "25",
    "1e3": "1000",
}


@pytest.mark.parametrize("cell", WITH_A_POINT)
def test_a_number_with_a_decimal_point(totals: Totals, cell: str) -> None:
    assert totals(tuple(WITH_A_POINT), ".")[cell] == Decimal(WITH_A_POINT[cell])


WITH_A_COMMA = {
    "1234,56": "1234.56",
    "1.234,56": "1234.56",
    "1.234.567": "1234567",
    "53.000": "53000",
    "1 234,56": "1234.56",
    "1\u202f234,56 €": "1234.56",
    "€ 25,-": "25",
    "(1.234,56)": "-1234.56",
    "1.234,56-": "-1234.56",
    "12 466,95 Kč": "12466.95",
    "300000": "300000",
}


@pytest.mark.parametrize("cell", WITH_A_COMMA)
def test_a_number_with_a_decimal_comma(totals: Totals, cell: str) -> None:
    assert totals(tuple(WITH_A_COMMA), ",")[cell] == Decimal(WITH_A_COMMA[cell])


NO_NUMBERS = ("12 abc", "1.2.3", "1,23", "12,34,5", "twelve", "12-34", "1/2")


def test_what_is_no_number_rejects_the_row(files: Files) -> None:
    rows = [(cell, "Acorn", "2026-01-05", cell) for cell in NO_NUMBERS]
    read = files.read(files.table("bills", USES, rows))
    assert read.records(Bill) == []
    told = {each["row"]: (each["code"], each["value"], each["wrong"]) for each in read.problem_rows()}
    assert told == {
        row: ("NOT_A_NUMBER", cell, f"“{cell}” is not an amount.") for row, cell in enumerate(NO_NUMBERS, 2)
    }


def test_a_number_of_too_many_digits_is_too_large(files: Files) -> None:
    read = files.read(
        files.table("bills", USES, [("1", "Acorn", "2026-01-05", "123,456,789,012,345,678.00")])
    )
    assert [problem["code"] for problem in read.problem_rows()] == ["TOO_LARGE"]


def test_a_dash_is_no_amount_rather_than_a_wrong_one(files: Files) -> None:
    cells = ("-", "–", "n/a", "--")
    read = files.read(files.table("bills", USES, [(cell, "Acorn", "2026-01-05", cell) for cell in cells]))
    assert [problem["code"] for problem in read.problem_rows()] == ["MISSING_VALUE"] * len(cells)


def test_a_sign_or_code_beside_the_amount_is_its_currency(files: Files) -> None:
    cells = ("€5", "5 GBP", "R$ 5", "zł 5", "7")
    rows = [(cell, "Acorn", "2026-01-05", cell) for cell in cells]
    read = files.read(files.table("bills", USES, rows))
    assert [bill.currency for bill in read.records(Bill)] == ["EUR", "GBP", "BRL", "PLN", "BRL"]


def test_a_bare_dollar_sign_is_the_base_currency_where_that_has_dollars(files: Files) -> None:
    table = files.table("bills", USES, [("1", "Acorn", "2026-01-05", "$5")])
    assert files.read(table, base_currency="CAD").only(Bill).currency == "CAD"
    assert files.read(table, base_currency="EUR").only(Bill).currency == "USD"
