"""What a header text says its column is, before its cells are looked at."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from cardable.intake.recognise.dressing import undressed
from cardable.intake.recognise.lexicon import Sense, parts, senses, table, word_set, words_starting
from cardable.intake.words import is_cjk, tokens

_LONGEST_PHRASE = 5
AGE = re.compile(
    r"(?:days? )?[<>≤≥]?\s*\d{1,3}\s*(?:[-–]|to|a|bis|à)\s*\d{1,3}(?: \w+)?"
    r"|[<>≥]\s*\d{1,3}\+?(?: \w+)?|\d{1,3}\s*\+(?: \w+)?",
    re.I,
)
"""How old a debt is, as the columns of an ageing list are named."""
UNKNOWN_PULL = 0.1
_NUMBERED = {"1": "one", "2": "two"}


@dataclass(frozen=True)
class Reading:
    """One way to read a header: its concepts, how many words stay unknown, and what that costs."""

    concepts: frozenset[str]
    unknown: int
    penalty: float
    language: str
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Header:
    """A header's text and all it can mean: for each use, how strongly the text says so."""

    text: str
    scores: dict[str, float]
    languages: dict[str, str]
    concepts: frozenset[str]

    @property
    def best(self) -> float:
        return max(self.scores.values(), default=0.0)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[tuple[str, float, frozenset[str]], ...]]:
    """The patterns by their first concept."""
    found: dict[str, list[tuple[str, float, frozenset[str]]]] = {}
    for row in table("patterns.csv"):
        needed = _pattern_concepts(row["concepts"])
        found.setdefault(sorted(needed)[0], []).append((row["use"], float(row["weight"]), needed))
    return {key: tuple(value) for key, value in found.items()}


def _pattern_concepts(text: str) -> frozenset[str]:
    for joined in ("value date", "balance sheet"):
        if joined in text:
            return frozenset({joined, *text.replace(joined, "").split()})
    return frozenset(text.split())


@lru_cache(maxsize=1)
def _pulls() -> dict[str, float]:
    return {row["concept"]: float(row["pull"]) for row in table("concepts.csv")}


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """For each use, what a bookkeeper calls it."""
    return {row["use"]: row["label"] for row in table("uses.csv")}


@lru_cache(maxsize=1)
def set_aside() -> dict[str, str]:
    """For each thing the reports do not need, what a bookkeeper calls it."""
    return {row["use"]: row["label"] for row in table("set_aside.csv")}


@lru_cache(maxsize=1)
def _free() -> dict[str, frozenset[str]]:
    return {row["use"]: frozenset(row["free"].split()) for row in table("uses.csv")}


_AMOUNTS = frozenset(("amount", "net_amount", "tax_amount", "amount_due", "paid_amount"))
_PAPERS = frozenset(("invoice", "document", "payment", "cheque", "trans", "order", "contract"))
"""Things with numbers of their own: a supplier's invoice number is not the supplier's."""
_NAMING_WORDS = frozenset(("code", "id", "num", "ref", "name", "type", "category", "desc", "date"))
"""Words that make of any amount a column about it: an expense code is no expense."""


@lru_cache(maxsize=4000)
def _scores(concepts: frozenset[str]) -> dict[str, float]:
    """For each use, the best pattern the concepts hold, less what the other concepts say against it."""
    found: dict[str, float] = {}
    pulls = _pulls()
    for first in concepts:
        for use, weight, needed in _patterns().get(first, ()):
            if needed <= concepts:
                free = _free().get(use, frozenset())
                rest = concepts - needed - free
                against = sum(pulls.get(c, 0.3) for c in rest)
                if use == "supplier_id" and rest & _PAPERS:
                    against += 0.3
                if use in _AMOUNTS and rest & _NAMING_WORDS:
                    against += 0.5
                score = weight - against
                if score > found.get(use, 0.0):
                    found[use] = score
    return found


def _rank(language: str, order: Sequence[str]) -> int:
    return order.index(language) if language in order else len(order)


def _options(phrase: str, order: Sequence[str]) -> list[tuple[Sense, float]]:
    """What a phrase can mean, likeliest language first, with what each later guess costs."""
    ranked = sorted(senses()[phrase], key=lambda s: _rank(s.language, order))
    chosen: list[tuple[Sense, float]] = []
    for sense in ranked:
        if all(sense.concepts != other.concepts for other, _ in chosen):
            same = not chosen or sense.language == chosen[0][0].language
            chosen.append((sense, (0.0 if same else 0.08) + _strangeness(sense.language, order)))
    return chosen[:3]


def _strangeness(language: str, order: Sequence[str]) -> float:
    """What it costs to read a word in a language few other headers of the table are in."""
    rank = _rank(language, order)
    return 0.0 if rank < 2 or language == "erp" or not order else 0.05 if rank < 4 else 0.2


def _pieces(words: Sequence[str], order: Sequence[str]) -> tuple[list[list[tuple[Sense, float]]], int]:
    """The header cut into known phrases, each with its senses, and the number of unknown words."""
    known, unknown, at = [], 0, 0
    while at < len(words):
        size = next((n for n in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1)
                     if " ".join(words[at : at + n]) in senses()), 0)  # fmt: skip
        word = words[at]
        if (
            size == 1
            and word in word_set("stop_words.txt")
            and len(words) > 1
            and not _is_chosen(word, order)
        ):
            size = 0
        if size:
            known.append(_options(" ".join(words[at : at + size]), order))
        elif word.isdecimal():
            known.append([(Sense("", (_NUMBERED.get(word, "many"),)), 0.0)] if len(word) < 3 else [])
        elif word not in word_set("stop_words.txt") and word not in word_set("money_words.txt"):
            whole = _cut_off(word, tuple(order)) or (parts(word) if len(word) > 3 or is_cjk(word) else ())
            known.extend(_options(part, order) for part in whole)
            unknown += not whole and len(word) > 1
        at += max(size, 1)
    return [piece for piece in known if piece], unknown


@lru_cache(maxsize=2000)
def _cut_off(word: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """A word of the table's language that this one is the beginning of, where all such mean the same."""
    if not order or not 3 <= len(word) <= 6:
        return ()
    longer = [w for w in words_starting(word) if any(s.language == order[0] for s in senses()[w])]
    meanings = {s.concepts for w in longer for s in senses()[w] if s.language == order[0]}
    return (longer[0],) if len(longer) >= 2 and len(meanings) == 1 else ()


def _is_chosen(word: str, order: Sequence[str]) -> bool:
    return bool(order) and any(sense.language == order[0] for sense in senses()[word]) and len(word) > 2


def _readings(text: str, order: Sequence[str]) -> Iterable[Reading]:
    pieces, unknown = _pieces(tokens(text), order)
    for combination in list(product(*pieces))[:12]:
        concepts = {c for sense, _ in combination for c in sense.concepts if c[0] != "@"}
        uses = {c[1:] for sense, _ in combination for c in sense.concepts if c[0] == "@"}
        language = next((s.language for s, _ in combination if s.language), "")
        yield Reading(frozenset(concepts), unknown, sum(p for _, p in combination), language, frozenset(uses))


def understood(text: str, order: Sequence[str] = ("en",), group: str = "", prefix: str = "") -> Header:
    """All a header can mean; a group title above it counts where the text alone says too little.

    `prefix` is a word most headers of the table begin with, which then tells nothing.
    """
    scores: dict[str, float] = {}
    languages: dict[str, str] = {}
    concepts: frozenset[str] = frozenset()
    if AGE.fullmatch(text):
        return Header(text, {"-aging bucket": 1.0}, {"-aging bucket": "en"}, frozenset(("aging",)))
    versions = list(undressed(text, prefix))
    if group:
        versions.append((f"{group} {text}", 0.02))
    for version, cost in versions:
        for reading in _readings(version, order):
            concepts = concepts or reading.concepts
            _gather(reading, cost, scores, languages)
    return Header(text, scores, languages, concepts)


def _gather(reading: Reading, cost: float, scores: dict[str, float], languages: dict[str, str]) -> None:
    lost = reading.penalty + cost + UNKNOWN_PULL * min(reading.unknown, 3)
    found = dict(_scores(reading.concepts))
    for use in reading.uses:
        against = sum(_pulls().get(c, 0.3) for c in reading.concepts)
        found[use] = max(found.get(use, 0.0), 0.98 - against)
    for use, score in found.items():
        if reading.penalty and use[0] == "-":
            continue  # What a word means in another language is no reason to leave a column out.
        if score - lost > scores.get(use, 0.0):
            scores[use] = score - lost
            languages[use] = reading.language


def languages_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The languages the headers seem to be in, likeliest first; English comes second at the latest."""
    votes: Counter[str] = Counter()
    for text in texts:
        for language in _spoken(text):
            votes[language] += 1
    most = max(votes.values(), default=0)
    ranked = [language for language, count in votes.most_common() if count >= most * 0.4 or count >= 3]
    if "en" in ranked[1:] or not ranked:
        ranked = [*ranked[:1], "en", *(r for r in ranked[1:] if r != "en")]
    return tuple(ranked)


def _spoken(text: str) -> set[str]:
    pieces, _ = _pieces(tokens(text), ())
    sets = [{sense.language for sense, _ in piece if sense.language} for piece in pieces]
    found: Counter[str] = Counter(language for one in sets for language in one)
    most = max(found.values(), default=0)
    return {language for language, count in found.items() if count == most and language != "erp"}


@lru_cache(maxsize=5000)
def known_share(text: str) -> float:
    """How much of a text the vocabulary knows, from 0 to 1; compounds only where the word is long."""
    words = [w for w in tokens(text) if not w.isdigit()]
    telling = [w for w in words if w not in word_set("stop_words.txt")]
    if not telling or len(words) > 9:
        return 0.0
    pieces, unknown = _pieces(words, ())
    known = sum(
        any(c in _naming_concepts() or c[0] == "@" for s, _ in piece for c in s.concepts) for piece in pieces
    )
    return known / (len(pieces) + unknown) if known else 0.0


@lru_cache(maxsize=1)
def _naming_concepts() -> frozenset[str]:
    """Concepts that name a column; the others are found in values as well."""
    return frozenset(row["concept"] for row in table("concepts.csv") if row["names"] == "yes")
