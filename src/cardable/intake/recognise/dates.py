"""Dates as people write them: which cells are dates, and in which order day, month and year stand."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cardable.intake.recognise.lexicon import table
from cardable.intake.words import folded

_TIME = (
    r"(?:[T ,]+\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[APap]\.?\s?[Mm]\.?)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?" + _TIME + r"[A-Za-z]?")
_YEAR_LAST = re.compile(
    r"(?:[A-Za-z]{2,3}\.?,? )?(\d{1,2})([-/. ]\s?)(\d{1,2})(?:\2|[-/.])(\d{4}|\d{2})\.?" + _TIME
)
_CJK = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日.*")
_TEXT = re.compile(
    r"(?:[^\W\d]+,? )?"
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[-/ .]*(?:de |of |d')?([^\W\d_]{3,})\.?,?"
    r"(?:[-/ ]*(?:de |del )?(\d{4}|\d{2}))?"
    r"|([^\W\d_]{3,})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?,?[- ]+(\d{4}|\d{2}))" + _TIME
)
_YEAR_TEXT = re.compile(r"(\d{4})[- ]([^\W\d_]{3,})[- ](\d{1,2})")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,})\.?[-/ ']*(\d{4}|\d{2})|(\d{4})[-/](\d{1,2})")
_COMPACT = re.compile(r"\d{8}|\d{7}")
_SHORT = re.compile(r"(\d{1,2})[/-](\d{1,2})|(\d{1,2})\.(\d{1,2})\.")
_TIME_ONLY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[APap][Mm])?")
_YEARS = range(1950, 2100)

ORDERS = ("YMD", "DMY", "MDY")
SEPARATED, COMPACT, TEXT, MONTH, SHORT, TIME_ONLY = "separated", "compact", "text", "month", "short", "time"


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Month names and their abbreviations in all languages, folded, with their numbers."""
    return {folded(n): int(row["month"]) for row in table("months.csv") for n in row["names"].split("|")}


@dataclass(frozen=True)
class DateReading:
    """How a column writes its dates: their shape, their order, and the share of cells that are dates."""

    order: str | None
    share: float
    shape: str = SEPARATED
    certain: bool = True
    """False where day-first and month-first both parse every cell."""


@lru_cache(maxsize=50_000)
def shape_of(text: str) -> str | None:
    """Which way of writing a date this text may be, or None."""
    if len(text) > 40 or not (text[0].isdigit() or text[0].isalpha()):
        return None
    if _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text) or _CJK.fullmatch(text):
        return SEPARATED if any(_date(text, order) for order in ORDERS) else None
    if _TIME_ONLY.fullmatch(text):
        return TIME_ONLY
    if _COMPACT.fullmatch(text):
        return COMPACT if any(_date(text, order) for order in ORDERS) else None
    if _SHORT.fullmatch(text):
        return SHORT if any(_date(text, order) for order in ("DM", "MD")) else None
    return _written_shape(text)


def _written_shape(text: str) -> str | None:
    if not any(c.isdigit() for c in text) or not any(c.isalpha() for c in text):
        return MONTH if _MONTH_YEAR.fullmatch(text) and text[:4].isdecimal() and int(text[5:]) <= 12 else None
    if _text_date(text):
        return TEXT
    found = _MONTH_YEAR.fullmatch(text)
    return MONTH if found and found[1] and folded(found[1]) in months() else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 70 else 1900)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _text_date(text: str) -> date | None:
    found = _YEAR_TEXT.fullmatch(text)
    if found:
        month = months().get(folded(found[2]))
        return _made(int(found[1]), month, int(found[3])) if month else None
    found = _TEXT.fullmatch(text)
    if not found:
        return None
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = months().get(folded(name))
    return _made(_year(year) if year else 2000, month, int(day)) if month else None


@lru_cache(maxsize=100_000)
def _date(text: str, order: str) -> date | None:
    """The date a text stands for when day, month and year come in this order."""
    found = _YEAR_FIRST.fullmatch(text)
    if found or (found := _CJK.fullmatch(text)):
        numbers = [int(g) for g in found.groups() if g and g.isdecimal()]
        return _made(*numbers[:3]) if order == "YMD" else None
    if order == "text":
        return _text_date(text)
    if _COMPACT.fullmatch(text):
        return _compact_date(text.zfill(8), order)
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return _parts_date(found[1], found[3], found[4], order)
    found = _SHORT.fullmatch(text)
    if found and order in ("DM", "MD"):
        first, second = (g for g in found.groups() if g)
        day, month = (first, second) if order == "DM" else (second, first)
        return _made(2000, int(month), int(day))
    return None


def _parts_date(first: str, second: str, third: str, order: str) -> date | None:
    if order == "DMY":
        return _made(_year(third), int(second), int(first))
    if order == "MDY":
        return _made(_year(third), int(first), int(second))
    if order == "YMD" and len(third) == 2 and len(first) == 2:
        return _made(_year(first), int(second), int(third))
    return None


def _compact_date(text: str, order: str) -> date | None:
    if order == "YMD":
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]))
    day, month = (text[:2], text[2:4]) if order == "DMY" else (text[2:4], text[:2])
    return _made(int(text[4:]), int(month), int(day)) if order in ("DMY", "MDY") else None


def parsed(text: str, order: str) -> date | None:
    """The date a cell of a column with this order stands for, or None."""
    if order == "native":
        return _date(text, "YMD")
    return _date(text, order) or (_date(text, "YMD") if order in ("DMY", "MDY", "text") else None)


def read_dates(values: Sequence[str], *, month_first: bool = False) -> DateReading:
    """How the cells of a column write their dates; `month_first` decides where both orders fit."""
    shapes = Counter(shape for value in values if (shape := shape_of(value)))
    total = len(values) or 1
    if not shapes:
        return DateReading(None, 0.0)
    shape = max(shapes, key=lambda s: shapes[s])
    share = sum(shapes.values()) / total
    if shape in (TIME_ONLY, MONTH):
        return DateReading(None, share, shape)
    if shape == TEXT:
        return DateReading("text", share, shape)
    if shape == SHORT:
        return DateReading("DM", share, shape)
    return _ordered([v for v in values if shape_of(v) == shape], share, shape, month_first=month_first)


def _ordered(values: Sequence[str], share: float, shape: str, *, month_first: bool) -> DateReading:
    fits = {order: sum(_date(v, order) is not None for v in values) for order in ORDERS}
    most = max(fits.values())
    best = [order for order in ORDERS if fits[order] >= most * 0.995]
    if "YMD" in best and _year_leads(values, best, shape):
        order = "YMD"
    else:
        best = [order for order in best if order != "YMD"] or best
        order = best[0] if len(best) == 1 else _likelier(values, month_first=month_first)
    return DateReading(order, share * most / len(values), shape, certain=len(best) == 1)


def _year_leads(values: Sequence[str], fitting: Sequence[str], shape: str) -> bool:
    """Whether the year comes first, where that is one of the orders that fit."""
    written_whole = _YEAR_FIRST.fullmatch(values[0]) or _CJK.fullmatch(values[0])
    return len(fitting) == 1 or shape == COMPACT or written_whole is not None or _two_digit_years_lead(values)


def _two_digit_years_lead(values: Sequence[str]) -> bool:
    firsts = {v[:2] for v in values}
    return all(v[2:3] == "-" for v in values) and len(firsts) <= 2 and max(firsts) > "12"


def _numbers(values: Iterable[str]) -> list[tuple[int, int]]:
    return [(int(m[1]), int(m[3])) for v in values if (m := _YEAR_LAST.fullmatch(v))]


def _likelier(values: Sequence[str], *, month_first: bool) -> str:
    """The likelier of day first and month first where both fit: days vary more than months."""
    pairs = _numbers(set(values))
    if not pairs:
        return "MDY" if month_first else "DMY"
    firsts, seconds = {a for a, _ in pairs}, {b for _, b in pairs}
    if "." in values[0]:
        return "DMY"
    if len(firsts) == 1 and len(seconds) > 2:
        return "DMY" if firsts == {1} else "MDY"
    if len(seconds) == 1 and len(firsts) > 2:
        return "MDY" if seconds == {1} and month_first else "DMY"
    return "MDY" if month_first else "DMY"
