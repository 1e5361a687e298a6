"""Figures as they leave: rounded half-up for JSON, with the decimals their currency has."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cardable.reports._format import Format


def rounded(value: Decimal, digits: int) -> Decimal:
    """The value to so many decimals, ties away from zero."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def json_value(value: Any, kind: Format, money_digits: int) -> Any:
    """What JSON holds: percentages from 0 to 100, ISO dates, None where a figure does not apply."""
    if value is None:
        return None
    if kind is Format.MONEY:
        return rounded(Decimal(value), money_digits)
    if kind is Format.SHARE:
        return rounded(Decimal(value) * 100, 2)
    if kind is Format.DAYS:
        return rounded(Decimal(value), 2)
    if kind in (Format.COUNT, Format.WHOLE_DAYS):
        return int(value)
    if kind is Format.FLAG:
        return "Yes" if value else "No"
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {camel(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def camel(name: str) -> str:
    """`total_spend` as `totalSpend`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
