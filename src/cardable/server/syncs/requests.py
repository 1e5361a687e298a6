"""Reading asked for: what is queued shows at once in the data history."""

from django.db.models import Exists, OuterRef, QuerySet

from cardable.server.companies.models import Company
from cardable.server.connections.models import LET_GO, Connection, Upload
from cardable.server.deferring import company_lock, enqueue
from cardable.server.syncs.jobs import inspect_upload, read_uploads
from cardable.server.syncs.models import StoredSnapshot, Sync
from cardable.server.syncs.progress import RECORD_TYPES
from cardable.server.syncs.uploads import confirmed, snapshot_id


def request_reading(connection: Connection) -> None:
    """Make the connection's confirmed uploads its company's data; called in the confirming transaction."""
    waiting = Sync.objects.filter(connection=connection, completed_at=None)
    if not waiting.exists():
        reports = connection.uploads.filter(status="Confirmed").values_list("report", flat=True).distinct()
        Sync.objects.bulk_create(
            Sync(
                organization_id=connection.organization_id,
                company_id=connection.company_id,
                connection=connection,
                record_type=RECORD_TYPES.get(report, report),
            )
            for report in sorted(reports)
        )
    enqueue(
        read_uploads,
        lock=company_lock(connection.company_id),
        once=f"read:{connection.id}",
        organization_id=connection.organization_id,
        connection_id=connection.id,
    )


def readable_again(company: Company) -> QuerySet[Connection]:
    """The company's connections whose files could not be read the last time, and may be now."""
    files = Upload.objects.filter(connection=OuterRef("id"), status="Confirmed")
    failed = Connection.objects.filter(Exists(files), company=company, is_streaming=False)
    return failed.exclude(status__in=LET_GO).exclude(error="")


def is_changed(connection: Connection) -> bool:
    """Whether the confirmed files are others than those that were read, or are being read."""
    if Sync.objects.filter(connection=connection, completed_at=None).exists():
        return False
    now = snapshot_id(connection, confirmed(connection))
    return not StoredSnapshot.objects.filter(id=now, is_current=True).exists()


def request_inspection(upload: Upload) -> None:
    """Say soon what an upload holds; called in the transaction that received it."""
    enqueue(
        inspect_upload,
        once=f"inspect:{upload.id}",
        organization_id=upload.organization_id,
        upload_id=upload.id,
    )
