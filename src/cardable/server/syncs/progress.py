"""How far the reading of a connection's data has come, a row for each record type."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from cardable.language import said
from cardable.server.connections.models import Connection
from cardable.server.syncs.models import Sync

RECORD_TYPES = {"payments": "bill_payments"}
"""What a step of the Link brings, where its name differs from the record type's."""
UNKNOWN = "any"
_FAULT_LENGTH = 1000


def advance(connection: Connection, status: str) -> None:
    """Show what is being done now; where nobody asked for a sync, one is begun."""
    if not _open(connection).update(status=status):
        _begin(connection, UNKNOWN, status)


def complete(connection: Connection, rows: Mapping[str, int]) -> None:
    """Every record type that came is complete; what was asked for and did not come is left out."""
    now, details = timezone.now(), {kind: said("{count} rows", count=count) for kind, count in rows.items()}
    asked = {each.record_type: each for each in _open(connection)}
    for kind, detail in details.items():
        sync = asked.pop(kind, None) or _begin(connection, kind, "Queued")
        sync.status, sync.detail, sync.completed_at = "Complete", detail, now
        sync.save(update_fields=["status", "detail", "completed_at"])
    Sync.objects.filter(id__in=[each.id for each in asked.values()]).delete()


def settle(connection: Connection, rows: Mapping[str, int]) -> None:
    """The same where a sync was asked for; one that nobody asked for leaves no trace."""
    if _open(connection).exists():
        complete(connection, rows)


def drop(connection: Connection) -> None:
    """What was asked for is not wanted any more."""
    _open(connection).delete()


def fail(connection: Connection, status: str, words: str) -> None:
    """Every record type under way has failed for this reason."""
    advance(connection, status)
    _open(connection).update(detail=words[:_FAULT_LENGTH], completed_at=timezone.now())


def _open(connection: Connection) -> "QuerySet[Sync]":
    return Sync.objects.filter(connection=connection, completed_at=None)


def _begin(connection: Connection, kind: str, status: str) -> Sync:
    return Sync.objects.create(
        organization_id=connection.organization_id,
        company_id=connection.company_id,
        connection=connection,
        record_type=kind,
        status=status,
    )
