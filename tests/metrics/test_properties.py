"""What holds of any company, whatever its records: several companies at a time."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cardable.records import Bill, BillPayment, PaymentLine, PaymentLink
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import bill, payment
from tests.metrics.companies import random_case

ADDITIVE = (
    "suppliers_count",
    "total_spend",
    "bills_count",
    "bills_outstanding_count",
    "bills_amount",
    "bills_outstanding_amount",
    "bills_late_count",
    "bills_late_amount",
    "payments_count",
    "payments_amount",
    "expenses_count",
    "expenses_amount",
)
Tables = dict[str, list[dict[str, Any]]]

cases = st.integers(100, 10_000).map(lambda seed: random_case(seed, companies=5))
few = settings(max_examples=3, deadline=None)


def _tables(case: Case) -> Tables:
    names = (
        "customer_row",
        "method_rows",
        "supplier_rows",
        "entity_rows",
        "summary_row",
        "ongoing_method_rows",
    )
    with tempfile.TemporaryDirectory() as folder, analysed(case, Path(folder)) as analysis:
        return {name: analysis.rows(name) for name in names}


@few
@given(cases)
def test_methods_categories_suppliers_and_entities_add_up_to_the_whole(case: Case) -> None:
    tables = _tables(case)
    (overall,) = (row for row in tables["method_rows"] if row["level"] == "overall")
    for level in ("method", "category"):
        rows = [row for row in tables["method_rows"] if row["level"] == level]
        assert {name: sum(row[name] for row in rows) for name in ADDITIVE} == {
            name: overall[name] for name in ADDITIVE
        }
    for name in ("bills_amount", "expenses_amount", "total_spend"):
        assert sum(row[name] for row in tables["entity_rows"]) == overall[name]
    assert len(tables["supplier_rows"]) == overall["suppliers_count"]


@few
@given(cases)
def test_suppliers_add_up_to_the_whole_once_nothing_is_unassigned(case: Case) -> None:
    known = replace(case, books=tuple(map(_assigned, case.books)))
    tables = _tables(known)
    (whole,) = tables["customer_row"]
    for name in (
        "bills_count",
        "bills_amount",
        "payments_count",
        "payments_amount",
        "expenses_amount",
        "total_spend",
    ):
        assert sum(row[name] for row in tables["supplier_rows"]) == whole[name]


def _assigned(books: Books) -> Books:
    known = {each.id for each in books.suppliers}
    return replace(
        books,
        bills=tuple(each for each in books.bills if each.supplier_id in known),
        payments=tuple(each for each in books.payments if each.supplier_id in known),
        expenses=tuple(e for e in books.expenses if e.supplier_id in known and e.contact_type != "customers"),
    )


@few
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case: Case, dice: Random) -> None:
    """But for the rate search, which has a first payment, and copies of a supplier, which have a first."""
    plain = _changed(case, currency="USD", currency_rate=None)
    shuffled = replace(plain, books=tuple(_shuffled(books, dice) for books in plain.books))
    assert _tables(shuffled) == _tables(plain)


def _shuffled(books: Books, dice: Random) -> Books:
    return replace(
        books,
        bills=tuple(dice.sample(books.bills, len(books.bills))),
        payments=tuple(dice.sample(books.payments, len(books.payments))),
        expenses=tuple(dice.sample(books.expenses, len(books.expenses))),
    )


@few
@given(cases)
def test_ten_times_the_money_is_ten_times_the_amounts_and_the_same_ratios(case: Case) -> None:
    """In one currency and with every allocation said, so that nothing is rounded on the way."""
    domestic = _changed(case, currency="USD", currency_rate=None, base="USD")
    plain = replace(domestic, parameters=replace(case.parameters, group_currency=None))
    whole = _each(plain, lambda record: _times(record, 200))
    tenfold = _each(whole, lambda record: _times(record, 10))
    for row, more in zip(_tables(whole)["method_rows"], _tables(tenfold)["method_rows"], strict=True):
        for name, value in row.items():
            scaled = name.endswith("_amount") or name == "total_spend"
            if scaled and value is not None:
                assert abs(more[name] - 10 * value) < Decimal("1e-9")
            else:
                assert more[name] == value


def _changed(case: Case, *, base: str | None = None, **changes: Any) -> Case:
    changed = _each(case, lambda record: replace(record, **changes))
    if base is None:
        return changed
    return replace(changed, books=tuple(replace(books, base_currency=base) for books in changed.books))


def _each(case: Case, change: Callable[[Any], Any]) -> Case:
    return replace(
        case,
        books=tuple(
            replace(
                books,
                bills=tuple(map(change, books.bills)),
                payments=tuple(map(change, books.payments)),
                expenses=tuple(map(change, books.expenses)),
            )
            for books in case.books
        ),
    )


def _times(record: Any, factor: int) -> Any:
    scaled = replace(record, total_amount=record.total_amount * factor)
    if isinstance(record, Bill) and record.amount_due is not None:
        return replace(scaled, amount_due=record.amount_due * factor)
    if isinstance(record, BillPayment):
        return replace(scaled, lines=tuple(_line_times(line, factor) for line in record.lines))
    return scaled


def _line_times(line: PaymentLine, factor: int) -> PaymentLine:
    links = tuple(replace(link, amount=(link.amount or Decimal(0)) * factor) for link in line.links)
    return replace(line, amount=line.amount * factor, links=links)


days = st.dates(bill("B").issue_date, bill("B").issue_date.replace(month=6))
settled = st.lists(st.tuples(st.integers(1, 10**6), days, days), min_size=1, max_size=30)


@few
@given(settled)
def test_splitting_every_bill_in_two_changes_nothing_of_settlement(bills: list[tuple[int, Any, Any]]) -> None:
    books = Books(
        suppliers=(),
        bills=tuple(
            bill(f"B{n}", str(2 * cents / Decimal(100)), on=on) for n, (cents, on, _) in enumerate(bills)
        ),
        payments=tuple(
            payment(
                f"P{n}", str(2 * cents / Decimal(100)), on=paid, pays={f"B{n}": str(2 * cents / Decimal(100))}
            )
            for n, (cents, _, paid) in enumerate(bills)
        ),
    )
    whole, halves = (_tables(Case(books=(each,)))["method_rows"][-1] for each in (books, _halved(books)))
    assert halves["bills_count"] == 2 * whole["bills_count"]
    for name in ("bills_amount", "payments_amount", "average_settlement_days"):
        assert halves[name] == whole[name]


def _halved(books: Books) -> Books:
    halves = tuple(
        replace(each, id=f"{each.id}{part}", total_amount=each.total_amount / 2)
        for each in books.bills
        for part in "ab"
    )
    return replace(books, bills=halves, payments=tuple(map(_applied_to_halves, books.payments)))


def _applied_to_halves(paid: BillPayment) -> BillPayment:
    (line,) = paid.lines
    (link,) = line.links
    assert link.amount is not None
    links = tuple(PaymentLink(type=link.type, id=f"{link.id}{part}", amount=link.amount / 2) for part in "ab")
    return replace(paid, lines=(replace(line, links=links),))
