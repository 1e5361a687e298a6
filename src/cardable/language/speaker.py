"""Who says English sentences in the reader's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from cardable.language import formats
from cardable.language.catalogs import catalog, patterns

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "fr-ca": "Français (Canada)"}
"""Every language there is, by its code, in its own words."""
ASKED = {ENGLISH: ENGLISH, "en-us": ENGLISH, "en-gb": ENGLISH, "fr": "fr-ca", "fr-ca": "fr-ca"}
"""What people and programs may ask for, and the language that serves them."""

_ENGLISH_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")


@dataclass(frozen=True)
class Speaker:
    """Says things in one language."""

    language: str

    def __call__(self, text: str, /, **values: Any) -> str:
        """A text in the language, with values in its places; English where nobody translated it."""
        known = text if self.language == ENGLISH or not text else catalog(self.language).gettext(text)
        return known.format(**values) if values else known

    def within(self, context: str, text: str, /, **values: Any) -> str:
        """A short text that means this only there, and is never looked for in what was kept."""
        known = text if self.language == ENGLISH else catalog(self.language).pgettext(context, text)
        return known.format(**values) if values else known

    def how_many(self, count: int, one: str, many: str, /, **values: Any) -> str:
        """The text for this count; `{count}` stands in it as the language writes numbers."""
        if self.language == ENGLISH:
            known = one if count == 1 else many
        else:
            known = catalog(self.language).ngettext(one, many, count)
        return known.format(count=self.number(count), **values)

    def again(self, sentence: str) -> str:
        """A sentence that was said in English, in the language; as it is where it is nobody's pattern."""
        return sentence if self.language == ENGLISH else _again(sentence, self.language)

    def number(self, value: Decimal | int, places: int = 0) -> str:
        """A number in groups of three: `1,234.50`."""
        return formats.number(value, places, self.language)

    def percent(self, ratio: Decimal | int, places: int = 1) -> str:
        """A ratio as a percentage: 0.1234 is `12.3%`."""
        return self.number(Decimal(ratio) * 100, places) + formats.FORMATS[self.language].percent

    def money(self, amount: Decimal | int, currency: str | None, places: int = 2) -> str:
        """An amount with its currency: `USD 1,234.50`."""
        return formats.in_currency(self.number(amount, places), currency, self.language)

    @property
    def colon(self) -> str:
        """What stands between a name and what is said of it."""
        return formats.FORMATS[self.language].colon

    def either(self, words: Sequence[str]) -> str:
        """One of several: `bank transfer, check or cash`."""
        *most, last = words
        return ", ".join(most) + formats.FORMATS[self.language].alternative + last if most else last

    def day(self, value: date) -> str:
        """A day: `Feb 12, 2026`."""
        return formats.day(value, self.language)


@cache
def speaker(language: str) -> Speaker:
    """The speaker of a language; KeyError where there is none."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Speaker(language)


@lru_cache(maxsize=20_000)
def _again(sentence: str, language: str) -> str:
    exact = catalog(language).gettext(sentence) if sentence else sentence
    if exact != sentence:
        return exact
    for pattern, words in patterns(language):
        found = pattern.fullmatch(sentence)
        if found:
            values = {name: _value(said, language) for name, said in found.groupdict().items()}
            return words.format(**values)
    return sentence


def _value(said: str, language: str) -> str:
    if _ENGLISH_NUMBER.fullmatch(said):
        places = len(said.partition(".")[2])
        return formats.number(Decimal(said.replace(",", "")), places, language)
    parts = said.split(", ")
    told = [_again(each, language) for each in parts]
    # Several things one after another are each said again, unless one of them is nobody's message.
    if len(parts) > 1 and all(new != old for new, old in zip(told, parts, strict=True)):
        return ", ".join(told)
    return _again(said, language)
