"""The words that tell a payment method, as the package's own table lists them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cardable.metrics.normalise import normalised


@dataclass(frozen=True)
class Keyword:
    """A phrase that means a method; `kind` is any, field or text."""

    phrase: str
    method: str
    kind: str


@cache
def keywords() -> tuple[Keyword, ...]:
    """All keywords, in the order that settles ties."""
    return tuple(
        Keyword(phrase, method, kind)
        for method, kinds in _table().items()
        if method != "blank"
        for kind, phrases in kinds.items()
        for phrase in phrases
    )


@cache
def blank_values() -> tuple[str, ...]:
    """Normalised values of a payment-method field that say no more than an empty one."""
    return ("", *(normalised(value) for value in _table()["blank"]))


@cache
def vocabulary_pattern() -> str:
    """A regular expression for a run of keyword words in a lower-case ASCII text."""
    words = sorted({word for keyword in keywords() for word in keyword.phrase.split()})
    return f"(?:\\b(?:{'|'.join(map(re.escape, words))})\\b[^a-z0-9]*)+"


@cache
def hint_pattern() -> str:
    """A regular expression found in every text that may hold a keyword: a word some keyword starts with, or
    a letter that may lose an accent and become one."""
    firsts = sorted({keyword.phrase.split()[0] for keyword in keywords()})
    return f"(?i){'|'.join(map(re.escape, firsts))}|[^\\x00-\\x7F]"


def spaced(text: str) -> str:
    """The text with a space of its own on both sides of every word."""
    return f" {text.replace(' ', '  ')} "


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(
        files("cardable.metrics").joinpath("keywords.toml").read_text("utf-8")
    )
    return found
