"""Data that came for several companies at once, as the pages of each of them say it."""

from dataclasses import dataclass
from uuid import UUID

from cardable.server.companies.access import companies_of
from cardable.server.companies.models import Company
from cardable.server.connections.access import origins_of
from cardable.server.connections.models import Connection
from cardable.server.organizations.models import Member
from cardable.server.syncs.counted import counted
from cardable.server.syncs.division import LEFT_OUT

_SHOWN = 100


@dataclass(frozen=True)
class Brought:
    """Where a company's data came from, or went, beyond the company itself."""

    above: list[Connection]
    """Connections whose data came with another company's files."""
    origins: dict[UUID, Company]
    """Whose files, where the member may know."""
    below: list[Company]
    """Companies whose records came with this one's files."""
    left_out: list[str]
    """What the customer left out of its files, in words."""


def brought(member: Member, company: Company) -> Brought:
    """What is told of it above a company's data."""
    entities = Connection.objects.filter(origin__isnull=False)
    above = list(entities.filter(company=company, snapshots__is_current=True))
    mine = counted().filter(company=company)
    fed = entities.filter(origin__snapshots__in=mine, left_out_since=None, snapshots__is_current=True)
    below = companies_of(member).filter(id__in=fed.values("company_id")).order_by("folded_name", "id")
    return Brought(
        above=above,
        origins=dict(origins_of(member, above)),
        below=list(below[:_SHOWN]),
        left_out=[
            each["message"] for snapshot in mine for each in snapshot.notices if each["code"] == LEFT_OUT
        ],
    )
