"""Mappings somebody settled before: for these headers, these uses, without guessing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from cardable.intake.words import normalised_header
from cardable.language import noted

_NEARLY_ALL = 0.8
_TEMPLATES = {
    "suppliers": noted("the template for suppliers"),
    "bills": noted("the template for bills"),
    "payments": noted("the template for payments"),
    "allocations": noted("the template for allocations"),
    "credit_notes": noted("the template for credit notes"),
    "expenses": noted("the template for expenses"),
    "companies": noted("the template for companies"),
    "imported_dates": noted("the template for imported dates"),
    "exchange_rates": noted("the template for exchange rates"),
}


@dataclass(frozen=True, kw_only=True)
class SavedMapping:
    """What the columns of one kind of file mean, by their normalised headers."""

    name: str
    """What a person calls it: “the template for bills”."""
    kind: str
    uses: Mapping[str, str | None]
    """Normalised header to the name of a field, or None for a column to leave out."""
    required: frozenset[str] = frozenset()
    """Normalised headers without which a file is not of this kind."""

    def fits(self, headers: Iterable[str | None]) -> bool:
        """Whether a table with these headers is meant: all that is required, and hardly a stranger."""
        found = {normalised_header(header) for header in headers if header}
        if not found or not self.required <= found or len(found & self.uses.keys()) < 2:
            return False
        known = len(found & self.uses.keys())
        return known >= _NEARLY_ALL * len(found)


def saved_mapping(
    name: str, kind: str, uses: Mapping[str, str | None], required: Iterable[str]
) -> SavedMapping:
    """A mapping by headers as people write them."""
    return SavedMapping(
        name=name,
        kind=kind,
        uses={normalised_header(header): use for header, use in uses.items()},
        required=frozenset(normalised_header(header) for header in required),
    )


@lru_cache(maxsize=1)
def built_in() -> tuple[SavedMapping, ...]:
    """The mappings of the project's own CSV templates."""
    templates = import_module("cardable.intake.templates").TEMPLATES
    return tuple(
        saved_mapping(
            _TEMPLATES[kind],
            kind,
            template.uses,
            template.required,
        )
        for kind, template in templates.items()
    )


def fitting(
    headers: Sequence[str | None], mappings: Sequence[SavedMapping], kind: str | None = None
) -> SavedMapping | None:
    """The mapping that fits these headers with the most required ones, a person's before a built-in one."""
    for group in (tuple(mappings), built_in()):
        fits = [m for m in group if kind in (None, m.kind) and m.fits(headers)]
        if fits:
            return max(fits, key=lambda m: len(m.required))
    return None
