"""How wide a text is in Arial, so that nothing on a slide runs over its edge."""

import unicodedata

_THOUSANDTHS = dict.fromkeys(" !,./:;I[\\]", 278) | {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys("ft", 278),
    **dict.fromkeys("()r-`", 333),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("FTZ", 611),
    "M": 833,
    "m": 833,
    "W": 944,
    "%": 889,
    "@": 1015,
    "…": 1000,
    "–": 556,
    "|": 260,
    "*": 389,
}
_USUAL = 556
_WIDE = 1000
_BOLD = 1.08


def width(text: str, points: float, *, bold: bool = False) -> float:
    """The width of a line in inches; a cautious guess for letters outside the Latin alphabet."""
    return sum(map(_letter, text)) * points * (_BOLD if bold else 1.0) / 72_000


def fitting(text: str, room: float, points: float, *, least: float, bold: bool = False) -> float:
    """The largest size, at most `points` and at least `least`, at which the line fits in `room` inches."""
    wide = width(text, points, bold=bold)
    return points if wide <= room else max(least, int(points * room / wide * 2) / 2)


def shortened(text: str, room: float, points: float, *, bold: bool = False) -> str:
    """The text, cut at its end with an ellipsis where it would not fit in `room` inches."""
    text = " ".join(text.split())
    if width(text, points, bold=bold) <= room:
        return text
    kept = len(text)
    while kept and width(text[:kept] + "…", points, bold=bold) > room:
        kept -= 1
    while kept and unicodedata.combining(text[kept]):
        kept -= 1
    return text[:kept].rstrip(" ,.;:-") + "…"


def lines(text: str, room: float, points: float, *, bold: bool = False) -> int:
    """How many lines the text takes when it is wrapped at `room` inches."""
    count, taken, space = 1, 0.0, width(" ", points, bold=bold)
    for word in text.split():
        wide = width(word, points, bold=bold)
        if taken and taken + space + wide > room:
            count, taken = count + 1, wide
        else:
            taken += wide + (space if taken else 0)
    return count


def _letter(letter: str) -> int:
    if letter in _THOUSANDTHS:
        return _THOUSANDTHS[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", letter)[0]
    return _THOUSANDTHS.get(base, _USUAL if base.isascii() or not base.isupper() else 722)


def is_right_to_left(text: str) -> bool:
    """Whether the text begins, letters only, in a script written from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def kept_apart(name: str) -> str:
    """A name that may stand in an English sentence without turning what is beside it.

    A right-to-left one gets a left-to-right mark on either side.
    """
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u200e{name}\u200e" if turns else name
