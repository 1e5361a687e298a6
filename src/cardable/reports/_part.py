"""A stretch of a sheet's rows: what one worksheet holds of it."""

from dataclasses import dataclass
from typing import Any

import duckdb

from cardable.reports._sheet import Analysis, Column, Sheet


@dataclass(frozen=True)
class Part:
    """The rows of a sheet from number `first` to `last`, below the headings of one worksheet."""

    sheet: Sheet
    columns: tuple[Column, ...]
    first: int
    last: int
    top: int
    """How many rows the headings take."""

    @property
    def rows(self) -> int:
        return self.last - self.first + 1

    def query(self, *expressions: str) -> str:
        """The SQL for these expressions, row by row in order; `number` counts the sheet's rows from 1."""
        numbered, inside = _numbered(self.sheet), f"number between {self.first} and {self.last}"
        return f"select {', '.join(expressions)} from ({numbered}) where {inside}"  # noqa: S608

    def values(self, connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
        return connection.sql(self.query(*(column.key for column in self.columns))).fetchall()


def parts(sheet: Sheet, analysis: Analysis, row_limit: int) -> list[Part]:
    """The sheet's rows, shared out over as many worksheets as they need; one at least."""
    top = 2 if sheet.banner else 1
    counted = f"select count(*) from {sheet.table} where {sheet.where}"  # noqa: S608
    rows, room = analysis.connection.sql(counted).fetchall()[0][0], row_limit - top
    columns = sheet.columns_for(analysis.customer)
    return [
        Part(sheet, columns, first, min(first + room - 1, rows), top)
        for first in range(1, max(rows, 1) + 1, room)
    ]


def _numbered(sheet: Sheet) -> str:
    """The SQL for the sheet's rows with their `number`, from 1; a whole table comes in its own order."""
    if sheet.where == "true" and sheet.order == "position":
        return f"select *, position as number from {sheet.table}"  # noqa: S608
    numbering = f"row_number() over (order by {sheet.order}) as number"
    return f"select *, {numbering} from {sheet.table} where {sheet.where} order by number"  # noqa: S608
