"""Words of closed lists (statuses, document types, currencies…) in the languages of the files."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_WORD = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]+)*")


def normalised(text: str) -> str:
    """Lower case without accents, every run of other signs one blank, as keywords are compared."""
    decomposed = unicodedata.normalize("NFKD", text).replace("ł", "l").replace("Ł", "l").replace("ø", "o")
    plain = "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


@cache
def _listed() -> tuple[tuple[str, str, str], ...]:
    """Every word with its list and its meaning there."""
    text = (files(__package__) / "words.csv").read_text("utf-8")
    return tuple((row["list"], row["meaning"], row["word"]) for row in csv.DictReader(text.splitlines()))


def _vocabulary(*names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, meaning, word in _listed():
        if name in names:
            found.setdefault(normalised(word) or word, meaning)
    return found


BILL_STATUS: Final = _vocabulary("bill status")
PAYMENT_STATUS: Final = {
    word: meaning
    for word, meaning in _vocabulary("bill status", "payment status").items()
    if meaning == "Void"
}
SUPPLIER_STATUS: Final = _vocabulary("supplier status")
DOCUMENT_TYPE: Final = _vocabulary("document type")
LINK_TYPE: Final = _vocabulary("link type")
DIRECTION: Final = _vocabulary("direction")
_CURRENCY_SIGNS: Final = {word: meaning for name, meaning, word in _listed() if name == "currency"}
_CURRENCY_NAMES: Final = {
    normalised(word): code for word, code in _CURRENCY_SIGNS.items() if _WORD.fullmatch(word)
}
_CODES: Final = frozenset(_CURRENCY_SIGNS.values())

_DOLLARS: Final = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD")
_PESOS: Final = ("MXN", "ARS", "CLP", "COP", "UYU", "PHP")
SHARED_SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    "$": (*_DOLLARS, *_PESOS),
    "¥": ("JPY", "CNY"),
    "￥": ("CNY", "JPY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "peso": _PESOS,
    "pesos": _PESOS,
    "dollar": _DOLLARS,
    "dollars": _DOLLARS,
}
"""Signs that several currencies use; the first is taken where nothing tells which."""


def is_shared_sign(text: str) -> bool:
    """Whether the text is a sign or name that several currencies use."""
    return _sign(text) in SHARED_SIGNS


def _sign(text: str) -> str:
    return text.strip().casefold().rstrip(".")


def meaning(vocabulary: Mapping[str, str], text: str) -> str | None:
    """What the text means: as a whole, else by the longest phrase of the list within it."""
    plain = normalised(text) or text.strip()
    if plain in vocabulary:
        return vocabulary[plain]
    return _longest(vocabulary, f" {plain} ")


def _longest(vocabulary: Mapping[str, str], padded: str) -> str | None:
    phrases: Iterable[str] = [word for word in vocabulary if len(word) > 2 and f" {word} " in padded]
    longest = max(phrases, key=lambda word: (len(word), word), default=None)
    return vocabulary[longest] if longest else None


def currency(text: str, usual: str | None = None) -> str | None:
    """The ISO code of a currency's code, name or sign; `usual` decides what a bare `$` is."""
    sign = _sign(text)
    if sign in SHARED_SIGNS:
        return usual if usual in SHARED_SIGNS[sign] else SHARED_SIGNS[sign][0]
    if sign in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[sign]
    plain = normalised(text)
    if plain in _CURRENCY_NAMES:
        return _CURRENCY_NAMES[plain]
    if re.fullmatch(r"[a-z]{3}", plain):
        return plain.upper()
    codes = [word.upper() for word in plain.split() if word.upper() in _CODES]
    return codes[0] if codes else _longest(_CURRENCY_NAMES, f" {plain} ")


def currency_in_header(header: str) -> str | None:
    """The currency a heading such as “Amount (EUR)” or “金额(元)” names."""
    code = re.search(rf"(?<![A-Za-z])({'|'.join(sorted(_CODES))})(?![A-Za-z])", header)
    certain = ("USD", "EUR", "GBP", "CAD")
    if code and (not header.isupper() or f"({code[1]})" in header or code[1] in certain):
        return code[1]
    sign = re.search(r"[€£₹₺₽₴₪₩฿₫₱₦]|[(（]元[)）]|R\$|zł|Kč", header)
    return currency(sign[0].strip("()（）")) if sign else None
