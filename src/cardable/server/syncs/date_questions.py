"""Dates that can be read two ways, about which the customer is asked."""

from collections.abc import Iterator
from typing import Any

from cardable.intake import Column, Table
from cardable.intake.recognise.dates import parsed

_ORDERS = ("DMY", "MDY")


def ambiguous_date(table: Table) -> dict[str, Any] | None:
    """A date of the table as it stands there, and which day it is in each order; None where it is plain."""
    asked: list[tuple[Column, str]] = []
    certain = set()
    for column in table.columns:
        if column.use and column.date_order in _ORDERS:
            example = _open_example(table, column)
            if example:
                asked.append((column, example))
            else:
                certain.add(column.date_order)
    # A column that is certain speaks for the others, where they follow it.
    open_ones = [(column, text) for column, text in asked if certain != {column.date_order}]
    if not open_ones:
        return None
    text = open_ones[0][1]
    return {"text": text, **{order: str(parsed(text, order)) for order in _ORDERS}}


def _open_example(table: Table, column: Column) -> str | None:
    """A cell that is another day in the other order, where every cell fits both orders."""
    example = None
    for cell in _cells(table, column.position):
        days = [parsed(cell, order) for order in _ORDERS]
        if not all(days):
            if any(days):
                return None
        elif days[0] != days[1] and example is None:
            example = cell
    return example


def _cells(table: Table, position: int) -> Iterator[str]:
    first = 0 if table.header_row is None else table.header_row + table.header_rows
    for row in (*table.grid.head[first:], *table.grid.sample):
        if position < len(row) and (cell := row[position]):
            yield cell
