"""Whose data counts: a company's books are told by one accounting connection at a time.

The one that brought data last counts; what others brought is kept aside, to be looked at, and counts again
when its connection comes back or is chosen. Connections of other types tell other things, so all count.
Entities of one connection's files count as long as that connection does and the customer shares them.
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
from cardable.server.connections.entities import lock_with_entities
from cardable.server.connections.models import Connection
from cardable.server.syncs.models import StoredSnapshot

BOOKS = "Accounting"


class NoData(Exception):
    """A connection that has brought nothing cannot count."""


class ChosenElsewhere(Exception):
    """Entities count as the connection does whose files hold them, and as its customer shares them."""


@dataclass(frozen=True)
class SetAside:
    """Data that is kept and does not count."""

    since: datetime
    platform_name: str
    """Whose data counts instead; empty: nobody's, as the entity was left out."""


def counted() -> QuerySet[StoredSnapshot]:
    """The current snapshots that reports are made of."""
    later = _shared().filter(
        company=OuterRef("company"),
        connection__source_type=BOOKS,
        connection__counted_since__gt=OuterRef("connection__counted_since"),
    )
    return _shared().filter(~Q(connection__source_type=BOOKS) | ~Exists(later))


def _shared() -> QuerySet[StoredSnapshot]:
    """The current snapshots but for entities that were left out, or whose origin's data counts no more."""
    took_over = StoredSnapshot.objects.filter(
        company=OuterRef("connection__origin__company"),
        is_current=True,
        connection__source_type=BOOKS,
        connection__left_out_since=None,
        connection__counted_since__gt=OuterRef("connection__origin__counted_since"),
    )
    current = StoredSnapshot.objects.filter(is_current=True, connection__left_out_since=None)
    return current.filter(~Exists(took_over))


def set_aside(companies: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, SetAside]:
    """The connections of these companies whose data does not count, and since when."""
    held = StoredSnapshot.objects.filter(is_current=True, connection=OuterRef("id"))
    books = list(
        Connection.objects.filter(
            Exists(held), company_id__in=list(companies), source_type=BOOKS, counted_since__isnull=False
        )
        .select_related("origin")
        .order_by("company_id", "counted_since")
    )
    found = _aside_as_entities(books)
    counting = [each for each in books if each.id not in found]
    for _, group in groupby(counting, lambda connection: connection.company_id):
        in_turn = list(group)
        for earlier, later in pairwise(in_turn):
            if later.counted_since:
                found[earlier.id] = SetAside(later.counted_since, in_turn[-1].platform_name)
    return found


def _aside_as_entities(books: Iterable[Connection]) -> dict[uuid.UUID, SetAside]:
    """Those of entities that were left out, or whose origin's data does not count."""
    origins = {each.origin.company_id for each in books if each.origin and not each.left_out_since}
    above = set_aside(origins) if origins else {}
    found = {}
    for each in books:
        if each.left_out_since:
            found[each.id] = SetAside(each.left_out_since, "")
        elif each.origin_id and each.origin_id in above:
            found[each.id] = above[each.origin_id]
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
    """Let the data that a connection brought count again; raises NoData or ChosenElsewhere."""
    if connection.origin_id:
        raise ChosenElsewhere
    lock_with_entities(connection)
    if not StoredSnapshot.objects.filter(connection=connection, is_current=True).exists():
        raise NoData
    shared = Connection.objects.filter(origin=connection, left_out_since=None, snapshots__is_current=True)
    words = said("Data from {platform} counts in reports again.", platform=connection.platform_name)
    for each in (connection, *shared.select_related("company")):
        each.refresh_from_db(fields=["counted_since"])
        count_from_now(each)
        events.record("data.chosen", words, company=each.company, actor=by)
