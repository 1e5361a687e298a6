"""The settings of the Link that are no texts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

DATA_TYPES = {
    "suppliers": _("Suppliers: names, addresses, contacts and tax numbers."),
    "bills": _("Bills and credit notes: dates, amounts, currencies and what is still due."),
    "payments": _("Payments: dates, amounts, payment methods, references and notes."),
    "expenses": _("Direct costs: dates, amounts, payment methods, references and notes."),
}
"""The data types a consent can list, as it says them."""


@dataclass(frozen=True)
class Category:
    """What an issuer wants of one kind of software, such as accounting."""

    is_on: bool = True
    is_required: bool = True
    """Off: customers may go on without connecting any."""
    takes_files: bool = True
    """Off: only software that is connected to is on offer."""


@dataclass(frozen=True)
class Options:
    """What the Link shows and asks."""

    landing_page: bool = True
    """Off: a customer who needs no one-time link begins with the software at once."""
    landing_logo: bool = False
    navigation_bar: bool = False
    """Whether the top bar is in the secondary color."""
    secured_by: bool = True
    mobile_warning: bool = True
    consent_tick: bool = False
    """Whether a box must be ticked to agree."""
    additional_consent: bool = False
    """Whether customers who come back are asked for their agreement to something new."""
    sandbox: bool = True
    """Whether software with made-up data is on offer, where the Link URL does not say."""
    categories: Mapping[str, Category] = field(default_factory=dict)
    """By name; one that is not named is as it usually is."""
    allowed_systems: tuple[str, ...] = ()
    """Keys of the software on offer; empty: all."""
    multi_entity: bool = False
    """Whether each company in a customer's files becomes a company of its own."""
    data_types: tuple[str, ...] = tuple(DATA_TYPES)
    """What the consent lists under Platform data; empty: that section is left out."""
    terms_url: str = ""
    security_url: str = ""

    def allows(self, system: str) -> bool:
        return not self.allowed_systems or system in self.allowed_systems

    def category(self, name: str) -> Category:
        return self.categories.get(name, Category())

    @property
    def kept(self) -> dict[str, Any]:
        """The settings as they are kept."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }


_RULES = tuple(each.name for each in fields(Category))


def read_options(kept: Mapping[str, Any]) -> Options:
    """The settings that were kept; what an older release kept besides is let go."""
    known = {field.name for field in fields(Options)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in known
    }
    given["categories"] = {
        name: Category(**{rule: each[rule] for rule in _RULES if rule in each})
        for name, each in kept.get("categories", {}).items()
    }
    return Options(**given)
