"""A group's books as plain lists, and the customer whose snapshots hold them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from cardable import snapshots
from cardable.metrics import Analysis, Customer, Entity, ImportedDate, Parameters, Period
from cardable.records import Bill, BillPayment, CompanyInfo, Expense, Supplier


@dataclass(frozen=True, kw_only=True)
class Books:
    """What one entity recorded."""

    id: str = "acme"
    name: str = "Acme"
    source_instance: str = "erp"
    base_currency: str | None = "USD"
    suppliers: tuple[Supplier, ...] = ()
    bills: tuple[Bill, ...] = ()
    payments: tuple[BillPayment, ...] = ()
    expenses: tuple[Expense, ...] = ()


YEAR = Period(date(2025, 7, 1), date(2026, 6, 30), 12)
DEFAULTS = Parameters()
OPENED: list[Analysis] = []
"""Every analysis made here, for the session to close in the end."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything an analysis is made from."""

    books: tuple[Books, ...]
    period: Period = YEAR
    run_date: date = date(2026, 7, 1)
    parameters: Parameters = DEFAULTS
    imported_dates: tuple[ImportedDate, ...] = ()
    info: CompanyInfo | None = None
    base_currency: str | None = None

    @property
    def is_group(self) -> bool:
        return len(self.books) > 1


def analysed(case: Case, folder: Path, *, without: Collection[type[Any]] = ()) -> Analysis:
    """The case's figures, its snapshots written below `folder`, `without` these kinds of record."""
    entities = tuple(_entity(books, folder, without, _writer()) for books in case.books)
    customer = Customer(
        id="group" if case.is_group else case.books[0].id,
        name="Group" if case.is_group else case.books[0].name,
        entities=entities,
        is_group=case.is_group,
        info=case.info,
        base_currency=case.base_currency,
    )
    analysis = Analysis(customer, case.period, case.run_date, case.parameters, case.imported_dates)
    OPENED.append(analysis)
    return analysis.run()


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """What all snapshots are written with; opening one takes longer than writing them."""
    return duckdb.connect()


def _entity(
    books: Books, folder: Path, without: Collection[type[Any]], connection: duckdb.DuckDBPyConnection
) -> Entity:
    tables = {
        Supplier: books.suppliers,
        Bill: books.bills,
        BillPayment: books.payments,
        Expense: books.expenses,
    }
    brought = {record: rows for record, rows in tables.items() if record not in without}
    return Entity(
        id=books.id,
        name=books.name,
        snapshot=snapshots.write(folder / books.id, brought, as_of=date(2026, 6, 30), connection=connection),
        source_instance=books.source_instance,
        base_currency=books.base_currency,
    )
