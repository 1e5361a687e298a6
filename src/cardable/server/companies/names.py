"""Company names as they are kept and compared."""

import unicodedata

from cardable.metrics.normalise import folded

LONGEST_NAME = 200
_MARKS = "-'&@.,?! "
_LONGEST_FOLDED = 250


def clean_name(text: str) -> str:
    """The name with the characters it may hold: letters and digits of any script, spaces, - ' & @ . , ? !"""
    kept = (each for each in unicodedata.normalize("NFC", _spaced(text)) if _may_stay(each))
    return _spaced("".join(kept))


def folded_name(name: str) -> str:
    """The name without accents and case, for search and order."""
    return folded(name)[:_LONGEST_FOLDED]


def _may_stay(character: str) -> bool:
    # Marks (M) are parts of letters in many scripts.
    return character in _MARKS or unicodedata.category(character)[0] in "LMN"


def _spaced(text: str) -> str:
    return " ".join(text.split())
