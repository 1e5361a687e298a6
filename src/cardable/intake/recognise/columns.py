"""What each column means: header and cells weighed together, all columns at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardable.intake.recognise import reasons
from cardable.intake.recognise.assign import best_assignment
from cardable.intake.recognise.confidence import confidence
from cardable.intake.recognise.context import (
    adjust_for_bank_blocks,
    adjust_for_date_order,
    adjust_for_document_numbers,
    adjust_for_keys,
    adjust_for_neighbours,
    adjust_for_sums,
    adjust_for_supplier_numbers,
)
from cardable.intake.recognise.evidence import fit
from cardable.intake.recognise.guesses import guesses
from cardable.intake.recognise.headers import Header
from cardable.intake.recognise.kinds import kind_deltas, score_kinds
from cardable.intake.recognise.leftovers import settle_dates
from cardable.intake.recognise.parties import is_customer_table, keep_to_the_other_side
from cardable.intake.recognise.profile import Profile
from cardable.intake.recognise.statements import statement
from cardable.language import said

if TYPE_CHECKING:
    from cardable.intake.recognise.table import Seen

_EMPTINESS = 0.42
"""What a use loses where a table has rows but none of them fills the column."""
NOTHING = 0.36
"""What leaving a column out is worth: a use must say more than that."""
_FILE_NAME, _SHEET_NAME, _TITLE, _SHORT_TITLE = 0.7, 0.6, 0.4, 1.8
_PARTY = frozenset(
    (
        "supplier_id", "supplier_name", "tax_number", "registration_number", "email", "phone", "city",
        "address_line1", "address_line2", "region", "postal_code", "country", "iban", "bic", "bank_name",
        "bank_account", "contact_name",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a table is and what its columns mean, one entry a column."""

    kind: str
    kind_confidence: float
    kind_reason: str
    counterparty: str
    uses: tuple[str | None, ...]
    confidences: tuple[float, ...]
    reasons: tuple[str, ...]


def answer(seen: "Seen", *, file: str, kind: str | None) -> Answer:
    """The likeliest kind with the best assignment of uses to columns."""
    customers = is_customer_table(seen.headers, seen.profiles)
    found = statement(seen.headers, seen.profiles, seen.rows)
    points = score_kinds(seen.headers, seen.profiles, _hints(seen, file), found, customers=customers)
    chosen = kind or points.best
    in_use = any(p.count for p in seen.profiles)
    scores = [_column_scores(h, p, in_use=in_use) for h, p in zip(seen.headers, seen.profiles, strict=True)]
    adjust_for_bank_blocks(scores, seen.headers)
    adjust_for_neighbours(scores, seen.headers, seen.profiles)
    adjust_for_sums(scores, seen.profiles, seen.rows, [p.numbers.decimal for p in seen.profiles])
    adjust_for_date_order(scores, seen.profiles, seen.rows)
    adjust_for_supplier_numbers(scores, seen.headers, seen.profiles, seen.rows)
    adjust_for_document_numbers(scores, seen.headers, seen.profiles)
    keep_to_the_other_side(scores, seen.headers, seen.profiles, found, chosen)
    adjust_for_keys(scores, seen.profiles, chosen)
    settle_dates(scores, seen.headers, seen.profiles, chosen)
    named = [_for_kind(column, chosen, customers=customers) for column in scores]
    nothing = [_nothing(column) for column in named]
    wanted = [{use: s for use, s in column.items() if use[0] != "-"} for column in named]
    uses = best_assignment(wanted, nothing)
    settled = [confidence(c, wanted, nothing, uses, unread=_is_unread(seen, c)) for c in range(len(uses))]
    return Answer(
        kind=chosen,
        kind_confidence=1.0 if kind else points.confidence(chosen),
        kind_reason=said("You said so.") if kind else reasons.of_kind(chosen, points.reason(chosen)),
        counterparty="customer" if customers else "supplier",
        uses=tuple(uses),
        confidences=tuple(settled),
        reasons=tuple(reasons.of_column(seen, c, uses, named) for c in range(len(uses))),
    )


def _hints(seen: "Seen", file: str) -> list[tuple[str, float]]:
    """Titles and names around the table, with how much each may say of its kind."""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    hints = [(stem, _FILE_NAME)]
    if seen.grid.sheet:
        hints.append((seen.grid.sheet, _SHEET_NAME))
    above = seen.grid.head[: seen.place.row or 0]
    titles = [cell for row in above for cell in row if cell and len(cell) <= 60]
    return hints + [(title, _SHORT_TITLE if len(title.split()) <= 2 else _TITLE) for title in titles[:4]]


def _column_scores(header: Header, seen: Profile, *, in_use: bool) -> dict[str, float]:
    """For each use, what header and cells say together."""
    scores = {}
    missing = _EMPTINESS if seen.is_empty and in_use else 0.2 * max(0.0, 1 - seen.filled * 2) * in_use
    for use, score in header.scores.items():
        total = min(score, 1.2) + fit(use, seen) - missing * (use[0] != "-")
        if total > 0.05:
            scores[use] = total
    if not header.text and in_use and seen.filled < 0.2 and not seen.is_empty:
        return scores  # What a few rows have too many says nothing.
    silent = 1.0 if not header.text else 0.9 if not header.concepts else 0.0
    for use, guess in guesses(seen).items():
        worth = guess * silent if silent else guess * 0.5 if header.best < 0.5 else guess * 0.35
        if worth > scores.get(use, 0.0) and use[0] != "-":
            scores[use] = worth
    return scores


def _for_kind(column: dict[str, float], kind: str, *, customers: bool) -> dict[str, float]:
    deltas = kind_deltas(kind)
    return {
        use: score + deltas.get(use, 0.0)
        for use, score in column.items()
        if not (customers and use in _PARTY)
    }


def _nothing(column: dict[str, float]) -> float:
    """What leaving a column out is worth: more where its header says it is something else."""
    return max(NOTHING, max((score for use, score in column.items() if use[0] == "-"), default=0.0))


def _is_unread(seen: "Seen", position: int) -> bool:
    """Whether a column holds something under a header in which the vocabulary knows no word."""
    return not seen.headers[position].concepts and not seen.profiles[position].is_empty
