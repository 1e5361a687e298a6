"""How wide the columns of a sheet must be, measured from what they show."""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any

from cardable.reports._format import Format
from cardable.reports._sheet import Column

_NARROWEST, _WIDEST = 8, 64
_ROOM = 3
_FILTER_BUTTON = 4
_LINE_HEIGHT = 13.5
_USUAL = {Format.DAY: 10, Format.RATE: 8, Format.FLAG: 3}
_NUMBER = 6
_AMOUNTS = (Format.MONEY, Format.AMOUNT)


def widths(columns: Sequence[Column], rows: Sequence[Sequence[Any]], money_digits: int) -> list[int]:
    """Widths in characters: wide enough for nearly every value and for each word of the heading."""
    return [
        min(max(_heading_width(column.name), _shown_length(column, values, money_digits) + _ROOM), _WIDEST)
        for column, values in zip(columns, _by_column(columns, rows), strict=True)
    ]


def heading_height(columns: Sequence[Column], wide: Sequence[int]) -> float:
    """The height of a row of wrapped headings, with a line left free for the filter buttons."""
    lines = max(len(wrap(column.name, width - 2)) for column, width in zip(columns, wide, strict=True))
    return (lines + (lines > 1)) * _LINE_HEIGHT + 6


def _by_column(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [[row[index] for row in rows if row[index] is not None] for index in range(len(columns))]


def _heading_width(name: str) -> int:
    """Room for the longest word, or a third of the heading."""
    return max(max(map(len, name.split())) + _FILTER_BUTTON, len(name) // 3 + _ROOM, _NARROWEST)


def _shown_length(column: Column, values: Sequence[Any], money_digits: int) -> int:
    if column.format in _AMOUNTS:
        digits = money_digits if column.format is Format.MONEY else 2
        return max((len(f"{value:,.{digits}f}") for value in _extremes(values)), default=0)
    if column.format is Format.TEXT:
        lengths = sorted(len(value) for value in values)
        return lengths[len(lengths) * 49 // 50] if lengths else 0
    return _USUAL.get(column.format, _NUMBER)


def _extremes(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return (min(amounts), max(amounts)) if amounts else ()
