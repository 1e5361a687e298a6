"""Stored records as tables to read: searched, sorted, a page at a time, or whole as CSV."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from django.utils.translation import gettext

from cardable.language import noted
from cardable.records import (
    Account,
    Bill,
    BillCreditNote,
    BillPayment,
    CompanyInfo,
    Expense,
    PaymentMethod,
    Supplier,
    columns,
    table_name,
)
from cardable.server.insights import copies

_INNER = {
    "is_deleted",
    "is_derived",
    "modified_at",
    "source_modified_at",
    "supplemental_data",
    "source_urls",
    "source_instance",
}
"""What serves the machinery and says nothing to a reader."""
_SAFE = "case when regexp_matches({0}, '^[=+\\-@\\t\\r\\n]') then '''' || {0} else {0} end"


@dataclass(frozen=True)
class DataType:
    """A type of record, as addresses and pages call it."""

    key: str
    name: str
    """What it is called in files."""
    record: type[Any]

    @property
    def label(self) -> str:
        return gettext(self.name)


DATA_TYPES = (
    DataType("suppliers", noted("Suppliers"), Supplier),
    DataType("bills", noted("Bills"), Bill),
    DataType("bill-payments", noted("Bill payments"), BillPayment),
    DataType("bill-credit-notes", noted("Bill credit notes"), BillCreditNote),
    DataType("expenses", noted("Expenses"), Expense),
    DataType("accounts", noted("Accounts"), Account),
    DataType("payment-methods", noted("Payment methods"), PaymentMethod),
    DataType("company-info", noted("Company info"), CompanyInfo),
)
_HEADINGS = (
    noted("ID"),
    noted("Supplier name"),
    noted("Contact name"),
    noted("Email"),
    noted("Phone"),
    noted("Tax number"),
    noted("Registration number"),
    noted("Account number"),
    noted("Status"),
    noted("Default currency"),
    noted("Supplier ID"),
    noted("Reference"),
    noted("Issue date"),
    noted("Due date"),
    noted("Currency"),
    noted("Currency rate"),
    noted("Total amount"),
    noted("Sub total"),
    noted("Tax amount"),
    noted("Amount due"),
    noted("Note"),
    noted("Date"),
    noted("Payment method ID"),
    noted("Payment method"),
    noted("Payment method type"),
    noted("Account ID"),
    noted("Account name"),
    noted("Credit note number"),
    noted("Allocated on"),
    noted("Total discount"),
    noted("Discount percentage"),
    noted("Remaining credit"),
    noted("Contact type"),
    noted("Nominal code"),
    noted("Name"),
    noted("Description"),
    noted("Fully qualified category"),
    noted("Fully qualified name"),
    noted("Current balance"),
    noted("Type"),
    noted("Is bank account"),
    noted("Company name"),
    noted("Company legal name"),
    noted("Base currency"),
    noted("Accounting platform"),
    noted("Ledger lock date"),
    noted("Financial year start date"),
    noted("Created at"),
)
"""What the columns of records are called, as their names become headings."""


@dataclass(frozen=True)
class Heading:
    """A column: its name in the records, and whether it holds text, money, a rate, a date or a flag."""

    name: str
    kind: str

    @property
    def label(self) -> str:
        words = self.name.replace("_", " ").capitalize()
        words = "ID" if words == "Id" else words.removesuffix(" id") + " ID" * words.endswith(" id")
        return gettext(words)

    @property
    def is_number(self) -> bool:
        return self.kind in ("money", "rate", "number")


@dataclass(frozen=True)
class Records:
    """Some rows of a table, and how many match in all."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int


def headings(record: type[Any]) -> tuple[Heading, ...]:
    """The columns that a reader sees: plain values only."""
    return tuple(
        Heading(name, _kind(name, sql))
        for name, sql in columns(record).items()
        if name not in _INNER and not sql.endswith("[]") and not sql.startswith("STRUCT")
    )


def records(
    folders: Sequence[str], kind: DataType, *, text: str = "", sort: str = "", start: int = 0, size: int = 50
) -> Records:
    """A page of the records of one type; columns that are empty throughout are left out.

    Folders are those of snapshots in storage.
    """
    with _table(folders, kind.record) as connection:
        if connection is None:
            return Records(headings(kind.record), (), 0)
        shown = _filled(connection, headings(kind.record))
        chosen = [f'"{each.name}"' for each in shown]
        where, values = _where(headings(kind.record), text)
        total = connection.execute(f"select count(*) from held {where}", values).fetchone()  # noqa: S608
        rows = connection.execute(
            f"select {', '.join(chosen)} from held {where} {_order(shown, sort)} limit ? offset ?",  # noqa: S608
            [*values, size, start],
        ).fetchall()
    return Records(shown, tuple(rows), total[0] if total else 0)


def write_csv(folders: Sequence[str], kind: DataType, path: Path, *, text: str = "", sort: str = "") -> None:
    """Every matching record, in a form that no spreadsheet takes for a formula."""
    shown = headings(kind.record)
    with _table(folders, kind.record) as connection:
        if connection is None:
            path.write_text(",".join(each.name for each in shown) + "\n", encoding="utf-8")
            return
        cells = [f'{_cell(each)} as "{each.name}"' for each in shown]
        where, values = _where(shown, text)
        found = connection.sql(
            f"select {', '.join(cells)} from (select * from held {where} {_order(shown, sort)})",  # noqa: S608
            params=values,
        )
        found.write_csv(str(path))


@contextmanager
def _table(folders: Sequence[str], record: type[Any]) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A connection whose view `held` has the records of these snapshots; None where there are none."""
    paths = list(_paths(folders, record))
    if not paths:
        yield None
        return
    with duckdb.connect(config={"threads": 2, "memory_limit": "512MB"}) as connection:
        connection.read_parquet(paths, union_by_name=True).create_view("held")
        yield connection


def _paths(folders: Sequence[str], record: type[Any]) -> Iterator[str]:
    for folder in folders:
        # A type that was not brought has no file.
        with suppress(FileNotFoundError):
            yield str(copies.readable(f"{folder}/{table_name(record)}.parquet"))


def _filled(connection: duckdb.DuckDBPyConnection, shown: Sequence[Heading]) -> tuple[Heading, ...]:
    counts = ", ".join(f'count("{each.name}")' for each in shown)
    found = connection.execute(f"select {counts} from held").fetchone() or ()  # noqa: S608
    return tuple(each for each, count in zip(shown, found, strict=True) if count) or tuple(shown)


def _where(shown: Sequence[Heading], text: str) -> tuple[str, list[str]]:
    """The rows in which a text or a date holds the words, whatever their case and accents."""
    if not text.strip():
        return "", []
    texts = [f'"{each.name}"' for each in shown if each.kind in ("text", "date")]
    words = f"concat_ws(chr(10), {', '.join(texts)})"
    return f"where contains(strip_accents(lower({words})), strip_accents(lower(?)))", [text.strip()]


def _order(shown: Sequence[Heading], sort: str) -> str:
    name = sort.removeprefix("-")
    if name not in {each.name for each in shown}:
        return ""
    return f'order by "{name}" {"desc" if sort.startswith("-") else "asc"} nulls last'


def _cell(heading: Heading) -> str:
    name = f'"{heading.name}"'
    return _SAFE.format(name) if heading.kind == "text" else name


def _kind(name: str, sql: str) -> str:
    if sql.startswith("DECIMAL"):
        return "rate" if "rate" in name or "percentage" in name or "quantity" in name else "money"
    return {"DATE": "date", "TIMESTAMP": "date", "BOOLEAN": "flag", "BIGINT": "number"}.get(sql, "text")
