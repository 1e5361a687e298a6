"""Worksheet rows made by the database: SQL that turns figures into the XML of cells.

Cells say which style they have but not where they are: in a row they follow one another, which
readers take as it is, and without the places a workbook is a third as large.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from cardable.reports._format import Format
from cardable.reports._sheet import Column


def define_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Teach the connection how a value becomes the content of a cell."""
    connection.execute(files("cardable.reports").joinpath("_cells.sql").read_text("utf-8"))


@dataclass(frozen=True)
class CellStyle:
    """The numbers of a column's styles in the workbook; `quoted` is for text that looks like a formula."""

    plain: int
    quoted: int


def rows_query(rows: str, columns: Sequence[Column], styles: Sequence[CellStyle], number: str) -> str:
    """The SQL for the XML of each of these rows, where `number` is the SQL for its row number.

    One call of `concat` copies each piece once, where a chain of `||` copies the row so far at each step.
    """
    prepared, pieces = [f"({number})::varchar as row_number"], ["""'<row r="', row_number, '">'"""]
    for index, (column, style) in enumerate(zip(columns, styles, strict=True)):
        cell = _Cell(column, style, f"value_{index}", f"special_{index}")
        prepared += cell.prepared()
        pieces += cell.pieces()
    pieces.append("'</row>'")
    return f"select concat({', '.join(pieces)}) from (select {', '.join(prepared)} from ({rows}))"  # noqa: S608


@dataclass(frozen=True)
class _Cell:
    """A cell in SQL: what is worked out first, and the pieces that make its XML."""

    column: Column
    style: CellStyle
    value: str
    special: str

    def prepared(self) -> tuple[str, ...]:
        key = self.column.key
        if self.column.format.is_number:
            return (f"{key}::varchar as {self.value}",)
        if self.column.format is Format.DAY:
            day = f"{key}::date"
            return f"cell_day({day}) as {self.value}", f"cell_is_day({day}) as {self.special}"
        text = shown_text(self.column)
        return f"nullif({text}, '') as {self.value}", f"cell_is_special({text}) as {self.special}"

    def pieces(self) -> tuple[str, str, str]:
        """What opens the cell, what it holds and what closes it."""
        number, text = f"{self._open()}><v>", f'{self._open()} t="inlineStr"><is><t>'
        if self.column.format.is_number:
            return self._opened(f"'{number}'"), self.value, self._closed("'</v></c>'")
        if self.column.format is Format.DAY:
            opened = self._opened(f"if({self.special}, '{number}', '{text}')")
            return opened, self.value, self._closed(f"if({self.special}, '</v></c>', '</t></is></c>')")
        style = f"if(cell_is_formula({self.value}), '{self.style.quoted}', '{self.style.plain}')"
        kept = f"""concat('<c s="', {style}, '" t="inlineStr"><is><t xml:space="preserve">')"""
        opened = self._opened(f"if({self.special}, {kept}, '{text}')")
        content = f"if({self.special}, cell_special_text({self.value}), {self.value})"
        return opened, content, self._closed("'</t></is></c>'")

    def _open(self) -> str:
        return f'<c s="{self.style.plain}"'

    def _opened(self, otherwise: str) -> str:
        return f"if({self.value} is null, '{self._open()}/>', {otherwise})"

    def _closed(self, otherwise: str) -> str:
        return f"if({self.value} is null, '', {otherwise})"


def shown_text(column: Column) -> str:
    """The SQL for what a text column shows."""
    if column.format is Format.FLAG:
        return f"if({column.key}, 'Yes', 'No')"
    return column.key
