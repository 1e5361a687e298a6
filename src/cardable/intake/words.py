"""Header texts as words: what is left of a header once case, accents, marks and joins are gone."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = {
    ord(letter): plain
    for letter, plain in (
        ("ß", "ss"), ("ø", "o"), ("Ø", "o"), ("æ", "ae"), ("Æ", "ae"), ("ł", "l"), ("Ł", "l"), ("đ", "d"),
        ("Đ", "d"), ("ı", "i"), ("œ", "oe"), ("Œ", "oe"), ("’", " "), ("'", " "), ("&", " and "),
        ("%", " percent "), ("\ufeff", " "),
    )
}  # fmt: skip
_DIGRAPHS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("å"): "aa"}
_CAMEL = re.compile(r"(?<=[a-z0-9à-öø-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_NUMBER_SIGN = re.compile(r"(?<=\S)\s*#|^#+\s*$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_FOLDED = re.compile(r"[a-z]+(?: [a-z]+)*")
_PLURAL_ACRONYM = re.compile(r"\b([A-Z]{2,})s\b")


def is_cjk(text: str) -> bool:
    """Whether the text holds Chinese or Japanese characters, which are written without blanks."""
    return _CJK.search(text) is not None


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The text in lower case without accents, its words parted by single blanks."""
    if _FOLDED.fullmatch(text):
        return text
    if not (text.islower() and _PLAIN.fullmatch(text)):
        text = _parted(text)
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    plain = _NOT_WORD.sub(" ", plain)
    return " ".join(_LETTER_DIGIT.sub(" ", plain).split())


def _parted(text: str) -> str:
    """The text with blanks where points, capitals or a number sign part its words."""
    text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    text = _PLURAL_ACRONYM.sub(r"\1", text)
    text = text if is_cjk(text) else _CAMEL.sub(" ", text)
    return _NUMBER_SIGN.sub(" num ", text.translate(_LETTERS))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a header, in order."""
    return tuple(folded(text).split())


def normalised_header(text: str) -> str:
    """What two headers share when they are the same header in another dress."""
    return folded(text).replace(" ", "")


def umlaut_spellings(text: str) -> set[str]:
    """The text, and how it reads where umlauts had to be written as two letters."""
    return {text, text.translate(_DIGRAPHS)}
