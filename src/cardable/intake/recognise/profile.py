"""What the cells of a column look like, before its header is believed."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cardable.intake.recognise.dates import DateReading, read_dates
from cardable.intake.recognise.lexicon import cell_words
from cardable.intake.recognise.numbers import NumberReading, read_numbers
from cardable.intake.words import folded, is_cjk

SEEN = 200
"""How many filled cells of a column are looked at closely."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_URL = re.compile(
    r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|de|fr|es|nl|it|pl|br)(?:/\S*)?",
    re.I,
)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{1,4}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{5,20}\d(?:\s*(?:x|ext\.?)\s*\d+)?")
_TAX_NUMBER = re.compile(
    "|".join((
        r"[A-Z]{2}[ -]?[A-Z0-9]{8,12}", r"[A-Z]-?\d{7,8}-?[A-Z0-9]?", r"\d{8}-?[A-Z]", r"\d{2}-\d{7}",
        r"\d{2}\.?\d{3}\.?\d{3}/\d{4}-\d{2}", r"\d{3}\.\d{3}\.\d{3}-\d{2}", r"\d{2}-\d{8}-\d{1,2}",
        r"\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", r"\d{11,15}", r"\d{9,10}",
        r"\d{3}-\d{3}-\d{2}-\d{2}", r"[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}", r"\d{6}-\d{4}",
        r"\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]",
    ))
)  # fmt: skip
_POSTAL = re.compile(
    "|".join((
        r"\d{4,6}", r"\d{5}-\d{3,4}", r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
        r"\d{4} ?[A-Z]{2}", r"\d{2}-\d{3}", r"\d{4}-\d{3}", r"\d{3} \d{2}", r"(?:[A-Z]{1,2}-)?\d{4,5}",
    )),
    re.I,
)  # fmt: skip
_LEDGER = re.compile(r"\d{3,8}(?:[.-]\d+)*\s*[-–:]\s*[^\W\d]")
_KIND_AND_NUMBER = re.compile(r"[A-Za-z]{2,5}[ :-]+\d{7,11}(?:-?[\dkK])?")
_CJK_COMPANY = re.compile(r"有限公司|株式会社|公司")
_LIST_WORDS = ("method", "doctype", "status", "direction", "country", "sale")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Profile:
    """Shares, from 0 to 1, of what a column's filled cells are."""

    filled: float
    count: int
    distinct: float
    values: tuple[str, ...]
    dates: DateReading
    numbers: NumberReading
    native: str | None
    """date or number where true cells outweigh text."""
    shares: dict[str, float] = field(default_factory=dict)
    words: float = 0.0
    length: float = 0.0

    def __getitem__(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)

    @property
    def is_empty(self) -> bool:
        return self.count == 0

    @property
    def is_constant(self) -> bool:
        return self.count >= 5 and len(set(self.values)) == 1


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(folded(word) for word in cell_words()[name]) for name in _LIST_WORDS}


def _names_a_company(value: str) -> bool:
    words = value.lower().replace(".", "").replace(",", " ").split()
    return not cell_words()["legal"].isdisjoint(words) or _CJK_COMPANY.search(value) is not None


def _in_list(name: str) -> Callable[[str], bool]:
    words = _lists()[name]

    def found(value: str) -> bool:
        if len(value) > 40:
            return False
        plain = folded(value)
        if plain in words:
            return True
        least = {"method": 1, "doctype": 4}.get(name)
        return least is not None and any(len(word) >= least and word in words for word in plain.split())

    return found


_TESTS: dict[str, Callable[[str], object]] = {
    "email": _EMAIL.search,
    "url": _URL.fullmatch,
    "iban": lambda v: len(v) >= 15 and _IBAN.fullmatch(v),
    "bic": _BIC.fullmatch,
    "currency": lambda v: v.upper() in cell_words()["currency"],
    "phone": lambda v: 7 <= sum(c.isdigit() for c in v) <= 15 and _PHONE.fullmatch(v),
    "taxnumber": _TAX_NUMBER.fullmatch,
    "postal": _POSTAL.fullmatch,
    "legal": _names_a_company,
    "digits": str.isdecimal,
    "letters": lambda v: sum(c.isalpha() for c in v) >= max(2, len(v) // 2),
    "code": lambda v: " " not in v and any(c.isdigit() for c in v) and len(v) <= 40 and not is_cjk(v),
    "masked": lambda v: "***" in v or "xxx" in v.lower(),
    "year": lambda v: len(v) == 4 and v.isdecimal() and "1980" <= v <= "2060",
    "month": lambda v: v.isdecimal() and len(v) <= 2 and 1 <= int(v) <= 12,
    "spaced": lambda v: " " in v,
    "percent": lambda v: v.endswith("%"),
    "bool": lambda v: v.lower() in cell_words()["boolean"],
    "dash": lambda v: v in "-/.\\",
    "ledger": _LEDGER.match,
    "numbered": _KIND_AND_NUMBER.fullmatch,
    "long": lambda v: " " not in v and sum(c.isdigit() for c in v) >= 8,
}


def profile(cells: Sequence[str | None], natives: dict[str, int], *, month_first: bool = False) -> Profile:
    """What a column's cells look like; `cells` holds the sampled rows after the header."""
    filled = [
        cell
        for cell in cells
        if cell is not None and cell not in ("-", "/", "--", "n/a", "N/A", "NULL", "null")
    ]
    near = _spread(filled, SEEN)
    counts = Counter(near)
    kind = _native_kind(natives)
    numbers = read_numbers(near)
    return Profile(
        filled=len(filled) / len(cells) if cells else 0.0,
        count=len(filled),
        distinct=len(set(filled)) / len(filled) if filled else 0.0,
        values=tuple(near),
        dates=_dates(filled, near, month_first=month_first),
        numbers=numbers,
        native=kind,
        shares=_shares(counts, len(near)),
        words=sum(len(_WORD.findall(v)) * n for v, n in counts.items()) / (len(near) or 1),
        length=sum(len(v) * n for v, n in counts.items()) / (len(near) or 1),
    )


def _dates(filled: Sequence[str], near: Sequence[str], *, month_first: bool) -> DateReading:
    """Few cells tell whether a column holds dates; all of them tell the order."""
    first = read_dates(near, month_first=month_first)
    return read_dates(filled, month_first=month_first) if first.share > 0.3 and first.order else first


def _spread(values: Sequence[str], most: int) -> Sequence[str]:
    step = -(-len(values) // most) if len(values) > most else 1
    return values[::step]


def _native_kind(natives: dict[str, int]) -> str | None:
    text = natives.get("text", 0) - 1
    for kind in ("date", "number"):
        if natives.get(kind, 0) > 0 and natives.get(kind, 0) >= text:
            return kind
    return None


def _shares(counts: Counter[str], total: int) -> dict[str, float]:
    if not total:
        return {}
    found = {name: _share(counts, test) / total for name, test in _TESTS.items()}
    short = sum(n for v, n in counts.items() if len(v) <= 40) / total
    if short > 0.5 and len(counts) <= 60:
        found |= {name: _share(counts, _in_list(name)) / total for name in _LIST_WORDS}
    return found


def _share(counts: Counter[str], test: Callable[[str], object]) -> int:
    return sum(n for value, n in counts.items() if test(value))


def share_after(earlier: Iterable[object], later: Iterable[object]) -> float:
    """Of the rows that have both, the share where the second is not before the first."""
    pairs = [(a, b) for a, b in zip(earlier, later, strict=True) if a is not None and b is not None]
    return sum(b >= a for a, b in pairs) / len(pairs) if pairs else 0.5  # type: ignore[operator]
