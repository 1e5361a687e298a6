"""Texts made comparable: without accents, case or punctuation."""

import re
import unicodedata

_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """The text decomposed, without accents and without case; punctuation stays."""
    cased = _without_accents(unicodedata.normalize("NFKD", text)).casefold()
    return _without_accents(unicodedata.normalize("NFKD", cased))


def normalised(text: str) -> str:
    """The folded text with one space for every run of anything but letters and digits."""
    if text.isascii():
        return " ".join(_NOT_ASCII_WORD.sub(" ", text.lower()).split())
    return " ".join("".join(each if each.isalnum() else " " for each in folded(text)).split())


def scanned(normal: str) -> str:
    """A normalised text for a search in ASCII: any other letter as a digit, which no keyword has."""
    return "".join(each if each.isascii() else "0" for each in normal)


def _without_accents(text: str) -> str:
    return "".join(each for each in text if not unicodedata.combining(each))
