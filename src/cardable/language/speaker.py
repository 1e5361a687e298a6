"""Who says English sentences in the reader's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from cardable.language import formats
from cardable.language.catalogs import catalog, patterns, translated

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "fr-ca": "Français (Canada)"}
"""Every language there is, by its code, in its own words."""
ASKED = {ENGLISH: ENGLISH, "en-us": ENGLISH, "en-gb": ENGLISH, "fr": "fr-ca", "fr-ca": "fr-ca"}
"""What people and programs may ask for, and the language that serves them."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) ")
_BETWEEN_PARTS = re.compile(r", (?=(?:[^“”]|“[^”]*”)*$)")
_FILE = re.compile(r"(.{1,255}?\.\w{1,5}): ")
_QUOTATION = re.compile(r"“([^”]*)”")
_ENGLISH_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_PLAIN_NUMBER = re.compile(r"-?\d+")
_LONGEST = 2_000
"""Letters of the longest sentence that is looked for: what people write must not cost seconds."""


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


def _again(text: str, language: str) -> str:
    return (_known(text, language) if len(text) <= _LONGEST else None) or text


@lru_cache(maxsize=20_000)
def _known(text: str, language: str) -> str | None:
    """What was said, in the language: a message, several one after the other, or a pattern with values."""
    return (
        translated(text, language)
        or _one_by_one(text, language)
        or _of_file(text, language)
        or _by_pattern(text, language)
    )


def _one_by_one(text: str, language: str) -> str | None:
    """Several sentences, each of them known."""
    for gap in _BETWEEN_SENTENCES.finditer(text):
        first = _known(text[: gap.start()], language)
        rest = first and _known(text[gap.end() :], language)
        if rest:
            return f"{first} {rest}"
    return None


def _of_file(text: str, language: str) -> str | None:
    """What is said of a file, after its name and a colon."""
    named = _FILE.match(text)
    said = named and _known(text[named.end() :], language)
    return f"{named[1]}{formats.FORMATS[language].colon}{said}" if named and said else None


def _by_pattern(text: str, language: str) -> str | None:
    """The sentence by the pattern whose values are known too, else by the first that fits."""
    likely = None
    for pattern in patterns(language):
        found = pattern.values(text)
        if found is None:
            continue
        values = {
            name: said if name in pattern.quoted else _value(said, language) for name, said in found.items()
        }
        if not pattern.start:
            first, said = next(iter(found.items()))
            values[first] = values[first] or _capitalised(said, language)
        words = pattern.words.format(**{name: value or found[name] for name, value in values.items()})
        if all(values.values()):
            return words
        likely = likely or words
    return likely


def _value(said: str, language: str) -> str | None:
    """A value in the language: a number, a quotation, a message, or several with commas between them."""
    if _PLAIN_NUMBER.fullmatch(said):
        return said
    if _ENGLISH_NUMBER.fullmatch(said):
        places = len(said.partition(".")[2])
        return formats.number(Decimal(said.replace(",", "")), places, language)
    quotation = _QUOTATION.fullmatch(said)
    if quotation:
        return formats.quoted(quotation[1], language)
    # Before patterns: a list of messages can look like a sentence with values by chance.
    return (
        translated(said, language)
        or _listed(said, language)
        or _known(said, language)
        or _small(said, language)
    )


def _listed(said: str, language: str) -> str | None:
    parts = _BETWEEN_PARTS.split(said)
    known = [_value(part, language) for part in parts] if len(parts) > 1 else [None]
    return ", ".join(part for part in known if part) if all(known) else None


def _small(said: str, language: str) -> str | None:
    """A label that is written without its capital because it stands inside the sentence."""
    words = translated(said[:1].upper() + said[1:], language) if said[:1].islower() else None
    return words and words[:1].lower() + words[1:]


def _capitalised(said: str, language: str) -> str | None:
    """A value that is written with a capital only because it begins the sentence."""
    words = translated(said[:1].lower() + said[1:], language)
    return words and words[:1].upper() + words[1:]
