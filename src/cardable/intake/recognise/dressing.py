"""Headers without what dresses them: sums a report put before a name, prefixes most of a table shares."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cardable.intake.recognise.lexicon import senses
from cardable.intake.words import folded

_SUMMED = re.compile(
    r"^(?:max(?:imum)?|min(?:imum)?|sum|avg|average|grouped?|summe|somme|suma|soma|somma|som)"
    r"[ _](?:of|by|von|de|di|da|van|af|av)[ _](?=\S)",
    re.I,
)
_RATE = re.compile(r"\(?@?\s?\b\d{1,2}(?:[.,]\d{1,2})?\s?%\)?")
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
_JOIN = re.compile(r"[_.\s/:-]+")
_WITHOUT = re.compile(r"(?<![\w/])([sScC])/\s?(?=[A-Za-z]{2})")
_SPLIT = re.compile(r"\s*[/|]\s*|\s+[-–]\s+")
_SHARED = 0.6


def shared_prefix(texts: Sequence[str | None]) -> str:
    """The first word of most headers of a table, where a mark joins it to what follows; else nothing."""
    named = [text for text in texts if text]
    firsts = Counter(
        found[1].lower() for text in named if (found := re.match(r"([^\W_]+)[_.:]\w", text)) and len(text) > 4
    )
    word, count = firsts.most_common(1)[0] if firsts else ("", 0)
    return word if count >= max(3, _SHARED * len(named)) else ""


def undressed(text: str, prefix: str) -> Iterator[tuple[str, float]]:
    """The ways to read a header, plainest last, with what it costs to leave out what each leaves out."""
    whole = _WITHOUT.sub(lambda found: {"s": "sin ", "c": "con "}[found[1].lower()], _SUMMED.sub("", text))
    yield whole, 0.0
    bare = _BRACKETS.sub(" ", whole).strip()
    if bare and bare != whole:
        yield bare, 0.12
    if (plain := _RATE.sub(" ", bare).strip()) and plain != bare:
        yield plain, 0.1
    if folded(bare) not in senses():
        yield from ((part, 0.2 if later else 0.08) for later, part in enumerate(_parts(bare)))
    if prefix and bare.lower().startswith(prefix) and (rest := _JOIN.sub(" ", bare[len(prefix) :]).strip()):
        yield rest, 0.06


def _parts(text: str) -> Sequence[str]:
    """What stands on either side of a slash or dash, where both are words."""
    parts = _SPLIT.split(text)
    telling = [part for part in parts if sum(c.isalpha() for c in part) >= 3]
    return telling if 2 <= len(parts) <= 3 and telling and "_" not in text else ()
