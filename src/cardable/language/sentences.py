"""Sentences in English, written so that `make messages` finds them for translation."""

from typing import Any


def said(pattern: str, /, **values: Any) -> str:
    """The sentence in English with its values in it: `said("Row {row} is empty.", row=3)`."""
    return pattern.format(**values) if values else pattern


def said_many(count: int, one: str, many: str, /, **values: Any) -> str:
    """The sentence for this count in English; `{count}` stands in it as `1,234`."""
    return (one if count == 1 else many).format(count=f"{count:,}", **values)


def noted(text: str, /) -> str:
    """The text itself: a label that a `Speaker` says later."""
    return text
