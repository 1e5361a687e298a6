"""Rows of delimited text that are not all alike, read one by one."""

import csv
import io
import re
import sys
from collections.abc import Sequence
from itertools import islice
from typing import Final

from cardable.intake.files.delimiters import Dialect

csv.field_size_limit(sys.maxsize)

_LINES_A_ROW: Final = 200
_WIDE: Final = 4
"""With fewer fields to a row, text in quotes has lines like rows too easily."""
TAIL: Final = 4
"""Characters that tell whether text ends inside quotes."""
_CLOSED: Final = re.compile(r'[\r\n]"(?:\r\n|\r|\n)?$')


def rows_by_hand(text: str, dialect: Dialect) -> list[list[str]]:
    """Every row, a blank line being one without fields.

    A quote that is never closed, or closed only rows later, is taken for text.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator)
    rows = list(reader)
    if reader.line_num == len(rows) and not ends_open(rows[-1][-1:] if rows else [], text[-TAIL:]):
        return rows
    return _with_stray_quotes(list(io.StringIO(text, newline="")), dialect)


def ends_open(last_cell: Sequence[str], text: str) -> bool:
    """Whether text ends inside quotes: then its last cell has the line end that else ends the row."""
    return any(cell.endswith(("\n", "\r")) for cell in last_cell) and not _CLOSED.search(text)


def swallows(cell: str, dialect: Dialect) -> bool:
    """Whether most lines inside a cell have all the fields of a row: a stray quote made them one cell."""
    inside = cell.splitlines()[1:-1]
    rows = sum(line.count(dialect.separator) == dialect.width - 1 for line in inside)
    return dialect.width >= _WIDE and rows * 2 > len(inside)


def _with_stray_quotes(lines: list[str], dialect: Dialect) -> list[list[str]]:
    rows, place = [], 0
    while place < len(lines):
        row, taken = _row_at(lines, place, dialect)
        rows.append(row)
        place += taken
    return rows


def _row_at(lines: list[str], place: int, dialect: Dialect) -> tuple[list[str], int]:
    """The row that begins at a line, and how many lines it takes."""
    reader = csv.reader(islice(lines, place, place + _LINES_A_ROW), delimiter=dialect.separator)
    row = next(reader)
    taken = reader.line_num
    is_open = ends_open(row[-1:], "".join(lines[place : place + taken])[-TAIL:])
    if taken == 1 and not is_open:
        return row, 1
    plain = next(csv.reader(lines[place : place + 1], delimiter=dialect.separator, quoting=csv.QUOTE_NONE))
    fits = len(row) == dialect.width or len(plain) != dialect.width
    if is_open or not fits or any(swallows(cell, dialect) for cell in row):
        return plain, 1
    return row, taken
