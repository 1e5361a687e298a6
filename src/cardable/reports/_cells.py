"""Worksheet rows made by the database: SQL that turns figures into the XML of cells.

Cells say which style they have but not where they are, nor do rows: they follow one another, which
readers take as it is, and without the places a workbook is a third as large.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from threading import Lock

import duckdb

from cardable.reports._format import Format
from cardable.reports._sheet import Column

_DEFINING = Lock()
"""Workbooks are made in several threads, and two that define the same would disturb each other."""


def define_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Teach the database how a value becomes the content of a cell."""
    with _DEFINING:
        connection.execute(files("cardable.reports").joinpath("_cells.sql").read_text("utf-8"))


@dataclass(frozen=True)
class CellStyle:
    """The numbers of a column's styles in the workbook; `quoted` is for text that looks like a formula."""

    plain: int
    quoted: int


def rows_query(rows: str, columns: Sequence[Column], styles: Sequence[CellStyle]) -> str:
    """The SQL for the XML of each of these rows.

    Most rows are as they should be, so a row is looked at once; its texts are escaped only where it has
    markup, and written with care only where it has something special. One call of `concat` copies each
    piece once; a chain of `||` would copy the row so far at each step. It is asked whether to escape for
    each text and not for the row: a few rows made by another `concat` would slow down all of them.
    """
    cells = [
        _Cell(column, style, f"value_{index}")
        for index, (column, style) in enumerate(zip(columns, styles, strict=True))
    ]
    values = ", ".join(cell.prepared for cell in cells)
    usual = _row(piece for cell in cells for piece in cell.usual())
    careful = _row(piece for cell in cells for piece in cell.careful())
    texts = ", ".join(cell.looked_at for cell in cells if cell.is_text and cell.column.plain != "true")
    looked_at = f"select *, concat_ws(chr(10), '', {texts}, '') as all_texts from ({rows})"  # noqa: S608
    prepared = (
        f"select {_is_special(cells)} as is_special, cell_has_markup(all_texts) as has_markup, {values} "  # noqa: S608
        f"from ({looked_at})"
    )
    made = f"case when is_special then {careful} else {usual} end"
    return f"select {made} from ({prepared})"  # noqa: S608


def _row(pieces: Iterable[str]) -> str:
    return f"concat('<row>', {', '.join(pieces)}, '</row>')"


def _is_special(cells: Sequence["_Cell"]) -> str:
    days = [f"coalesce(not cell_is_day({cell.source}), false)" for cell in cells if cell.is_day]
    return " or ".join(["cell_texts_are_special(all_texts)", *days])


@dataclass(frozen=True)
class _Cell:
    """A cell in SQL: its value, worked out first, and the pieces that make its XML."""

    column: Column
    style: CellStyle
    value: str

    @property
    def is_day(self) -> bool:
        return self.column.format is Format.DAY

    @property
    def is_text(self) -> bool:
        return not self.column.format.is_number and not self.is_day

    @property
    def source(self) -> str:
        """The SQL for what the cell shows."""
        key = self.column.key
        if self.column.format is Format.FLAG:
            return f"if({key}, 'Yes', 'No')"
        return f"{key}::date" if self.is_day else key

    @property
    def looked_at(self) -> str:
        """The SQL for a text that may have something to escape; null where it has not."""
        return f"if({self.column.plain}, null, {self.source})" if self.column.plain else self.source

    @property
    def prepared(self) -> str:
        if self.is_text:
            return f"nullif({self.source}, '') as {self.value}"
        return f"{f'cell_day({self.source})' if self.is_day else f'{self.source}::varchar'} as {self.value}"

    def usual(self) -> tuple[str, ...]:
        """The pieces where a text needs no more than its markup escaped, if that, and a day is Excel's."""
        if self.is_text:
            shown = f"case when has_markup then cell_text({self.value}) else {self.value} end"
            return self._either(f"""'{self._open} t="str"><v>'"""), shown, self._closed
        return self._either(f"'{self._open}><v>'"), self.value, self._closed

    def careful(self) -> tuple[str, ...]:
        """The pieces that are right for any value: a day out of range is text, with a dash in it."""
        if self.is_day:
            kind = f"""if(contains({self.value}, '-'), ' t="str"><v>', '><v>')"""
            return self._either(f"concat('{self._open}', {kind})"), self.value, self._closed
        if not self.is_text:
            return self.usual()
        style = f"if(cell_is_formula({self.value}), '{self.style.quoted}', '{self.style.plain}')"
        opened = f"""concat('<c s="', {style}, '" t="str"><v xml:space="preserve">')"""
        return self._either(opened), f"cell_special_text({self.value})", self._closed

    @property
    def _open(self) -> str:
        return f'<c s="{self.style.plain}"' if self.style.plain else "<c"

    @property
    def _closed(self) -> str:
        return f"if({self.value} is null, '', '</v></c>')"

    def _either(self, opened: str) -> str:
        return f"if({self.value} is null, '{self._open}/>', {opened})"
