"""Cells of a workbook, as Python values, to text."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

_DIGITS: Final = 15
"""What Excel shows of a number; the digits beyond are noise of its arithmetic."""

_ERRORS: Final = pa.array(
    ["#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"]
)

_KINDS: Final = {float: "number", int: "number", date: "date", datetime: "date", bool: "bool"}


def column_of(cells: tuple[Any, ...]) -> tuple[Any, dict[str, int]]:
    """The cells as Arrow, numbers where all are numbers and else text; and their kinds counted."""
    if type(cells[0]) is str:
        try:
            return _without_errors(pa.array(cells, pa.string())), {}
        except pa.ArrowTypeError:
            return _mixed(cells)
    types = set(map(type, cells))
    if types == {float}:
        return pa.array(cells, pa.float64()), {"number": len(cells)}
    if types == {date}:
        return pa.array(cells, pa.date32()).cast(pa.string()), {"date": len(cells)}
    return _mixed(cells)


def _mixed(cells: tuple[Any, ...]) -> tuple[Any, dict[str, int]]:
    counts: Counter[str] = Counter()
    for cell_type, count in Counter(map(type, cells)).items():
        if kind := _KINDS.get(cell_type):
            counts[kind] += count
    words = pa.array([_WORDS.get(type(cell), str)(cell) for cell in cells], pa.string())
    return _without_errors(words), dict(counts)


def text_of(column: Any) -> Any:
    """A column of text, numbers in their plain form."""
    return _numbers(column) if pa.types.is_floating(column.type) else column


def _without_errors(column: Any) -> Any:
    """Cells such as #N/A hold nothing."""
    if pc.any(pc.starts_with(column, "#")).as_py():
        return pc.if_else(pc.is_in(column, _ERRORS), None, column)
    return column


def _numbers(column: Any) -> Any:
    # Adding nothing turns minus zero into zero.
    text = pc.add(column, 0.0).cast(pa.string())
    long = pc.greater(pc.binary_length(text), _DIGITS)
    # As in 1e-7 and inf.
    unusual = pc.or_(long, pc.or_(pc.match_substring(text, "e"), pc.match_substring(text, "n")))
    if not pc.any(unusual).as_py():
        return text
    plain = pa.array([_plain(number) for number in column.filter(unusual).to_pylist()], pa.string())
    return pc.replace_with_mask(text, unusual, plain)


def _plain(number: float) -> str | None:
    if number.is_integer() and abs(number) < 10**_DIGITS:
        return str(int(number))
    shown = Decimal(f"{number:.{_DIGITS}g}")
    return f"{shown:f}" if shown.is_finite() else None


def _moment(moment: datetime) -> str:
    rounded = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return str(rounded) if rounded.time() != time() else str(rounded.date())


def _duration(duration: timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_WORDS: Final[dict[type, Callable[[Any], str | None]]] = {
    float: _plain,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    timedelta: _duration,
}
