"""What must hold of any bills, payments and allocations, however they are laid into files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardable.records import Bill, BillPayment, Supplier
from tests.integrations.grids import Files, Result, Row

BILLS = ("record_id", "supplier_id", "supplier_name", "document_id", "issue_date", "payment_date", "amount")
PAYMENTS = ("payment_reference", "supplier_name", "payment_date", "amount", "document_id")

days = st.integers(0, 60).map(lambda days: (date(2026, 1, 1) + timedelta(days)).isoformat())
amounts = st.integers(-9_999, 99_999).map(lambda cents: str(Decimal(cents) / 100))
names = st.sampled_from(["Acorn", "acorn", "Birch & Co", "Größe", None])
numbers = st.sampled_from(["I-1", "I-2", "I-3", None])


@st.composite
def bill_rows(draw: st.DrawFn) -> list[Row]:
    count = draw(st.integers(0, 8))
    suppliers = st.sampled_from(["S1", "S2", None])
    return [
        (
            f"B{n}",
            draw(suppliers),
            draw(names),
            draw(numbers),
            draw(days),
            draw(st.none() | days),
            draw(amounts),
        )
        for n in range(count)
    ]


payment_rows = st.lists(
    st.tuples(st.sampled_from(["7", "8", "9"]), names, days, amounts, numbers), max_size=8, unique=True
)


def in_a_folder(check: Callable[[Files], None]) -> None:
    with TemporaryDirectory() as folder:
        check(Files(Path(folder)))


def contents(read: Result) -> dict[str, set[Any]]:
    records = {record.__name__: read.records(record) for record in read.delivery.companies[0].tables}
    return {name: {replace(each) for each in found} for name, found in records.items()}


@settings(max_examples=8, deadline=None)
@given(bill_rows(), payment_rows, st.randoms(use_true_random=False), st.integers(0, 8))
def test_neither_the_order_of_rows_nor_how_files_are_split_matters(
    bills: list[Row], payments: list[Row], random: Any, at: int
) -> None:
    def check(files: Files) -> None:
        whole = files.read(files.table("bills", BILLS, bills), files.table("payments", PAYMENTS, payments))
        shuffled = [random.sample(rows, len(rows)) for rows in (bills, payments)]
        in_other_order = files.read(
            files.table("bills", BILLS, shuffled[0]), files.table("payments", PAYMENTS, shuffled[1])
        )
        halves = [files.table("bills", BILLS, part) for part in (bills[:at], bills[at:])]
        halves += [files.table("payments", PAYMENTS, part) for part in (payments[:at], payments[at:])]
        assert contents(whole) == contents(in_other_order)
        assert contents(whole) == contents(files.read(*halves))

    in_a_folder(check)


@settings(max_examples=6, deadline=None)
@given(bill_rows(), payment_rows)
def test_every_row_is_accepted_every_amount_counted_and_every_supplier_known(
    bills: list[Row], payments: list[Row]
) -> None:
    def check(files: Files) -> None:
        read = files.read(files.table("bills", BILLS, bills), files.table("payments", PAYMENTS, payments))
        assert [report.accepted for report in read.delivery.files] == [len(bills), len(payments)]
        assert sum(each.total_amount for each in read.records(Bill)) == sum(
            Decimal(str(row[6])) for row in bills
        )
        paid = read.records(BillPayment)
        assert len(paid) == len(payments)
        known = {supplier.id for supplier in read.records(Supplier)}
        assert {record.supplier_id for record in (*read.records(Bill), *paid)} - {None} == known

    in_a_folder(check)


@pytest.mark.parametrize("lines", [1, 3])
def test_reading_twice_gives_the_same_bytes(files: Files, lines: int) -> None:
    bills = [(f"B{n // lines}", f"S{n % 7}", "Acorn", None, "2026-01-05", None, str(n)) for n in range(8_000)]
    table = files.table("bills", BILLS, bills)
    payments = [(f"P{n // 2}", f"Name {n % 11}", "2026-01-05", str(n), f"I{n % 3}") for n in range(8_000)]
    paid = files.table("payments", PAYMENTS, payments)
    links = [(f"P{n}", "Bill", f"B{n}", "1") for n in range(4_000)]
    allocated = files.table("allocations", ("payment_id", "link_type", "link_id", "link_amount"), links)
    reads = [files.read(table, paid, allocated) for _ in range(2)]
    first, second = (read.delivery.companies[0].tables for read in reads)
    for record, path in first.items():
        assert path.read_bytes() == second[record].read_bytes(), record.__name__
