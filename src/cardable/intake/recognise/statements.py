"""Statements of an account or a card: own side, other party, amounts both ways, a balance that runs along."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardable.intake.recognise.evidence import has_decimals, is_number
from cardable.intake.recognise.headers import Header
from cardable.intake.recognise.profile import Profile

Rows = Sequence[Sequence[str | None]]
_CENT = 0.011
_ROWS = 60
_IDENTIFYING = frozenset(("account", "iban", "bic", "card", "bank", "taxid"))
_BOOKED = frozenset(("journal", "ledger", "contra", "due", "aging"))
ENOUGH = 2.0
"""From how many points on a table is a statement."""


@dataclass(frozen=True)
class Statement:
    """What speaks for a statement, and the columns that then tell of the account, not of the other party."""

    points: float
    balance: int | None
    """The column that carries the sum of all before it."""
    own: frozenset[int]
    """Columns that name the account holder's own side: one value in every row."""

    @property
    def is_one(self) -> bool:
        return self.points >= ENOUGH


def statement(headers: Sequence[Header], profiles: Sequence[Profile], rows: Rows) -> Statement:
    """How much a table looks like a statement."""
    balance = _running_balance(headers, profiles, rows)
    own = frozenset(_own_columns(headers, profiles))
    return Statement(_points(headers, profiles, balance, own), balance, own)


def number(text: str | None, decimal: str | None) -> float | None:
    """A cell's number where `decimal` stands before its decimals; for comparing only, not for money."""
    if text is None:
        return None
    kept = "".join(c for c in text if c.isdecimal() or c == (decimal or ".")).replace(decimal or ".", ".")
    try:
        value = float(kept)
    except ValueError:
        return None
    return -value if text[0] in "-(−" or text[-1] in "-)" else value


def _running_balance(headers: Sequence[Header], profiles: Sequence[Profile], rows: Rows) -> int | None:
    """The column whose steps are the amounts of its rows, or of the rows before where the newest leads."""
    amounts = [c for c, seen in enumerate(profiles) if is_number(seen)][:8]
    for column in amounts:
        named = headers[column].concepts
        if (not named or "balance" in named) and profiles[column].filled > 0.8 and len(amounts) > 1:
            cells = [
                {c: abs(number(row[c], profiles[c].numbers.decimal) or 0.0) for c in amounts}
                for row in rows[:_ROWS]
            ]
            if _runs(cells, column, 1) or _runs(cells, column, 0):
                return column
    return None


def _runs(cells: Sequence[dict[int, float]], balance: int, later: int) -> bool:
    steps = list(pairwise(cells))
    if len(steps) < 3:
        return False
    right = 0
    for pair in steps:
        step = abs(pair[1][balance] - pair[0][balance])
        others = [value for column, value in pair[later].items() if column != balance and value]
        right += step > _CENT and any(abs(step - value) <= _CENT for value in others)
    return right >= 0.7 * len(steps)


def _own_columns(headers: Sequence[Header], profiles: Sequence[Profile]) -> list[int]:
    names = [len(set(seen.values)) for seen in profiles if seen["letters"] >= 0.4 and seen.distinct >= 0.1]
    most = max(names, default=0)
    told = any("self" in header.concepts and header.concepts & _IDENTIFYING for header in headers)
    return [
        c
        for c, (header, seen) in enumerate(zip(headers, profiles, strict=True))
        if seen.count >= 3
        and seen.filled >= 0.8
        and _is_hardly_any(len(set(seen.values)), most)
        and ("self" in header.concepts or not told)
        and (header.concepts & _IDENTIFYING or seen["iban"] == 1)
        and sum(ch.isdigit() for ch in seen.values[0]) >= 4
    ]


def _is_hardly_any(values: int, names: int) -> bool:
    """Whether there are as few values as someone has accounts, beside as many names as there are payees."""
    return names >= 2 and (values == 1 or (values <= 3 and names >= 20))


def _points(
    headers: Sequence[Header], profiles: Sequence[Profile], balance: int | None, own: frozenset[int]
) -> float:
    words = {concept for header in headers for concept in header.concepts}
    invoiced = any({"invoice", "num"} <= h.concepts or {"invoice", "date"} <= h.concepts for h in headers)
    owing = any("balance" in h.concepts for h in headers)
    both = any("debit" in h.concepts for h in headers) and any("credit" in h.concepts for h in headers)
    signed = any(
        is_number(seen) and (has_decimals(seen) or "amount" in h.concepts) and seen.numbers.negative >= 0.1
        for h, seen in zip(headers, profiles, strict=True)
    )
    other_side = any("supplier" in h.concepts and h.concepts & {"account", "iban", "bic"} for h in headers)
    marked = any(seen["direction"] >= 0.9 and seen.count for seen in profiles)
    points = 3.0 * (balance is not None) + 1.2 * bool(own) + 1.0 * ("value date" in words) + 1.0 * signed
    points += 1.5 * (owing and (both or signed or "value date" in words)) + 1.5 * both
    points += 0.8 * (other_side and (signed or marked)) + 0.8 * marked + 0.5 * ("card" in words)
    points -= 2.2 * len(words & _BOOKED) + 2.0 * invoiced
    return points if both or signed or marked or balance is not None or owing else min(points, 1.0)
