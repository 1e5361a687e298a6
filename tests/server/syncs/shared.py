"""Files that hold two companies, and a customer who shares them."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from cardable.server.companies.models import Company
from cardable.server.connections.entities import Choice, choice_of, chosen_anew, keep_choice
from cardable.server.connections.models import Connection
from cardable.server.syncs.counted import counted
from cardable.server.tenancy import acting_for
from tests.server.bringing import bring, read

_HEAD = "company_id,bill_id,supplier_id,supplier_name,issue_date,due_date,currency,total_amount\n"
EAST = "east,B1,S1,Pacific Paper,2026-09-03,2026-10-03,USD,1200.00\n"
WEST = "west,B2,S1,Pacific Paper,2026-10-05,2026-11-04,USD,800.00\n"
BOTH = {"bills.csv": _HEAD + EAST + WEST}
ONLY_EAST = {"bills.csv": _HEAD + EAST}
NEWER = {"newer.csv": _HEAD + EAST.replace("1200.00", "1500.00") + WEST.replace("B2", "B3")}
NAMES = {
    "companies.csv": "company_id,name,parent_company_id\nhfg,Harbor Foods Group,\n"
    "east,Harbor Foods (East),hfg\nwest,Harbor Foods West,hfg\n"
}


def share(held: Connection, texts: Mapping[str, str] = {}, *, left_out: str = "", only: str = "") -> None:
    """Bring files, choose, and let them be read; `only` keeps the books together."""
    choice = Choice(is_split=not only, only=only, left_out=frozenset(left_out.split()))
    with acting_for(held.organization_id):
        kept = Connection.objects.get(id=held.id)
        keep_choice(kept, chosen_anew(choice_of(kept), choice))
    bring(held, texts)
    read()


def subsidiary(parent: Company, name: str) -> Company:
    with acting_for(parent.organization_id):
        return Company.objects.select_related("parent", "organization").get(
            parent=parent, name=name, deleting_since=None
        )


def names_below(parent: Company) -> list[str]:
    with acting_for(parent.organization_id):
        return list(Company.objects.filter(parent=parent).order_by("name").values_list("name", flat=True))


def entity_of(company: Company) -> Connection:
    """The connection through which a company came with another's files."""
    with acting_for(company.organization_id):
        found = Connection.objects.select_related("company", "organization")
        return found.get(company=company, origin__isnull=False)


def counts(company: Company) -> bool:
    with acting_for(company.organization_id):
        return counted().filter(company=company).exists()


def spend(company: Company) -> Decimal | None:
    """What a company's latest reports say was spent."""
    from cardable.server.portal.company_figures import latest_totals

    with acting_for(company.organization_id):
        totals = latest_totals(company)
    return totals.total_spend if totals else None


def ids_of(parent: Company) -> set[uuid.UUID]:
    with acting_for(parent.organization_id):
        return set(Company.objects.filter(parent=parent).values_list("id", flat=True))
