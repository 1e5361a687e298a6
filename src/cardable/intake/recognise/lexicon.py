"""The vocabulary: which words of which language name which concept."""

import csv
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from cardable.intake.words import folded, is_cjk, umlaut_spellings
from cardable.language import noted

LANGUAGES = {
    "en": "English", "fr": noted("French"), "de": noted("German"), "es": noted("Spanish"),
    "nl": noted("Dutch"), "pt": noted("Portuguese"), "it": noted("Italian"), "pl": noted("Polish"),
    "cs": noted("Czech"), "nordic": noted("the Nordic languages"), "hu": noted("Hungarian"),
    "ro": noted("Romanian"), "tr": noted("Turkish"), "zh_ja": noted("Chinese or Japanese"),
    "erp": noted("accounting systems"),
}  # fmt: skip
_FOLDER = files("cardable.intake.recognise") / "vocabulary"
_SHORT_ENDS = frozenset(("no", "nr", "id", "dt"))
_LINKS = ("", "s", "n", "en", "e", "es", "er", "und", "te")
_ENDINGS = ("s", "es", "en", "n", "e", "er", "i", "a", "y")


@dataclass(frozen=True)
class Sense:
    """One thing a word can mean: concepts to combine, or (`@use`) the use itself."""

    language: str
    concepts: tuple[str, ...]


def table(name: str) -> list[dict[str, str]]:
    """The rows of one file of the vocabulary."""
    return list(csv.DictReader((_FOLDER / name).read_text(encoding="utf-8").splitlines()))


@lru_cache(maxsize=4)
def word_set(name: str) -> frozenset[str]:
    """The words of one file of the vocabulary that lists nothing else."""
    return frozenset((_FOLDER / name).read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def cell_words() -> dict[str, frozenset[str]]:
    """Lists of what cells say: payment methods, statuses, words of a total…"""
    return {row["list"]: frozenset(row["words"].split("|")) for row in table("cells.csv")}


def _spellings(phrase: str) -> set[str]:
    if phrase.isascii():
        return {folded(phrase)}
    return {folded(spelling) for spelling in umlaut_spellings(phrase)}


@lru_cache(maxsize=1)
def senses() -> dict[str, tuple[Sense, ...]]:
    """Every phrase of every language with all it can mean."""
    found: dict[str, list[Sense]] = {}
    for language in LANGUAGES:
        for line in (_FOLDER / f"{language}.csv").read_text(encoding="utf-8").splitlines():
            meaning, _, phrases = line.partition(",")
            concepts = (meaning,) if meaning in _JOINED or meaning[0] == "@" else tuple(meaning.split())
            sense = Sense(language, concepts)
            for phrase in phrases.split("|"):
                for key in _spellings(phrase):
                    known = found.setdefault(key, [])
                    if sense not in known:
                        known.append(sense)
    found.pop("", None)
    return {key: tuple(value) for key, value in found.items()}


_JOINED = frozenset({"value date", "balance sheet"})
"""Concepts whose names have two words."""


@lru_cache(maxsize=1)
def _single_words() -> frozenset[str]:
    return frozenset(key for key in senses() if " " not in key and (len(key) >= 3 or is_cjk(key)))


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    """Words with one letter left out, to find a word that is one slip away."""
    return {
        word[:i] + word[i + 1 :]: word for word in _single_words() if len(word) >= 6 for i in _slips(word)
    }


def _slips(word: str) -> range:
    """Where a letter may be amiss: not at the end of a short word, which may be another word's inflection."""
    return range(1, len(word) if len(word) >= 8 else len(word) - 1)


@lru_cache(maxsize=1)
def _skeletons() -> tuple[tuple[str, str], ...]:
    """English words without their vowels, in order: what hasty abbreviations leave of them."""
    words = (w for w in _single_words() if len(w) >= 6 and any(s.language == "en" for s in senses()[w]))
    return tuple(sorted((_skeleton(word), word) for word in words))


@lru_cache(maxsize=1)
def _ordered_words() -> tuple[str, ...]:
    return tuple(sorted(_single_words()))


def words_starting(start: str) -> tuple[str, ...]:
    """The known words that begin so."""
    first = bisect_left(_ordered_words(), start)
    last = bisect_left(_ordered_words(), start + "\uffff")
    return _ordered_words()[first:last]


def _skeleton(word: str) -> str:
    bare = word[0] + "".join(c for c in word[1:] if c not in "aeiou")
    return bare[0] + "".join(b for a, b in pairwise(bare) if a != b)


@lru_cache(maxsize=5000)
def parts(word: str) -> tuple[str, ...]:
    """The known words an unknown one is made of: compounds, plurals, slips and abbreviations."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4 and word[: -len(ending)] in _single_words():
            return (word[: -len(ending)],)
    return _compound(word) or _slip(word) or _abbreviation(word)


def _compound(word: str) -> tuple[str, ...]:
    """The word as two to four known ones with at most a linking sound between them."""
    words, shortest = _single_words(), 1 if is_cjk(word) else 2
    best: list[tuple[int, tuple[str, ...]] | None] = [None] * (len(word) + 1)
    best[0] = (0, ())
    for end in range(shortest, len(word) + 1):
        for start in range(end):
            before, piece = best[start], word[start:end]
            if before is None:
                continue
            stem = _stem_of_part(piece, words, last=end == len(word))
            if stem and (best[end] is None or before[0] + _cost(piece, stem) < best[end][0]):  # type: ignore[index]
                best[end] = (before[0] + _cost(piece, stem), (*before[1], stem))
    found = best[len(word)]
    return found[1] if found and 2 <= len(found[1]) <= 4 else ()


def _cost(piece: str, stem: str) -> int:
    return 10 + 3 * (len(piece) - len(stem)) + (4 if len(stem) < 4 else 0)


def _stem_of_part(piece: str, words: frozenset[str], *, last: bool) -> str | None:
    if piece in words and (len(piece) >= 3 or is_cjk(piece)):
        return piece
    if last and piece in _SHORT_ENDS:
        return piece
    for link in _LINKS[1:]:
        if piece.endswith(link) and len(piece) - len(link) >= 4 and piece[: -len(link)] in words:
            return piece[: -len(link)]
    return None


def _slip(word: str) -> tuple[str, ...]:
    """The known word that is one letter off."""
    if len(word) < 6:
        return ()
    if word in _neighbours():
        return (_neighbours()[word],)
    for i in _slips(word):
        shorter = word[:i] + word[i + 1 :]
        if shorter in _single_words() and len(shorter) >= 5:
            return (shorter,)
        if shorter in _neighbours():
            return (_neighbours()[shorter],)
    return ()


def _abbreviation(word: str) -> tuple[str, ...]:
    """The English word a vowelless or cut-off one stands for."""
    if len(word) < 4 or is_cjk(word):
        return ()
    bare = _skeleton(word)
    vowels = sum(c in "aeiou" for c in word)
    if len(bare) >= 4 and vowels <= 0.26 * len(word):
        first = bisect_left(_skeletons(), (bare, ""))
        for skeleton, whole in _skeletons()[first : first + 8]:
            if skeleton.startswith(bare) and len(whole) > len(word):
                return (whole,)
    if len(word) >= 5:
        longer = words_starting(word)
        return (min(longer, key=len),) if longer else ()
    return ()
