"""Whose data counts: a company's books are told by one accounting connection at a time.

The one that brought data last counts; what others brought is kept aside, to be looked at, and counts again
when its connection comes back or is chosen. Connections of other types tell other things, so all count.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from cardable.language import said
from cardable.server import events
from cardable.server.companies.models import Company
from cardable.server.companies.tree import lock
from cardable.server.connections.models import Connection
from cardable.server.syncs.models import StoredSnapshot

BOOKS = "Accounting"


class NoData(Exception):
    """A connection that has brought nothing cannot count."""


@dataclass(frozen=True)
class SetAside:
    """Data that is kept and does not count."""

    since: datetime
    platform_name: str
    """Whose data counts instead."""


def counted() -> QuerySet[StoredSnapshot]:
    """The current snapshots that reports are made of."""
    later = StoredSnapshot.objects.filter(
        company=OuterRef("company"),
        is_current=True,
        connection__source_type=BOOKS,
        connection__counted_since__gt=OuterRef("connection__counted_since"),
    )
    return StoredSnapshot.objects.filter(~Q(connection__source_type=BOOKS) | ~Exists(later), is_current=True)


def set_aside(companies: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, SetAside]:
    """The connections of these companies whose data does not count, and since when."""
    held = StoredSnapshot.objects.filter(is_current=True, connection=OuterRef("id"))
    books = Connection.objects.filter(
        Exists(held), company_id__in=list(companies), source_type=BOOKS, counted_since__isnull=False
    )
    found: dict[uuid.UUID, SetAside] = {}
    for _, group in groupby(
        books.order_by("company_id", "counted_since"), lambda connection: connection.company_id
    ):
        in_turn = list(group)
        for earlier, later in pairwise(in_turn):
            if later.counted_since:
                found[earlier.id] = SetAside(later.counted_since, in_turn[-1].platform_name)
    return found


def count_from_now(connection: Connection) -> None:
    """Its data counts, in the place of any other of the company's books; the company is locked."""
    others = Connection.objects.filter(company_id=connection.company_id, source_type=connection.source_type)
    newest = others.exclude(id=connection.id).aggregate(at=Max("counted_since"))["at"]
    if connection.counted_since and (newest is None or newest < connection.counted_since):
        return
    now = timezone.now()
    # Clocks of two machines differ; whoever comes later is later.
    connection.counted_since = max(now, newest + timedelta(microseconds=1)) if newest else now
    connection.save(update_fields=["counted_since"])


def choose(connection: Connection, *, by: str) -> None:
    """Let the data that a connection brought count again; raises NoData."""
    company = Company.objects.get(id=connection.company_id)
    lock([company.id])
    if not StoredSnapshot.objects.filter(connection=connection, is_current=True).exists():
        raise NoData
    connection.refresh_from_db()
    count_from_now(connection)
    words = said("Data from {platform} counts in reports again.", platform=connection.platform_name)
    events.record("data.chosen", words, company=company, actor=by)
