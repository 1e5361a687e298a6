"""Quarter on quarter: which quarters, who is new, and what each quarter may see."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, Parameters, Period
from cardable.metrics.quarters import full_quarter_has_passed, latest_quarters
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import bill, expense, payment, supplier

PRIOR, LATEST = date(2026, 2, 10), date(2026, 5, 10)


@pytest.mark.parametrize(
    ("end", "first_month", "start"),
    [
        (date(2026, 6, 30), 1, date(2026, 4, 1)),
        (date(2026, 6, 29), 1, date(2026, 1, 1)),
        (date(2026, 7, 1), 1, date(2026, 4, 1)),
        (date(2026, 1, 15), 1, date(2025, 10, 1)),
        (date(2026, 6, 30), 2, date(2026, 2, 1)),
        (date(2026, 7, 31), 2, date(2026, 5, 1)),
        (date(2026, 6, 30), 12, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2023, 12, 1)),
        (date(2024, 2, 28), 12, date(2023, 9, 1)),
    ],
)
def test_the_latest_quarter_is_over_by_the_end(end: date, first_month: int, start: date) -> None:
    latest, prior = latest_quarters(end, first_month)
    assert (latest.start, latest.months) == (start, 3)
    assert latest.end <= end
    assert prior == Period.ending(prior.end, 3)
    assert (latest.start - prior.end).days == 1


@pytest.mark.parametrize(
    ("first", "passed"),
    [(date(2026, 4, 1), True), (date(2026, 4, 2), False), (date(2020, 1, 1), True), (None, False)],
)
def test_a_full_quarter_has_to_pass_since_the_first_data(first: date | None, passed: bool) -> None:
    assert full_quarter_has_passed(first, Period(date(2026, 4, 1), date(2026, 6, 30), 3)) is passed


NEW = ("BILL", "EXPENSE", "LONG-AGO", "EMPTY-BILL", "REFUNDED-BEFORE")
OLD = ("PAID-BEFORE", "SPENT-BEFORE", "BILLED-BEFORE", "ONLY-PAID", "ONLY-REFUNDED")
BOOKS = Books(
    suppliers=tuple(map(supplier, (*NEW, *OLD))),
    bills=(
        bill("A", "10", of="BILL", on=LATEST),
        bill("B", "1", of="LONG-AGO", on=date(2025, 12, 31)),
        bill("C", "9", of="LONG-AGO", on=LATEST),
        bill("D", "0", of="EMPTY-BILL", on=LATEST),
        bill("E", "8", of="REFUNDED-BEFORE", on=LATEST),
        bill("F", "7", of="PAID-BEFORE", on=LATEST),
        bill("G", "7", of="SPENT-BEFORE", on=LATEST),
        bill("H", "7", of="BILLED-BEFORE", on=LATEST),
        bill("I", "100", of="BILLED-BEFORE", on=PRIOR),
        bill("J", "100", of=None, on=PRIOR),
    ),
    payments=(
        payment("P1", "-1", of="REFUNDED-BEFORE", on=PRIOR),
        payment("P2", "1", of="PAID-BEFORE", on=PRIOR),
        payment("P3", "1", of="ONLY-PAID", on=LATEST),
        payment(
            "P4", "50", of="BILLED-BEFORE", on=date(2026, 2, 20), pays={"I": "50"}, payment_method="Check"
        ),
        payment("P5", "50", of="BILLED-BEFORE", on=LATEST, pays={"I": "50"}, payment_method="ACH"),
        payment("P6", "100", of=None, on=date(2026, 3, 2), pays={"J": "100"}),
        payment("P7", "10", of="BILL", on=date(2026, 5, 15), pays={"A": "10"}),
    ),
    expenses=(
        expense("X1", "5", of="EXPENSE", on=LATEST),
        expense("X2", "5", of="SPENT-BEFORE", on=PRIOR),
        expense("X3", "-5", of="ONLY-REFUNDED", on=LATEST),
        expense("X4", "-5", of="EXPENSE", on=PRIOR),
    ),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analysed(Case(books=(BOOKS,)), tmp_path_factory.mktemp("ongoing"))


def test_a_new_supplier_has_spend_now_and_had_none_in_the_quarter_before(found: Analysis) -> None:
    """Refunds are no spend, and what came before the prior quarter does not count."""
    rows = found.rows("ongoing_supplier_rows")
    assert [row["supplier_id"] for row in rows] == [
        "BILL",
        "LONG-AGO",
        "REFUNDED-BEFORE",
        "EXPENSE",
        "EMPTY-BILL",
    ]
    assert [row["position"] for row in rows] == [1, 2, 3, 4, 5]


def test_the_summary_is_of_new_suppliers(found: Analysis) -> None:
    row = found.row("ongoing_summary_row")
    counts = [row[f"{name}_count"] for name in ("new_suppliers", "bills", "payments", "expenses")]
    assert counts == [5, 4, 1, 1]
    assert (row["bills_amount"], row["payments_amount"], row["expenses_amount"]) == (27, 10, 5)


def test_each_quarter_sees_payments_up_to_its_own_end(found: Analysis) -> None:
    """In the prior one 50 after 10 days and 100, unassigned, after 20: 16.666…; no later payment is seen."""
    row = found.row("ongoing_summary_row")
    assert row["average_settlement_days"] == 5
    assert row["prior_average_settlement_days"] == Decimal("16.666666666666")
    assert row["settlement_days_change"] == Decimal("-11.666666666666")


def test_each_quarter_finds_its_own_methods(found: Analysis) -> None:
    """The prior quarter's bills: 100 by check, and 100 unassigned, under Unknown."""
    shares = {row["method"]: row["last_quarter_share"] for row in found.rows("ongoing_method_rows")}
    assert (shares["Check"], shares["Unknown"], shares["Bank Transfer"]) == (
        Decimal("0.5"),
        Decimal("0.5"),
        0,
    )
    now = {row["method"]: row["this_quarter_share"] for row in found.rows("ongoing_method_rows")}
    assert now["Bank Transfer"] == Decimal("0.145833333333")  # 7 of 48


def test_the_methods_stand_in_their_order(found: Analysis) -> None:
    methods = [row["method"] for row in found.rows("ongoing_method_rows")]
    assert methods == ["Credit Card", "Debit Card", "Bank Transfer", "Cash", "Check", "Unknown", "Other"]


def _rows(books: Books, folder: Path, **parameters: Any) -> dict[str, list[dict[str, Any]]]:
    with analysed(Case(books=(books,), parameters=Parameters(**parameters)), folder) as analysis:
        return {
            name: analysis.rows(f"ongoing_{name}") for name in ("summary_row", "method_rows", "supplier_rows")
        }


def test_there_is_nothing_to_compare_before_a_full_quarter(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), bills=(bill("B", on=LATEST),))
    assert _rows(books, tmp_path) == {"summary_row": [], "method_rows": [], "supplier_rows": []}


def test_a_quarter_without_bills_leaves_its_shares_blank(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), bills=(bill("B", on=LATEST),), expenses=(expense("X", on=PRIOR),))
    found = _rows(books, tmp_path)
    shares = found["method_rows"][0]
    assert [shares[name] for name in ("last_quarter_share", "this_quarter_share", "change")] == [
        None,
        0,
        None,
    ]
    assert found["summary_row"][0]["settlement_days_change"] is None


def test_the_fiscal_year_may_start_in_any_month(tmp_path: Path) -> None:
    row = _rows(BOOKS, tmp_path, fiscal_year_first_month=2)["summary_row"][0]
    assert (row["start_date"], row["end_date"], row["run_date"]) == (
        date(2026, 2, 1),
        date(2026, 4, 30),
        date(2026, 5, 1),
    )


def test_new_suppliers_of_payments_only_books_are_those_newly_paid(tmp_path: Path) -> None:
    payments = (
        payment("A", of="OLD", on=PRIOR),
        payment("B", of="OLD", on=LATEST),
        payment("C", of="NEW", on=LATEST),
        payment("D", "-1", of="REFUND", on=LATEST),
    )
    books = Books(suppliers=tuple(map(supplier, ("OLD", "NEW", "REFUND"))), payments=payments)
    assert [row["supplier_id"] for row in _rows(books, tmp_path)["supplier_rows"]] == ["NEW"]


def test_imported_dates_of_new_suppliers_are_the_day_after_the_quarter(tmp_path: Path) -> None:
    found = _rows(BOOKS, tmp_path, fiscal_year_first_month=3)["supplier_rows"]
    assert {row["imported_date"] for row in found} == {date(2026, 6, 1)}
