"""What separates the fields of a text file, and how many there are in an ordinary row."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

_USUAL: Final = ",;\t|"
_UNUSUAL: Final = ":^~\x1f\x1e#*"
_ROWS: Final = 400
_LINES_A_ROW: Final = 20
NO_DELIMITER: Final = "\x1d"
"""Stands in where a row is one field; no text file holds it."""


@dataclass(frozen=True)
class Dialect:
    """How a text file is laid out."""

    delimiter: str | None
    width: int
    """Fields in an ordinary row."""

    @property
    def separator(self) -> str:
        return self.delimiter or NO_DELIMITER


def dialect_of(sample: str) -> Dialect:
    """The delimiter under which most rows have the same number of fields, the more fields the better.

    A first line `sep=;` decides.
    """
    declared = re.match(r'"?sep=([^"\w\r\n])"?(?=[\r\n]|$)', sample, re.IGNORECASE)
    if declared:
        return Dialect(declared[1], _usual_width(sample, declared[1])[0])
    best, best_score = Dialect(None, 1), 0.0
    for delimiter in _USUAL + _UNUSUAL:
        width, share = _usual_width(sample, delimiter)
        score = share * (1 - 1 / width)
        if delimiter in _UNUSUAL and (share < 0.95 or width < 3):
            continue
        if score > best_score * 1.05:
            best, best_score = Dialect(delimiter, width), score
    return best if best_score >= 0.2 else Dialect(None, 1)


def _usual_width(sample: str, delimiter: str) -> tuple[int, float]:
    """The commonest number of fields where it is over one, and the share of rows that have it."""
    if delimiter not in sample:
        return 1, 0.0
    widths = Counter(len(row) for row in _rows(sample, delimiter) if any(map(str.strip, row)))
    several = {width: rows for width, rows in widths.items() if width > 1}
    if not several:
        return 1, 0.0
    width = max(several, key=lambda each: (several[each] * (1 - 1 / each), each))
    return width, several[width] / widths.total()


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of a text; line by line where a quote runs on, as one that was never closed does."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines = [], 0
    for row in islice(reader, _ROWS):
        if reader.line_num - lines > _LINES_A_ROW:
            some_lines = islice(io.StringIO(text, newline=""), _ROWS)
            return [next(csv.reader([line], delimiter=delimiter)) for line in some_lines]
        rows.append(row)
        lines = reader.line_num
    return rows
