"""What is let go in time, and what is taken up again where it got stuck."""

import re
import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from cardable.server import storage
from cardable.server.companies.folders import companies_folder
from cardable.server.connections.models import Connection, Upload
from cardable.server.insights.models import ReportRun
from cardable.server.insights.runs import queue
from cardable.server.syncs.models import StoredSnapshot, Sync
from cardable.server.syncs.requests import request_reading
from cardable.server.tenancy import acting_for

RUNS_KEPT = 5
SNAPSHOTS_KEPT_FOR = timedelta(days=1)
STRAYS_KEPT_FOR = timedelta(days=1)
_OWNERS: Mapping[str, type[Model]] = {"uploads": Upload, "snapshots": StoredSnapshot, "runs": ReportRun}
_OWNER = re.compile(r"(?P<kind>uploads|snapshots|runs)/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
STUCK_AFTER = timedelta(minutes=10)
_QUEUED = """
select exists (
  select from procrastinate_jobs
  where status in ('todo', 'doing') and task_name = %s and args ->> %s = %s)
"""


def prune_runs(organization_id: uuid.UUID) -> int:
    """Keep each company's five latest runs of each kind, and the latest that has reports; how many went."""
    with acting_for(organization_id):
        ended = ReportRun.objects.exclude(status="InProgress")
        complete = ended.filter(status="Complete")
        latest = set(complete.values_list("id", flat=True)) - _beyond(complete, 1)
        old = _beyond(ended, RUNS_KEPT) - latest
        folders = dict(ReportRun.objects.filter(id__in=old).values_list("id", "storage_prefix"))
    for run_id, folder in folders.items():
        # Files first: a row without files is tried again tomorrow, files without a row would stay.
        if folder:
            storage.delete(folder)
        with acting_for(organization_id):
            ReportRun.objects.filter(id=run_id).delete()
    return len(folders)


def prune_snapshots(organization_id: uuid.UUID, now: datetime) -> int:
    """Let go of snapshots that a newer one replaced a day ago; how many went."""
    newer = StoredSnapshot.objects.filter(
        connection=OuterRef("connection"), is_current=True, created_at__lt=now - SNAPSHOTS_KEPT_FOR
    )
    with acting_for(organization_id):
        old = dict(
            StoredSnapshot.objects.filter(Exists(newer), is_current=False).values_list("id", "storage_prefix")
        )
    for snapshot_id, folder in old.items():
        storage.delete(folder)
        with acting_for(organization_id):
            StoredSnapshot.objects.filter(id=snapshot_id, is_current=False).delete()
    return len(old)


def remove_strays(organization_id: uuid.UUID, now: datetime) -> int:
    """Remove files that were kept a day ago for an upload, a snapshot or a run of which there is no row."""
    gone = 0
    for company in storage.folders(companies_folder(organization_id)):
        old = defaultdict(list)
        for key in storage.keys_before(company, now - STRAYS_KEPT_FOR):
            owner = _OWNER.match(key.removeprefix(f"{company}/"))
            if owner:
                old[owner["kind"], uuid.UUID(owner["id"])].append(key)
        for kind, model in _OWNERS.items():
            ids = {id for each, id in old if each == kind}
            with acting_for(organization_id):
                known = set(model._default_manager.filter(id__in=ids).values_list("id", flat=True))
            for key in (key for id in ids - known for key in old[kind, id]):
                storage.delete_file(key)
                gone += 1
    return gone


def take_up(organization_id: uuid.UUID, now: datetime) -> int:
    """Queue again what is under way without a job that would end it; how many."""
    with acting_for(organization_id):
        runs = [
            run
            for run in ReportRun.objects.filter(status="InProgress", requested_at__lt=now - STUCK_AFTER)
            if not _is_queued("insights.generate", "run_id", run.id)
        ]
        stale = Sync.objects.filter(completed_at=None, requested_at__lt=now - STUCK_AFTER)
        readings = [
            held
            for held in Connection.objects.filter(id__in=stale.values("connection_id"))
            if not _is_queued("syncs.read_uploads", "connection_id", held.id)
        ]
        for run in runs:
            queue(run)
        for held in readings:
            request_reading(held)
    return len(runs) + len(readings)


def _is_queued(task: str, argument: str, value: uuid.UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_QUEUED, [task, argument, str(value)])
        return bool(cursor.fetchone()[0])


def _beyond(runs: QuerySet[ReportRun], kept: int) -> set[uuid.UUID]:
    """Of each company and kind, the runs after so many latest ones."""
    place = Window(
        RowNumber(), partition_by=[F("company_id"), F("kind")], order_by=[F("requested_at").desc(), F("id")]
    )
    return set(runs.annotate(place=place).filter(place__gt=kept).values_list("id", flat=True))
