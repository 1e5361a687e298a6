"""Numbers as people write them: which cells are numbers, and which mark stands before the decimals."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_CODES = (
    "EUR|USD|GBP|CHF|CZK|PLN|SEK|NOK|DKK|BRL|ARS|MXN|CLP|COP|UYU|PEN|CAD|AUD|NZD|INR|CNY|RMB|JPY|ZAR|HUF|RON"
)
_SIGN = (
    rf"(?:(?:{_CODES}|AU|NZ|CA|US|HK|C|A|R|S)?[$]|{_CODES}|[Kk]r\.?|S/\.?|zł|Kč|Rs\.?|Ft|Lei|[€£¥₹￥元円])"
)
_BODY = r"(?:\d[\d.,'’ \u00a0\u202f]*\d|\d)(?:[.,]|,-|,--)?|[.,]\d+"
_NUMBER = re.compile(
    rf"[-+−–(]?\s*(?:{_SIGN})?\s*[-+−–(]?\s*({_BODY})\s*(?:{_SIGN}|%)?\s*[-−+)]?\s*(?:CR|DR|Cr|Dr|(?:(?<=[.,]\d\d)|(?<=\s))[CDHS])?\.?"
)
_GROUPS = re.compile(r"\d{1,3}(?:[., '’\u00a0\u202f]\d{3})+")
_MINUS = re.compile(r"^[-−–(]|[-−–)]$|^\D{1,3}-|CR?$|Cr$")


@dataclass(frozen=True)
class NumberReading:
    """How a column writes its numbers."""

    share: float
    decimal: str | None = None
    """`.` or `,`; None where no cell tells."""
    thousands: str | None = None
    decimals: float = 0.0
    """The share of the numbers that have decimals."""
    negative: float = 0.0
    marked: float = 0.0
    """The share that carries a currency sign or a percent sign."""
    largest_digits: int = 0
    leading_zeros: float = 0.0


@lru_cache(maxsize=100_000)
def body(text: str) -> str | None:
    """The digits and marks of a number, without sign and currency, or None where it is none."""
    found = _NUMBER.fullmatch(text) if len(text) <= 40 else None
    if not found or text.count("(") != text.count(")"):
        return None
    digits: str = found[1].rstrip(",-").strip()
    return digits if any(c.isdigit() for c in digits) else None


@lru_cache(maxsize=50_000)
def _marks(digits: str) -> tuple[str | None, str | None]:
    """The decimal and the thousands mark that one number shows for certain."""
    last_dot, last_comma = digits.rfind("."), digits.rfind(",")
    blanks = next((c for c in " \u00a0\u202f'’" if c in digits), None)
    group = None if blanks is None else "'" if blanks in "'’" else " "
    if last_dot >= 0 and last_comma >= 0:
        decimal = "." if last_dot > last_comma else ","
        return decimal, "," if decimal == "." else "."
    mark = "." if last_dot >= 0 else "," if last_comma >= 0 else None
    if mark is None:
        return None, group
    if digits.count(mark) > 1:
        return ("," if mark == "." else "."), mark
    after = len(digits) - digits.rfind(mark) - 1
    before = digits.rfind(mark)
    if after == 3 and 1 <= before <= 3 and digits[0] != "0" and group is None:
        return None, None
    return mark, group


def read_numbers(values: Sequence[str]) -> NumberReading:
    """How the cells of a column write their numbers."""
    bodies = [(value, body(value)) for value in values]
    known = [(value, digits) for value, digits in bodies if digits is not None]
    if not known:
        return NumberReading(0.0)
    decimal, thousands = _agreed([digits for _, digits in known])
    return NumberReading(
        share=len(known) / len(values),
        decimal=decimal,
        thousands=thousands,
        decimals=sum("." in d or "," in d for _, d in known) / len(known),
        negative=sum(_MINUS.search(value) is not None for value, _ in known) / len(known),
        marked=sum(not value.lstrip("-+(")[:1].isdigit() or "%" in value for value, _ in known) / len(known),
        largest_digits=sorted(sum(c.isdigit() for c in d) for _, d in known)[int(0.95 * (len(known) - 1))],
        leading_zeros=sum(d[0] == "0" and len(d) > 1 and d[1].isdigit() for _, d in known) / len(known),
    )


def _agreed(bodies: Sequence[str]) -> tuple[str | None, str | None]:
    """The marks most numbers show; where none shows, groups of three everywhere are thousands."""
    decimals: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for digits in bodies:
        decimal, group = _marks(digits)
        decimals.update([decimal] if decimal else [])
        groups.update([group] if group else [])
    thousands = groups.most_common(1)[0][0] if groups else None
    if decimals:
        mark = decimals.most_common(1)[0][0]
        other = "," if mark == "." else "."
        if thousands is None and any(other in d for d in bodies):
            thousands = other
        return mark, thousands if thousands != mark else None
    grouped = {c for d in bodies if _GROUPS.fullmatch(d) for c in ".," if c in d}
    if len(grouped) == 1:
        mark = grouped.pop()
        return ("," if mark == "." else "."), mark
    return None, thousands
