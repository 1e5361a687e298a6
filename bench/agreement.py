"""Whether two Spend Analysis workbooks say the same, heading by heading and cell by cell."""

import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

_FIRST_HEADINGS = {
    "Spend Analysis": "Payment method",
    "Supplier Analysis": "Supplier name",
    "Bills": "Id",
    "Bill Payments": "Id",
    "Expenses": "Id",
}
_WORDED_FREELY = {"Why"}


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """A line for each cell of theirs that ours has otherwise, after one for each missing heading."""
    for tab, heading in _FIRST_HEADINGS.items():
        our_columns, their_columns = _columns(ours, tab, heading), _columns(theirs, tab, heading)
        for name in their_columns.keys() - _WORDED_FREELY:
            if name not in our_columns:
                yield f"{tab}: no column “{name}”"
            else:
                yield from _unequal(f"{tab}, “{name}”", our_columns[name], their_columns[name])


def _unequal(where: str, ours: list[Any], theirs: list[Any]) -> Iterator[str]:
    if len(ours) != len(theirs):
        yield f"{where}: {len(ours)} rows, not {len(theirs)}"
    for row, (our, their) in enumerate(zip(ours, theirs, strict=False), 1):
        if not _is_same(our, their):
            yield f"{where}, row {row}: {our!r}, not {their!r}"


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        # A ratio in 12 decimals against one in binary.
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(_day(one) == _day(other))


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) and isinstance(value, date) else value


def _columns(path: Path, tab: str, first_heading: str) -> dict[str, list[Any]]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(tab).to_python()
    start = next(place for place, row in enumerate(rows) if row and row[0] == first_heading)
    headings = [str(name) for name in rows[start]]
    width = headings.index("") if "" in headings else len(headings)
    body = [row for row in rows[start + 1 :] if row[0] != ""]
    return {name: [row[place] for row in body] for place, name in enumerate(headings[:width])}
