"""Rows of delimited text that are not all alike, read one by one."""

import csv
import io
import sys
from typing import Final

from cardable.intake.files.delimiters import Dialect

csv.field_size_limit(sys.maxsize)

_LINES_A_ROW: Final = 200
_WIDE: Final = 4
"""From this many fields on, a line inside quotes that has them all is a row that a stray quote swallowed."""


def rows_by_hand(text: str, dialect: Dialect) -> list[list[str]]:
    """Every row, a blank line being one without fields.

    A quote that is never closed, or closed only rows later, is taken for text.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator)
    rows = list(reader)
    if reader.line_num == len(rows) and not _is_open(rows[-1:]):
        return rows
    return _with_stray_quotes(list(io.StringIO(text, newline="")), dialect)


def swallows(cell: str, dialect: Dialect) -> bool:
    """Whether a cell of several lines holds what must be rows of their own, or runs on to the end."""
    if cell.endswith(("\n", "\r")):
        return True
    return dialect.width >= _WIDE and any(
        line.count(dialect.separator) >= dialect.width - 1 for line in cell.splitlines()[1:-1]
    )


def _with_stray_quotes(lines: list[str], dialect: Dialect) -> list[list[str]]:
    rows, place = [], 0
    while place < len(lines):
        row, taken = _row_at(lines, place, dialect)
        rows.append(row)
        place += taken
    return rows


def _row_at(lines: list[str], place: int, dialect: Dialect) -> tuple[list[str], int]:
    """The row that begins at a line, and how many lines it takes."""
    row = _fields(lines[place : place + 1], dialect)
    if '"' not in lines[place] or not _is_open([row]):
        return row, 1
    reader = csv.reader(iter(lines[place : place + _LINES_A_ROW]), delimiter=dialect.separator)
    row = next(reader)
    sound = not any(swallows(cell, dialect) for cell in row if "\n" in cell or "\r" in cell)
    plain = _fields(lines[place : place + 1], dialect, quoting=False)
    if sound and (len(row) == dialect.width or len(plain) != dialect.width):
        return row, reader.line_num
    return plain, 1


def _fields(lines: list[str], dialect: Dialect, *, quoting: bool = True) -> list[str]:
    if quoting:
        return next(csv.reader(lines, delimiter=dialect.separator), [])
    return next(csv.reader(lines, delimiter=dialect.separator, quoting=csv.QUOTE_NONE), [])


def _is_open(rows: list[list[str]]) -> bool:
    """Whether the last row ends inside quotes: only then does its last cell end with the line's end."""
    return bool(rows and rows[-1] and rows[-1][-1].endswith(("\n", "\r")))
