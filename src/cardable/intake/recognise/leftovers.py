"""Dates that are nobody's: stamps of loading and booking, and second dates beside the one that counts."""

from collections.abc import Sequence

from cardable.intake.recognise.evidence import is_date
from cardable.intake.recognise.headers import Header
from cardable.intake.recognise.profile import Profile

Scores = list[dict[str, float]]
_ROLES = ("issue_date", "payment_date")
_PAPERS = frozenset(("invoice", "document", "issue", "purchase", "expense", "claim", "tax"))
_PAID = frozenset(("payment", "cheque", "clearing", "warrant"))
_SURE = 0.8


def settle_dates(scores: Scores, headers: Sequence[Header], profiles: Sequence[Profile], kind: str) -> None:
    """Give each date at most the role its words, its company and its values allow."""
    dates = [c for c, seen in enumerate(profiles) if is_date(seen)]
    if len(dates) < 2:
        return
    _drop_stamps(scores, profiles, dates)
    owed = any(scores[c].get("due_date", 0.0) >= _SURE for c in dates)
    if not owed and not any(_is_told(scores[c]) for c in dates):
        _book(scores, dates)
    generic = [c for c in dates if _is_generic(headers[c], scores[c])]
    if owed and kind in ("bills", "payments"):
        plain = [c for c in generic if "-posting date" not in scores[c]]
        _make(scores, plain[:1], "issue_date", where_not=_said(scores, dates, "issue_date"))
    others = [c for c in dates if c not in generic]
    if kind in ("payments", "expenses"):
        _one_generic_date(scores, generic, paid=_said(scores, others, "payment_date"))


def _is_generic(header: Header, column: dict[str, float]) -> bool:
    """Whether a date's header says no more than that it is one."""
    return not header.concepts & (_PAPERS | _PAID) and max(column.get(role, 0.0) for role in _ROLES) >= 0.3


def _said(scores: Scores, dates: Sequence[int], use: str) -> bool:
    return any(scores[c].get(use, 0.0) >= _SURE for c in dates)


def _drop_stamps(scores: Scores, profiles: Sequence[Profile], dates: Sequence[int]) -> None:
    """A date that is the same in every row, beside dates that are not, tells when the list was made."""
    varied = any(len(set(profiles[c].values)) > 3 for c in dates)
    for c in dates:
        if varied and profiles[c].count >= 8 and len(set(profiles[c].values)) == 1:
            for role in _ROLES:
                scores[c][role] = scores[c].get(role, 0.0) - 0.45


def _is_told(column: dict[str, float]) -> bool:
    """Whether a date's header says what it is a date of."""
    return "-posting date" not in column and max(column.get(role, 0.0) for role in _ROLES) >= 0.5


def _book(scores: Scores, dates: Sequence[int]) -> None:
    """Where no date says more, the date of booking is the date."""
    booked = [c for c in dates if scores[c].get("-posting date", 0.0) > 0.0]
    for c in booked[:1]:
        scores[c]["payment_date"] = max(scores[c].get("payment_date", 0.0), 0.5) + 0.28


def _make(scores: Scores, columns: Sequence[int], use: str, *, where_not: bool) -> None:
    for c in columns:
        if not where_not and scores[c].get(use, 0.0) > 0.25:
            scores[c][use] += 0.15


def _one_generic_date(scores: Scores, generic: Sequence[int], *, paid: bool) -> None:
    """Of dates that say nothing of themselves the likeliest is the date; the others are left out."""
    if not generic:
        return
    ranked = sorted(generic, key=lambda c: (-max(scores[c].get(role, 0.0) for role in _ROLES), c))
    for c in ranked if paid else ranked[1:]:
        scores[c]["payment_date"] = scores[c].get("payment_date", 0.0) - 0.5
    for c in ranked[1:]:
        scores[c]["issue_date"] = scores[c].get("issue_date", 0.0) - 0.5
