"""What is wrong with rows, and what was assumed, is kept in English and said again in French."""

import pytest

from cardable.intake.model import FileReading
from cardable.integrations.any_spreadsheet.wanted import REQUIRED
from tests.integrations.grids import Files, Result
from tests.said_again import left_in_english

BILLS = ("company_id", "record_id", "supplier_id", "issue_date", "due_date", "amount", "currency")


def said(read: Result) -> list[str]:
    problems = [problem.message for problem in read.delivery.problems]
    return [*problems, *(notice.message for notice in read.delivery.notices)]


def codes(read: Result) -> set[str]:
    return {problem.code for problem in read.delivery.problems} | set(read.codes())


def test_cells_that_cannot_be_believed(files: Files) -> None:
    bills = files.table("bills", BILLS, [
        (None, "B1", "S1", "31/31/2026, or so", "soon. Very soon.", "10", "USD"),
        (None, "B2", "S1", "2026-01-05", None, "ten", "shells"),
        (None, "B3", "S1", "2026-01-05", None, "1234567890123456789", "USD"),
        (None, "B4", None, None, None, "1,234.5", None),
        (None, "B5", None, "2026-01-05", None, None, None),
    ])  # fmt: skip
    read = files.read(bills)
    assert codes(read) >= {"NOT_A_DATE", "NOT_A_NUMBER", "NOT_A_CURRENCY", "TOO_LARGE", "NO_DATE"}
    assert left_in_english(said(read)) == []


@pytest.mark.parametrize("kind", REQUIRED)
def test_values_that_every_row_needs(files: Files, kind: str) -> None:
    """With no column for them, and with an empty one."""
    uses = [name for need in REQUIRED[kind] for name in need.names if name != "net"]
    named = {"credit": "credit_amount", "due": "amount_due", "company": "company_id", "rate": "exchange_rate"}
    columns = list(dict.fromkeys(named.get(use, use) for use in uses))
    empty = files.table(kind, [*columns, "note"], [[*[None] * len(columns), "x"]])
    without = files.table(kind, ["note"], [["x"]])
    for reading in (empty, without):
        read = files.read(reading)
        assert codes(read) & {"MISSING_VALUE", "NO_DATE"}
        assert left_in_english(said(read)) == []


def test_what_was_assumed_of_companies_and_links(files: Files) -> None:
    uses = ("company_id", "company_name", "parent_company_id")
    companies = files.table("companies", uses, [("a", "A", "b"), ("b", "B", "a")])
    bills = files.table("bills", BILLS, [("Payments", "B1", "S1", "2026-01-05", None, "10", None)])
    payments = files.table("payments", ("record_id", "payment_date", "amount"), [("P1", "2026-01-09", "10")])
    allocations = files.table("allocations", ("payment_id", "link_id"), [("P9", "B1")])
    suppliers = files.table("suppliers", ("supplier_id", "supplier_name"), [("S2", "Two")])
    read = files.read(companies, bills, payments, allocations, suppliers)
    assert codes(read) >= {"PARENT_CYCLE", "COMPANY_ADDED", "NO_SUCH_PAYMENT", "CURRENCY_ASSUMED"}
    assert left_in_english(said(read)) == []


@pytest.mark.parametrize(
    ("uses", "row", "code"),
    [
        (("record_id", "payment_date", "amount"), ("B1", "2026-01-05", "9"), "ISSUE_DATE_ASSUMED"),
        (("record_id", "due_date", "net_amount"), ("B1", "2026-01-05", "9"), "AMOUNT_ASSUMED"),
        (("record_id", "due_date", "net_amount", "tax_amount"), ("B1", "2026-01-05", "9", "1"),
         "AMOUNT_ASSUMED"),
        (("record_id", "issue_date", "amount_due"), ("B1", "2026-01-05", "9"), "AMOUNT_ASSUMED"),
        (("record_id", "issue_date", "payment_date", "amount"), ("B1", "2026-01-05", "2026-01-06", "9"),
         "DERIVED_PAYMENT"),
    ],
)  # fmt: skip
def test_what_was_taken_from_elsewhere(
    files: Files, uses: tuple[str, ...], row: tuple[str, ...], code: str
) -> None:
    read = files.read(files.table("bills", uses, [row]))
    assert code in read.codes()
    assert left_in_english(said(read)) == []


def test_tables_and_rows_that_were_left_out(files: Files) -> None:
    row = ("B1", "S1", "2026-01-05", "9")
    uses = ("record_id", "supplier_id", "issue_date", "amount")
    reason = "It looks most like something other than suppliers, bills, payments or expenses."
    readings: list[FileReading] = [
        files.table("other", (None,), [("x",)], kind_reason=reason),
        files.table("bills", uses, [row], file="a.csv", hidden=True),
        files.table("bills", uses, [row], file="b.csv", counterparty="customer"),
        files.table("bills", uses, [row], file="c.csv"),
        files.table("payments", ("record_id", "issue_date", "amount"), [("P1", "2026-01-05", "9")]),
    ]
    read = files.read(*readings)
    assert set(read.codes()) >= {"NOT_PAYABLES", "HIDDEN_SHEET", "CUSTOMERS", "PAYMENT_DATE_ASSUMED"}
    assert left_in_english(said(read)) == []
