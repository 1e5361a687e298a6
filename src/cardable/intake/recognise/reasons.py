"""Why a column or a table was understood as it was, in words a bookkeeper uses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cardable.intake.recognise.context import days_between
from cardable.intake.recognise.evidence import is_date, types
from cardable.intake.recognise.headers import labels, set_aside
from cardable.intake.recognise.lexicon import LANGUAGES
from cardable.intake.recognise.profile import Profile
from cardable.language import noted, said

if TYPE_CHECKING:
    from cardable.intake.recognise.table import Seen

_LOOKS_LIKE = {
    "suppliers": noted("It looks like a list of suppliers: it has {signs}."),
    "bills": noted("It looks like bills: it has {signs}."),
    "payments": noted("It looks like payments: it has {signs}."),
    "expenses": noted("It looks like expenses: it has {signs}."),
    "other": noted(
        "It looks like something other than suppliers, bills, payments or expenses: it has {signs}."
    ),
}
_LOOKS_MOST_LIKE = {
    "suppliers": noted("It looks most like a list of suppliers."),
    "bills": noted("It looks most like bills."),
    "payments": noted("It looks most like payments."),
    "expenses": noted("It looks most like expenses."),
    "other": noted("It looks most like something other than suppliers, bills, payments or expenses."),
}
_CELLS = {
    "date": (noted("all values are dates"), noted("{share} % of values are dates")),
    "number": (noted("all values are numbers"), noted("{share} % of values are numbers")),
    "email": (noted("all values are e-mail addresses"), noted("{share} % of values are e-mail addresses")),
    "currency": (noted("all values are currency codes"), noted("{share} % of values are currency codes")),
    "iban": (noted("all values are IBANs"), noted("{share} % of values are IBANs")),
    "postal": (noted("all values are postal codes"), noted("{share} % of values are postal codes")),
    "phone": (noted("all values are telephone numbers"), noted("{share} % of values are telephone numbers")),
    "country": (noted("all values are countries"), noted("{share} % of values are countries")),
    "taxnumber": (noted("all values are tax numbers"), noted("{share} % of values are tax numbers")),
    "bic": (noted("all values are BICs"), noted("{share} % of values are BICs")),
}
"""What cells look like, where all of them do and where a share of them does."""


def of_kind(kind: str, signs: str) -> str:
    """Why a table is of its kind."""
    return said(_LOOKS_LIKE[kind], signs=signs) if signs else _LOOKS_MOST_LIKE[kind]


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
        if not cells:
            return said("The header does not say, but the cells look like {label}.", label=label)
        return said(
            "The header does not say, but the cells look like {label}: {cells}.", label=label, cells=cells
        )
    return _means(header.text, label, header.languages.get(use, ""), cells)


def _means(header: str, label: str, language: str, cells: str) -> str:
    known = {"header": header, "label": label, "language": LANGUAGES.get(language, ""), "cells": cells}
    if known["language"] in ("", LANGUAGES["en"]):
        if cells:
            return said("Header “{header}” means {label}; {cells}.", **known)
        return said("Header “{header}” means {label}.", **known)
    if cells:
        return said("Header “{header}” means {label} in {language}; {cells}.", **known)
    return said("Header “{header}” means {label} in {language}.", **known)


def _cells(seen: "Seen", position: int, use: str, uses: Sequence[str | None]) -> str:
    """What share of the cells look as they should, and how a due date follows the document's."""
    profile = seen.profiles[position]
    if profile.is_empty:
        return noted("the column is empty")
    look = types().get(use, "any")
    if look == "date":
        text = _share(1.0 if profile.native == "date" else profile.dates.share, look)
        if use == "due_date" and "issue_date" in uses:
            gap = days_between(seen.profiles, seen.rows, list(uses).index("issue_date"), position)
            if gap is not None:
                days = f"{gap:.0f}"
                text += ", " + said("on average {days} days after the date of the document", days=days)
        return text
    if look == "number":
        return _share(profile.numbers.share, look)
    return _share(profile[look], look) if look in _CELLS and profile[look] >= 0.3 else ""


def _share(share: float, look: str) -> str:
    all_are, some_are = _CELLS[look]
    return all_are if share > 0.995 else said(some_are, share=f"{100 * share:.0f}")


def _left_out(
    seen: "Seen", position: int, uses: Sequence[str | None], scores: Sequence[dict[str, float]]
) -> str:
    header, profile = seen.headers[position], seen.profiles[position]
    if not header.text:
        return said("The column has no name and no values.") if profile.is_empty else _unnamed(profile)
    column = scores[position]
    named = max(column, key=lambda use: column[use], default="")
    if named.startswith("-"):
        return said(
            "Header “{header}” says {label}, which the reports do not need.",
            header=header.text, label=set_aside().get(named, named[1:]),
        )  # fmt: skip
    label = labels().get(named, named)
    if named in uses:
        other = seen.names[list(uses).index(named)]
        return said("It could be {label}, but column “{column}” fits better.", label=label, column=other)
    if named:
        return said(
            "Header “{header}” may mean {label}, but the cells do not.", header=header.text, label=label
        )
    return said(
        "Header “{header}” is not one we know, and its cells do not tell what it is.", header=header.text
    )


def _unnamed(profile: Profile) -> str:
    if is_date(profile):
        return said("The column has no name, and its dates do not tell what they are.")
    return said("The column has no name, and its values do not tell what they are.")
