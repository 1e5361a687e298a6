"""A stretch of a sheet's rows: what one worksheet holds of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from cardable.metrics import Analysis
from cardable.reports._format import Format
from cardable.reports._sheet import Column, Layout, Sheet

Rows = list[tuple[Any, ...]]
_SAMPLE = 500


@dataclass(frozen=True)
class Part:
    """The rows of a sheet from number `first` to `last`, below the headings of one worksheet."""

    sheet: Sheet
    columns: tuple[Column, ...]
    first: int
    last: int
    sample: Rows
    """Rows that show how wide the columns are; all of them unless the part `is_long`."""
    is_long: bool
    is_followed: bool = False
    """Whether more rows of the sheet come in a further worksheet."""

    @property
    def top(self) -> int:
        """How many rows the headings take."""
        return heading_rows(self.sheet)

    @property
    def rows(self) -> int:
        return self.last - self.first + 1

    @property
    def is_whole(self) -> bool:
        """Whether the part holds all rows of its sheet."""
        return self.first == 1 and not self.is_followed

    def query(self) -> str:
        """The SQL for the rows in order; to number rows costs as much as to sort them once more."""
        if self.is_whole:
            return f"select * from {self.sheet.table} where {self.sheet.where} order by {self.sheet.order}"  # noqa: S608
        inside = f"number between {self.first} and {self.last}"
        return f"select * from ({_numbered(self.sheet)}) where {inside} order by number"  # noqa: S608


def heading_rows(sheet: Sheet) -> int:
    return 2 if sheet.banner else 1


def parts(sheet: Sheet, analysis: Analysis, *, row_limit: int, long_from: int) -> list[Part]:
    """The sheet's rows, shared out over as many worksheets as they need; one at least.

    A part is long if it has at least so many cells, or if it is one of several.
    """
    columns, connection = sheet.columns_for(analysis.customer), analysis.connection
    keys = [column.key for column in columns]
    if sheet.layout is not Layout.TABLE:
        rows = connection.execute(sheet.query(*keys)).fetchall()
        return [Part(sheet, columns, 1, len(rows), rows, is_long=False)]
    room = row_limit - heading_rows(sheet)
    most = min(room, (long_from - 1) // len(columns))
    if analysis.is_small and len(rows := _first_rows(sheet, keys, most + 1, connection)) <= most:
        return [Part(sheet, columns, 1, len(rows), rows, is_long=False)]
    count, extremes = _measured(sheet, columns, connection)
    if count <= most:
        rows = _first_rows(sheet, keys, most, connection)
        return [Part(sheet, columns, 1, count, rows, is_long=False)]
    shown = [*connection.execute(_sample(sheet, keys, connection)).fetchall(), *extremes]
    return [
        Part(
            sheet,
            columns,
            first,
            min(first + room - 1, count),
            shown,
            is_long=True,
            is_followed=first + room - 1 < count,
        )
        for first in range(1, max(count, 1) + 1, room)
    ]


def _first_rows(sheet: Sheet, keys: Sequence[str], most: int, connection: duckdb.DuckDBPyConnection) -> Rows:
    return connection.execute(f"{sheet.query(*keys)} limit {most}").fetchall()


def _measured(
    sheet: Sheet, columns: tuple[Column, ...], connection: duckdb.DuckDBPyConnection
) -> tuple[int, Rows]:
    """How many rows there are, and a row each of the smallest and the largest amounts."""
    amounts = [each.key if each.format in (Format.MONEY, Format.AMOUNT) else "null" for each in columns]
    listed = ", ".join(f"{extreme}({amount})" for extreme in ("min", "max") for amount in amounts)
    query = f"select count(*), {listed} from {sheet.amounts or sheet.table} where {sheet.where}"  # noqa: S608
    ((count, *found),) = connection.execute(query).fetchall()
    return count, [tuple(found[: len(columns)]), tuple(found[len(columns) :])]


def _sample(sheet: Sheet, keys: Sequence[str], connection: duckdb.DuckDBPyConnection) -> str:
    """The SQL for some of the rows; with a bound on their records, no others are put together."""
    sample = f"select {', '.join(keys)} from {sheet.table} where {sheet.where}"  # noqa: S608
    if sheet.amounts:
        first = f"select record from {sheet.amounts} order by record limit {_SAMPLE}"  # noqa: S608
        ((last,),) = connection.execute(f"select max(record) from ({first})").fetchall()  # noqa: S608
        sample += f" and record <= {last}"
    return f"{sample} limit {_SAMPLE}"


def _numbered(sheet: Sheet) -> str:
    """The SQL for the sheet's rows with their `number` in order, from 1."""
    numbering = f"row_number() over (order by {sheet.order}) as number"
    return f"select *, {numbering} from {sheet.table} where {sheet.where}"  # noqa: S608
