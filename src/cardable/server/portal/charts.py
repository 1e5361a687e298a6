"""Charts as pages draw them: shapes placed in percent of the width, so that letters keep their size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

_ROW, _TOP, _BAR = 44, 20, 14
_COLUMN_HEIGHT, _COLUMN_TOP = 132, 22


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar with its words; `series` colours it, `words` say what the colour says."""

    label: str
    value: Decimal
    shown: str
    href: str = ""
    series: str = "1"
    second: Decimal | None = None
    """A thinner bar to compare with."""


@dataclass(frozen=True)
class BarChart:
    """Bars one below the other, the label above each, its figure at the end."""

    bars: Sequence[Bar]

    @cached_property
    def height(self) -> int:
        return _ROW * len(self.bars)

    @property
    def lines(self) -> list[dict[str, object]]:
        most = max((each for bar in self.bars for each in (bar.value, bar.second or 0)), default=0)
        return [self._line(place, bar, Decimal(most)) for place, bar in enumerate(self.bars)]

    def _line(self, place: int, bar: Bar, most: Decimal) -> dict[str, object]:
        top = _ROW * place
        is_pair = bar.second is not None
        height = _BAR // 2 if is_pair else _BAR
        return {
            "bar": bar,
            "top": top,
            "text": top + _TOP - 6,
            "bar_top": top + _TOP,
            "bar_height": height,
            "width": share(bar.value, most),
            "second_top": top + _TOP + height + 2,
            "second_width": share(bar.second, most) if bar.second is not None else None,
        }


@dataclass(frozen=True, kw_only=True)
class Column:
    """One month with its count."""

    month: date
    value: int
    href: str


@dataclass(frozen=True)
class ColumnChart:
    """A column for each month, its figure above and the month below."""

    columns: Sequence[Column]

    height = _COLUMN_TOP + _COLUMN_HEIGHT + 40
    base = _COLUMN_TOP + _COLUMN_HEIGHT
    month_line = base + 16
    year_line = base + 32

    @property
    def places(self) -> list[dict[str, object]]:
        most = max((column.value for column in self.columns), default=0) or 1
        return [self._place(at, column, most) for at, column in enumerate(self.columns)]

    def _place(self, at: int, column: Column, most: int) -> dict[str, object]:
        step = Decimal(100) / len(self.columns)
        height = round(_COLUMN_HEIGHT * column.value / most)
        left = step * at + step * Decimal("0.18")
        return {
            "column": column,
            "left": _percent(left),
            "width": _percent(step * Decimal("0.64")),
            "middle": _percent(step * at + step / 2),
            "slot_left": _percent(step * at),
            "slot_width": _percent(step),
            "top": self.base - height,
            "height": height,
            "text": self.base - height - 6,
            "names_year": at == 0 or column.month.month == 1,
        }


def share(value: Decimal | None, most: Decimal) -> str:
    """A length in percent of the longest; a hair for what is above zero, nothing below."""
    if not value or value < 0 or most <= 0:
        return "0"
    return _percent(max(value * 100 / most, Decimal("0.4")))


def _percent(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
