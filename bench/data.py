"""Generated books with a fixed seed: the same number of bills makes the same files, byte for byte."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from numpy.random import Generator
from numpy.typing import NDArray

from bench.words import (
    ACCOUNTS,
    BILL_NOTES,
    CITIES,
    EXPENSE_NOTES,
    FIRST_WORDS,
    METHODS,
    PAYMENT_NOTES,
    PEOPLE,
    SECOND_WORDS,
    STREETS,
)

END = date(2026, 6, 30)
FIRST_DAY = np.datetime64("2025-06-01")
LAST_DAY = np.datetime64("2026-06-30")
SHEET_COLUMNS = 20
_SEED = 20260630
_BLOCK = 10_000


@dataclass(frozen=True)
class Books:
    """How many records of each kind go with so many bills."""

    bills: int

    @property
    def suppliers(self) -> int:
        return max(8, self.bills // 50)

    @property
    def payments(self) -> int:
        return self.bills * 85 // 100

    @property
    def expenses(self) -> int:
        return self.bills // 5


def books(bills: int, root: Path) -> Path:
    """A folder with the five CSV files of a business with so many bills, made where it is missing."""
    folder = root / f"books-{bills}"
    if not folder.exists():
        unfinished = root / f"unfinished-{bills}"
        unfinished.mkdir(parents=True, exist_ok=True)
        for name, table in _tables(Books(bills)).items():
            _save(table, unfinished / f"{name}.csv")
        unfinished.rename(folder)
    return folder


def workbook(rows: int, root: Path) -> Path:
    """An XLSX of so many bills in 20 columns, dates and numbers as such, made where it is missing."""
    path = root / f"bills-{rows}x{SHEET_COLUMNS}.xlsx"
    if not path.exists():
        root.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        _write_sheet(_sheet_table(rows), unfinished)
        unfinished.rename(path)
    return path


def _tables(size: Books) -> dict[str, pa.Table]:
    random = np.random.default_rng(_SEED)
    suppliers = _suppliers(size, random)
    bills = _Bills(size, random)
    payments, allocations = _payments(size, bills, random)
    return {
        "suppliers": suppliers,
        "bills": bills.table(random),
        "bill_payments": payments,
        "payment_allocations": allocations,
        "expenses": _expenses(size, random),
    }


def _save(table: pa.Table, path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("made", table)
        connection.sql("from made").write_csv(str(path), header=True)


def _suppliers(size: Books, random: Generator) -> pa.Table:
    n = size.suppliers
    number = np.arange(n)
    cities = random.integers(0, len(CITIES), n)
    return pa.table(
        {
            "supplier_id": _ids("S", number),
            "supplier_name": [_supplier_name(i) for i in number.tolist()],
            "contact_name": _picked(PEOPLE, random, n),
            "email": [f"accounts{i}@supplier{i}.example" for i in number],
            "phone": [f"555-{i // 10_000 % 1000:03d}-{i % 10_000:04d}" for i in number],
            "tax_number": [f"{10 + i % 90}-{1_000_000 + i}" for i in number],
            "address_line_1": [f"{i % 900 + 1} {STREETS[i % len(STREETS)]}" for i in number],
            "city": [CITIES[i][0] for i in cities],
            "region": [CITIES[i][1] for i in cities],
            "postal_code": [CITIES[i][2] for i in cities],
            "country": [CITIES[i][3] for i in cities],
            "status": np.where(random.random(n) < 0.97, "Active", "Archived"),
        }
    )


def _supplier_name(number: int) -> str:
    branch, second = divmod(number // len(FIRST_WORDS), len(SECOND_WORDS))
    name = f"{FIRST_WORDS[number % len(FIRST_WORDS)]} {SECOND_WORDS[second]}"
    return f"{name} {branch + 1}" if branch else name


class _Bills:
    """Bills as arrays; amounts are whole cents, days are counted from the first."""

    def __init__(self, size: Books, random: Generator) -> None:
        self.count = size.bills
        self.supplier = _favourites(size.suppliers, self.count, random)
        self.day = random.integers(0, _days(), self.count)
        self.terms = np.array([15, 30, 30, 30, 45, 60])[random.integers(0, 6, self.count)]
        self.cents = _amounts(self.count, random)
        self.currency = _currencies(self.count, random)
        # Bill i is paid by payment i; the bills after the last payment stay open.
        self.paid_share = np.zeros(self.count)
        self.paid_share[: size.payments] = np.where(random.random(size.payments) < 0.03, 0.5, 1.0)
        self.paid = np.floor(self.cents * self.paid_share).astype(np.int64)

    def table(self, random: Generator) -> pa.Table:
        status = np.select([self.paid_share == 1, self.paid_share > 0], ["Paid", "PartiallyPaid"], "Open")
        status = np.where((status == "Open") & (random.random(self.count) < 0.02), "Void", status)
        no_due_date = random.random(self.count) < 0.02
        return pa.table(
            {
                "bill_id": _ids("B", np.arange(self.count)),
                "supplier_id": _ids("S", self.supplier),
                "reference": _ids("INV-", random.integers(1, 9_999_999, self.count)),
                "issue_date": _dates(self.day),
                "due_date": _dates(self.day + self.terms, no_due_date),
                "currency": self.currency,
                "currency_rate": _rates(self.currency, random),
                "total_amount": _money(self.cents),
                "amount_due": _money(self.cents - self.paid),
                "status": status,
                "note": _picked(BILL_NOTES, random, self.count),
            }
        )


def _payments(size: Books, bills: _Bills, random: Generator) -> tuple[pa.Table, pa.Table]:
    n = size.payments
    # One payment per bill, so payment i is bill i's; about one in seven comes after the due date.
    late = np.where(random.random(n) < 0.15, random.integers(1, 25, n), -random.integers(0, 6, n))
    day = np.minimum(bills.day[:n] + np.maximum(0, bills.terms[:n] + late), _days() - 1)
    amounts = _money(bills.paid[:n])
    payments = pa.table(
        {
            "payment_id": _ids("P", np.arange(n)),
            "supplier_id": _ids("S", bills.supplier[:n]),
            "date": _dates(day),
            "currency": bills.currency[:n],
            "currency_rate": _rates(bills.currency[:n], random),
            "total_amount": amounts,
            "payment_method": _habits(METHODS, bills.supplier[:n], random),
            "account_name": _habits(ACCOUNTS, bills.supplier[:n], random),
            "reference": _ids("", random.integers(10_000, 99_999, n)),
            "note": _picked(PAYMENT_NOTES, random, n),
            "status": np.where(random.random(n) < 0.995, "Active", "Void"),
        }
    )
    allocations = pa.table(
        {
            "payment_id": _ids("P", np.arange(n)),
            "link_type": np.full(n, "Bill"),
            "link_id": _ids("B", np.arange(n)),
            "amount": amounts,
        }
    )
    return payments, allocations


def _expenses(size: Books, random: Generator) -> pa.Table:
    n = size.expenses
    supplier = _favourites(size.suppliers, n, random)
    unknown = random.random(n) < 0.05
    cents = _amounts(n, random) // 10 + 1
    currency = _currencies(n, random)
    return pa.table(
        {
            "expense_id": _ids("X", np.arange(n)),
            "supplier_id": pa.array(_ids("S", supplier), mask=unknown),
            "contact_name": pa.array([_supplier_name(i) for i in supplier.tolist()], mask=unknown),
            "issue_date": _dates(random.integers(0, _days(), n)),
            "currency": currency,
            "currency_rate": _rates(currency, random),
            "total_amount": _money(np.where(random.random(n) < 0.03, -cents, cents)),
            "payment_method": _habits(METHODS, supplier, random),
            "account_name": _habits(ACCOUNTS, supplier, random),
            "reference": _ids("R", random.integers(10_000, 99_999, n)),
            "note": _picked(EXPENSE_NOTES, random, n),
        }
    )


def _sheet_table(rows: int) -> pa.Table:
    """Bills with the columns that a fuller export carries."""
    random = np.random.default_rng(_SEED)
    bills = _Bills(Books(rows), random)
    cents = bills.cents * 100 // 120
    table = bills.table(random)
    more = {
        "supplier_name": [_supplier_name(i) for i in bills.supplier.tolist()],
        "net_amount": _money(cents),
        "tax_amount": _money(bills.cents - cents),
        "purchase_order": _ids("PO-", random.integers(1, 99_999, rows)),
        "department": _picked(("Sales", "Plant", "Office", "Fleet"), random, rows),
        "cost_centre": _ids("CC", random.integers(100, 140, rows)),
        "approved_by": _picked(PEOPLE, random, rows),
        "ledger_account": _ids("", random.integers(5000, 7999, rows)),
        "posting_period": _ids("2026-", random.integers(1, 13, rows)),
    }
    for name, values in more.items():
        table = table.append_column(name, pa.array(values))
    return table


def _write_sheet(table: pa.Table, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Bills")
    sheet.write_row(0, 0, table.column_names)
    row = 1
    for start in range(0, len(table), _BLOCK):
        columns = [column.to_pylist() for column in table.slice(start, _BLOCK).columns]
        for values in zip(*columns, strict=True):
            sheet.write_row(row, 0, values)
            row += 1
    book.close()


def _days() -> int:
    return int((LAST_DAY - FIRST_DAY).astype(int)) + 1


def _favourites(suppliers: int, n: int, random: Generator) -> NDArray[np.int64]:
    """Supplier numbers, a few of them far more often than the rest."""
    return np.floor(suppliers * random.random(n) ** 2).astype(np.int64)


def _amounts(n: int, random: Generator) -> NDArray[np.int64]:
    return np.maximum(500, np.round(np.exp(random.normal(11.5, 1.3, n)))).astype(np.int64)


def _currencies(n: int, random: Generator) -> NDArray[np.str_]:
    return np.array(["USD"] * 94 + ["EUR"] * 4 + ["CAD"] * 2)[random.integers(0, 100, n)]


def _rates(currency: NDArray[np.str_], random: Generator) -> pa.Array:
    wobble = random.integers(-300, 300, len(currency))
    scaled = np.select([currency == "EUR", currency == "CAD"], [10_950, 7_320], 10_000) + wobble
    return _decimals(pa.array(scaled, mask=currency == "USD"), places=4)


def _money(cents: NDArray[np.int64]) -> pa.Array:
    return _decimals(pa.array(cents), places=2)


def _decimals(whole: pa.Array, *, places: int) -> pa.Array:
    unit = pa.scalar(Decimal(1).scaleb(-places), pa.decimal128(places + 1, places))
    return pc.multiply(whole.cast(pa.decimal128(19, 0)), unit)


def _ids(prefix: str, numbers: NDArray[np.int64]) -> NDArray[np.object_]:
    return np.array([f"{prefix}{number:06d}" for number in numbers.tolist()], dtype=object)


def _dates(days: NDArray[np.int64], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array((FIRST_DAY + days).astype("datetime64[D]"), mask=missing)


def _picked(words: tuple[str | None, ...], random: Generator, n: int) -> NDArray[np.object_]:
    return np.array(words, dtype=object)[random.integers(0, len(words), n)]


def _habits(
    words: tuple[str | None, ...], supplier: NDArray[np.int64], random: Generator
) -> NDArray[np.object_]:
    """Words of which each supplier has one of its own, used four times in five."""
    own = np.array(words, dtype=object)[supplier * 7919 % len(words)]
    return np.where(random.random(len(supplier)) < 0.8, own, _picked(words, random, len(supplier)))
