"""Numbers and days as the slide writes them: in English with plain spaces and hyphens, day before month."""

from datetime import date
from decimal import Decimal

from cardable.language import ENGLISH, Speaker

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLAIN = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{MINUS SIGN}": "-"})


def number(value: Decimal | int, say: Speaker) -> str:
    """Without an exponent or zeros that say nothing."""
    return _plain(say.number(value, decimals(value)), say)


def decimals(value: Decimal | int) -> int:
    """How many decimals say something."""
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def percent(share: Decimal, say: Speaker) -> str:
    return _plain(say.percent(share, decimals(share * 100)), say)


def money(amount: Decimal | int, currency: str, say: Speaker, *, places: int = 0) -> str:
    """The amount with its currency, where that is known."""
    return _plain(say.money(amount, currency, places), say)


def day(value: date, say: Speaker) -> str:
    if say.language == ENGLISH:
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return say.day(value)


def _plain(words: str, say: Speaker) -> str:
    return words.translate(_PLAIN) if say.language == ENGLISH else words
