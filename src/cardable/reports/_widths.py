"""How wide the columns of a sheet must be, measured from what they show."""

from collections.abc import Sequence
from textwrap import wrap

import duckdb

from cardable.reports._cells import shown_text
from cardable.reports._format import Format
from cardable.reports._sheet import Column, Sheet

_SAMPLE = 2_000
_NARROWEST, _WIDEST = 8, 46
_ROOM = 2
_FILTER_BUTTON = 3
_LINE_HEIGHT = 13.5


def widths(
    sheet: Sheet, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection, money_digits: int
) -> list[int]:
    """Widths in characters: wide enough for nearly every value and for each word of the heading."""
    shown = _longest_values(sheet, columns, connection, money_digits)
    return [
        min(max(_heading_width(column.name), length + _ROOM, _NARROWEST), _WIDEST)
        for column, length in zip(columns, shown, strict=True)
    ]


def heading_height(columns: Sequence[Column], wide: Sequence[int]) -> float:
    """The height of a row of wrapped headings, with a line left free for the filter buttons."""
    lines = max(len(wrap(column.name, width - 1)) for column, width in zip(columns, wide, strict=True))
    return (lines + (lines > 1)) * _LINE_HEIGHT + 4


def _heading_width(name: str) -> int:
    """Room for the longest word, or a third of the heading."""
    return max(max(map(len, name.split())) + _FILTER_BUTTON, len(name) // 3 + _ROOM)


def _longest_values(
    sheet: Sheet, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection, money_digits: int
) -> list[int]:
    # Long tables lie in order already; sorting them for a sample would take longer than writing them.
    sample = f"select * from {sheet.table} where {sheet.where} limit {_SAMPLE}"  # noqa: S608
    texts = connection.sql(f"select {', '.join(map(_text_length, columns))} from ({sample})").fetchall()[0]  # noqa: S608
    largest = f"select {', '.join(map(_largest, columns))} from {sheet.table} where {sheet.where}"  # noqa: S608
    amounts = connection.sql(largest).fetchall()[0]
    return [
        len(f"{amount:,.{2 if column.format is Format.AMOUNT else money_digits}f}")
        if amount
        else int(text or 0)
        for column, text, amount in zip(columns, texts, amounts, strict=True)
    ]


def _text_length(column: Column) -> str:
    if column.format is Format.TEXT or column.format is Format.FLAG:
        return f"quantile_disc(length({shown_text(column)}), 0.98)"
    return {Format.DAY: "10", Format.RATE: "8"}.get(column.format, "6")


def _largest(column: Column) -> str:
    """The SQL for the number with the longest shape, a sign included where any is negative."""
    if column.format in (Format.MONEY, Format.AMOUNT):
        return f"max(abs({column.key})) * if(min({column.key}) < 0, -1, 1)"
    return "null"
