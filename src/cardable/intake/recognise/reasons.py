"""Why a column or a table was understood as it was, in words a bookkeeper uses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cardable.intake.recognise.context import days_between
from cardable.intake.recognise.evidence import is_date, types
from cardable.intake.recognise.headers import labels
from cardable.intake.recognise.lexicon import LANGUAGES
from cardable.intake.recognise.profile import Profile

if TYPE_CHECKING:
    from cardable.intake.recognise.table import Seen

_KINDS = {
    "suppliers": "a list of suppliers",
    "bills": "bills",
    "payments": "payments",
    "expenses": "expenses",
    "other": "something other than suppliers, bills, payments or expenses",
}
_CELLS = {
    "number": "numbers", "email": "e-mail addresses", "currency": "currency codes", "iban": "IBANs",
    "postal": "postal codes", "phone": "telephone numbers", "country": "countries",
    "taxnumber": "tax numbers", "bic": "BICs",
}  # fmt: skip


def of_kind(kind: str, signs: str) -> str:
    """Why a table is of its kind."""
    name = _KINDS.get(kind, kind.replace("_", " "))
    return f"It looks like {name}: it has {signs}." if signs else f"It looks most like {name}."


def of_column(
    seen: "Seen", position: int, uses: Sequence[str | None], scores: Sequence[dict[str, float]]
) -> str:
    """One line: what the header means, and what the cells add to that."""
    header, use = seen.headers[position], uses[position]
    if use is None:
        return _left_out(seen, position, uses, scores)
    label = labels().get(use, use.replace("_", " "))
    cells = _cells(seen, position, use, uses)
    if use not in header.scores:
        return f"The header does not say, but the cells look like {label}{cells and ': ' + cells}."
    language = LANGUAGES.get(header.languages.get(use, ""), "")
    spoken = f" in {language}" if language and language != "English" else ""
    return f"Header “{header.text}” means {label}{spoken}{cells and '; ' + cells}."


def _cells(seen: "Seen", position: int, use: str, uses: Sequence[str | None]) -> str:
    """What share of the cells look as they should, and how a due date follows the document's."""
    profile = seen.profiles[position]
    if profile.is_empty:
        return "the column is empty"
    if types().get(use) == "date":
        text = _share(1.0 if profile.native == "date" else profile.dates.share, "dates")
        if use == "due_date" and "issue_date" in uses:
            gap = days_between(seen.profiles, seen.rows, list(uses).index("issue_date"), position)
            text += f", on average {gap:.0f} days after the date of the document" if gap is not None else ""
        return text
    look = types().get(use, "any")
    if look == "number":
        return _share(profile.numbers.share, "numbers")
    return _share(profile[look], _CELLS[look]) if look in _CELLS and profile[look] >= 0.3 else ""


def _share(share: float, things: str) -> str:
    return (
        f"all values are {things}"
        if share > 0.995
        else f"{share:.0%} of values are {things}".replace("%", " %")
    )


def _left_out(
    seen: "Seen", position: int, uses: Sequence[str | None], scores: Sequence[dict[str, float]]
) -> str:
    header, profile = seen.headers[position], seen.profiles[position]
    if not header.text:
        return "The column has no name and no values." if profile.is_empty else _unnamed(profile)
    column = scores[position]
    named = max(column, key=lambda use: column[use], default="")
    if named.startswith("-"):
        return f"Header “{header.text}” says {named[1:]}, which the reports do not need."
    if named in uses:
        other = seen.names[list(uses).index(named)]
        return f"It could be {labels().get(named, named)}, but column “{other}” fits better."
    if named:
        return f"Header “{header.text}” may mean {labels().get(named, named)}, but the cells do not."
    return f"Header “{header.text}” is not one we know, and its cells do not tell what it is."


def _unnamed(profile: Profile) -> str:
    kind = "dates" if is_date(profile) else "values"
    return f"The column has no name, and its {kind} do not tell what they are."
