"""How each language writes numbers, amounts and days."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Format:
    """The marks of one language."""

    group: str
    decimal: str
    percent: str
    months: tuple[str, ...]
    """As short as the language writes them in a date."""
    day: str
    currency_first: bool
    quotes: tuple[str, str]
    colon: str = ": "
    first: str = "1"
    """How the first day of a month is written."""
    alternative: str = " or "


FORMATS = {
    "en": Format(
        group=",",
        decimal=".",
        percent="%",
        months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        day="{month} {day}, {year}",
        currency_first=True,
        quotes=("“", "”"),
    ),
    "fr-ca": Format(
        group=NO_BREAK,
        decimal=",",
        percent=f"{NO_BREAK}%",
        months=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.",
                "déc."),
        day="{day} {month} {year}",
        currency_first=False,
        colon=f"{NO_BREAK}: ",
        first="1er",
        alternative=" ou ",
        quotes=(f"«{NO_BREAK}", f"{NO_BREAK}»"),
    ),
}  # fmt: skip


def number(value: Decimal | int, places: int, language: str) -> str:
    """The number in groups of three, rounded half up: `1,234.50`, `1 234,50`; a true minus sign before it."""
    marks = FORMATS[language]
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, rest = f"{abs(rounded):,f}".partition(".")
    words = whole.replace(",", marks.group) + (marks.decimal + rest if rest else "")
    return f"{MINUS}{words}" if rounded < 0 else words


def in_currency(words: str, currency: str | None, language: str) -> str:
    """An amount with its currency on the side where the language has it: `USD 12.00`, `12,00 USD`."""
    if not currency:
        return words
    pair = (currency, words) if FORMATS[language].currency_first else (words, currency)
    return NO_BREAK.join(pair)


def day(value: date, language: str) -> str:
    """A day: `Feb 12, 2026`, `12 févr. 2026`, `1er févr. 2026`."""
    marks = FORMATS[language]
    day = marks.first if value.day == 1 else value.day
    return marks.day.format(day=day, month=marks.months[value.month - 1], year=value.year)


def quoted(words: str, language: str) -> str:
    """Somebody's own words, in the language's quotation marks."""
    return words.join(FORMATS[language].quotes)
