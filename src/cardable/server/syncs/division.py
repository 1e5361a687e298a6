"""How a delivery that holds several companies is divided: what counts where, and what is left out."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from cardable.integrations.any_spreadsheet import CompanyData, Delivery, Notice
from cardable.language import said
from cardable.records import Bill, BillCreditNote, BillPayment, Expense
from cardable.server.companies.names import clean_name, folded_name
from cardable.server.connections.entities import Choice, entity_key
from cardable.server.syncs.faults import NotUsable

LEFT_OUT = "ENTITIES_LEFT_OUT"
_TRANSACTIONS = (Bill, BillPayment, BillCreditNote, Expense)


@dataclass(frozen=True, kw_only=True)
class Division:
    """The companies of a delivery that have books, each in its place."""

    own: tuple[CompanyData, ...]
    """Counted as books of the company that shares the files."""
    apart: tuple[CompanyData, ...] = ()
    """Each counted as the books of a company of its own."""
    left_out: tuple[CompanyData, ...] = ()
    is_split: bool = False

    def of(self, company: CompanyData) -> "Division":
        """What a company of its own keeps of the delivery."""
        return replace(self, own=(company,), apart=(), left_out=())

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is told of those that are left out."""
        if not self.left_out:
            return ()
        names = ", ".join(each.name for each in self.left_out)
        message = said("The customer left out what the files hold of {names}.", names=names)
        return (Notice(code=LEFT_OUT, message=message),)


def divided(
    delivery: Delivery, choice: Choice | None, company_name: str, *, known: Collection[str] = ()
) -> Division:
    """The delivery as the customer chose; without a choice, or with one company only, all of it is its own.

    One company only that became one of its own before, as `known` says, goes on to be that.

    An entity that bears the name of the company itself stays with it, and so do lists of suppliers that
    belong to no entity. Raises NotUsable where nothing of what was chosen is there.
    """
    members = tuple(each for each in delivery.companies if each.tables)
    entities = [each for each in members if has_transactions(each)]
    is_known = bool(choice and choice.is_split and any(entity_key(each.id) in known for each in entities))
    if choice is None or (len(entities) < 2 and not is_known):
        return Division(own=members)
    kept = [each for each in entities if choice.shares(entity_key(each.id))]
    left_out = tuple(each for each in entities if each not in kept)
    if not kept:
        raise NotUsable(
            "ValidationError",
            said(
                "The files hold nothing of the company that was chosen. Choose again, and finish once more."
            ),
        )
    if not choice.is_split:
        return Division(own=tuple(kept) if left_out else members, left_out=left_out)
    apart = tuple(each for each in kept if not _is_named(each, company_name))
    own = tuple(each for each in members if each not in apart and each not in left_out)
    return Division(own=own, apart=apart, left_out=left_out, is_split=True)


def has_transactions(company: CompanyData) -> bool:
    """Whether it is an entity: a list of suppliers alone is none."""
    return any(company.rows.get(record) for record in _TRANSACTIONS)


def _is_named(company: CompanyData, name: str) -> bool:
    return folded_name(clean_name(company.name)) == folded_name(name)
