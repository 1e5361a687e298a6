"""What an entry may say beside who, what and where: little, bounded, and never a secret."""

import re
from collections.abc import Mapping
from typing import Any

from cardable.language import noted

LONGEST, MOST_KEYS, MOST_VALUES, MOST_LETTERS = 200, 20, 40, 60
_SECRET = re.compile(r"pass(word|phrase)|secret|token|otp|seed|credential|cookie|authorization", re.I)
NAMES = (
    noted("page"), noted("status"), noted("fields"), noted("report"), noted("records"), noted("supplier"),
    noted("number"), noted("form"), noted("locale"), noted("type"), noted("reason"), noted("certificate"),
    noted("fingerprint"), noted("rows"), noted("files"), noted("request"),
)  # fmt: skip
"""What details are called, as far as we name them."""
_PAGES_OWN = ("csrfmiddlewaretoken", "next")


def bounded(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details, short enough to keep; keys that may name a secret go with their values."""
    kept = [(name, value) for name, value in details.items() if not _SECRET.search(name)]
    return {_plain(name)[:MOST_LETTERS]: _value(value) for name, value in kept[:MOST_KEYS]}


def fields_of(sent: Mapping[str, Any]) -> list[str]:
    """Which fields a form sent, by name alone."""
    names = sorted(_plain(name)[:MOST_LETTERS] for name in sent if name not in _PAGES_OWN)
    return names[:MOST_VALUES]


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each)[:MOST_LETTERS] for each in list(value)[:MOST_VALUES]]
    return _plain(value)[:LONGEST]


def _plain(value: Any) -> str:
    """Text without what a terminal or a table would act upon; PostgreSQL keeps no NUL."""
    return "".join(letter if letter.isprintable() else " " for letter in str(value))
