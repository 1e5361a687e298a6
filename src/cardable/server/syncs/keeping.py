"""The end of a reading: new data becomes the current data, or the fault is told and the old data stays."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cardable.intake import FileReading
from cardable.language import said
from cardable.server import events
from cardable.server.companies.tree import ancestor_ids
from cardable.server.connections.entities import (
    Choice,
    choice_of,
    leave_out,
    lock_with_entities,
    tell_of_leaving,
    unlink_entities,
)
from cardable.server.connections.models import LET_GO, Connection, ConnectionEvent
from cardable.server.connections.status import refresh
from cardable.server.organizations.models import Organization
from cardable.server.syncs import progress
from cardable.server.syncs.counted import BOOKS, count_from_now
from cardable.server.syncs.mappings import remember
from cardable.server.syncs.models import StoredSnapshot


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A snapshot that lies in storage, about to become current."""

    connection_id: uuid.UUID
    id: uuid.UUID
    prefix: str
    rows: dict[str, int]
    received: dict[str, int]
    """How many rows were read, those of entities that count apart among them."""
    currency: str
    notices: list[dict[str, Any]]


def keep(kept: Kept, parts: Sequence[Kept], readings: Iterable[FileReading]) -> bool:
    """Make this snapshot the connection's data, and the parts that of its entities.

    False where nobody wants it any more.
    """
    found = Connection.objects.select_related("company", "organization")
    connection = found.filter(id=kept.connection_id).first()
    # Whoever deletes a company holds the same lock; looked at again once we have it.
    there = lock_with_entities(connection) if connection else []
    if connection is None or connection.company_id not in there:
        return False
    connection = _still(connection)
    if connection is None:
        return False
    is_first = _is_first(connection)
    _move_pointer(connection, kept)
    progress.complete(connection, kept.received)
    remember(connection.organization_id, connection.system, readings)
    _link(connection)
    _keep_entities(connection, parts, there)
    _tell(connection, is_first)
    return True


def _keep_entities(origin: Connection, parts: Sequence[Kept], there: Collection[uuid.UUID]) -> None:
    """The entities that are shared have new data; the others are left out."""
    found = origin.entities.select_related("company__parent", "organization").filter(company_id__in=there)
    entities, choice = {each.id: each for each in found.order_by("id")}, choice_of(origin)
    for part in parts:
        held = entities.get(part.connection_id)
        # The issuer may have let go of it while it was read.
        if held and choice and choice.shares(held.entity_id):
            entities.pop(held.id)
            _keep_entity(origin, held, part)
    for each in entities.values():
        if each.left_out_since is None:
            _leave_out(origin, each, choice)


def _keep_entity(origin: Connection, held: Connection, part: Kept) -> None:
    is_first = _is_first(held)
    held.system, held.platform_name, held.left_out_since = origin.system, origin.platform_name, None
    held.save(update_fields=["system", "platform_name", "left_out_since"])
    _move_pointer(held, part)
    progress.complete(held, part.received)
    _link(held)
    _tell(held, is_first)


def _leave_out(origin: Connection, held: Connection, choice: Choice | None) -> None:
    company, is_shared = held.company.name, choice is None or choice.shares(held.entity_id)
    words = said("{company} is no longer shared as a company of its own.", company=company)
    if not is_shared:
        reason = said("The customer left it out.")
    elif choice and choice.is_split:
        reason = said("The newer files hold nothing of it.")
    else:
        reason = said("Its records count with those of the parent company.")
    leave_out(held, reason, words)
    refresh(held.company)
    above = [origin.company_id, *ancestor_ids(origin.company_id)]
    if held.company.parent and held.company.parent_id not in above:
        tell_of_leaving(held)


def keep_on(connection: Connection, stored: StoredSnapshot) -> None:
    """What was to be read is the connection's data already; one that comes back counts with it again."""
    if connection.company_id not in lock_with_entities(connection):
        return
    held = _still(connection)
    if held is None:
        return
    progress.settle(held, stored.rows)
    if held.status == "Linked":
        Connection.objects.filter(id=held.id).update(error="")
        return
    _link(held)
    with_data = held.entities.select_related("company", "organization").filter(snapshots__is_current=True)
    for each in with_data.filter(left_out_since=None, company__deleting_since=None):
        _link(each)
        _tell(each, is_first=False)
    _tell(held, is_first=False)


def keep_fault(connection_id: uuid.UUID, status: str, words: str) -> None:
    """Tell why a reading failed; the last good data stays."""
    connection = Connection.objects.select_related("company").filter(id=connection_id).first()
    if connection is None:
        return
    progress.fail(connection, status, words)
    Connection.objects.filter(id=connection_id).update(error=words)
    what = said("Data from {platform} could not be read.", platform=connection.platform_name)
    events.record("read.failed", what, company=connection.company)


def today_of(organization: Organization) -> date:
    """The day it is where the organization is."""
    return timezone.now().astimezone(ZoneInfo(organization.time_zone)).date()


def _is_first(connection: Connection) -> bool:
    return not StoredSnapshot.objects.filter(company_id=connection.company_id).exists()


def _move_pointer(connection: Connection, kept: Kept) -> None:
    StoredSnapshot.objects.filter(connection=connection, is_current=True).update(is_current=False)
    StoredSnapshot.objects.update_or_create(
        id=kept.id,
        organization_id=connection.organization_id,
        defaults={
            "company_id": connection.company_id,
            "connection": connection,
            "storage_prefix": kept.prefix,
            "base_currency": kept.currency,
            "as_of": today_of(connection.organization),
            "rows": kept.rows,
            "notices": kept.notices,
            "is_current": True,
        },
    )


def _still(connection: Connection) -> Connection | None:
    """The connection as it is now, held to the end; None where it is gone, or its reading was stopped."""
    found = Connection.objects.select_for_update(of=("self",)).select_related("company", "organization")
    held = found.filter(id=connection.id).first()
    if held and held.status in LET_GO:
        progress.drop(held)
        return None
    return held


def _link(connection: Connection) -> None:
    now, was, is_back = timezone.now(), connection.status, bool(connection.linked_at)
    connection.status, connection.last_sync_at, connection.error = "Linked", now, ""
    connection.linked_at = connection.linked_at or now
    connection.save(update_fields=["status", "last_sync_at", "error", "linked_at"])
    count_from_now(connection)
    if was != "Linked":
        ConnectionEvent.objects.create(
            organization_id=connection.organization_id, connection=connection, kind="Completed"
        )
        platform = connection.platform_name
        if is_back:
            kind, words = "reconnected", said("{platform} was connected again.", platform=platform)
        else:
            kind, words = "connected", said("{platform} was connected.", platform=platform)
        events.record(f"connection.{kind}", words, company=connection.company)
        _replace_others(connection)
    refresh(connection.company)


def _replace_others(connection: Connection) -> None:
    """One connection to the books works at a time; what those before it brought is kept aside."""
    others = Connection.objects.filter(
        company=connection.company, status="Linked", source_type=connection.source_type
    )
    for other in others.exclude(id=connection.id) if connection.source_type == BOOKS else ():
        reason = said("{platform} took its place.", platform=connection.platform_name)
        other.status = "Unlinked"
        other.save(update_fields=["status"])
        ConnectionEvent.objects.create(
            organization_id=other.organization_id, connection=other, kind="Unlinked", reason=reason
        )
        words = said(
            "{platform} was unlinked: {new} took its place.",
            platform=other.platform_name,
            new=connection.platform_name,
        )
        events.record("connection.disconnected", words, company=connection.company)
        unlink_entities(other)


def _tell(connection: Connection, is_first: bool) -> None:
    words = said("Data from {platform} was received.", platform=connection.platform_name)
    kind = "read.completed.initial" if is_first else "read.completed"
    events.record(kind, words, company=connection.company)
