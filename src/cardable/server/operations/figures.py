"""The figures of the moment, each asked for with one question that costs little."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

_STORED_FOR_SECONDS = 60
_HEARD_WITHIN_SECONDS = 30
_JOBS = "select task_name, status::text, count(*) from procrastinate_jobs group by 1, 2 order by 1, 2"
_OLDEST = """
select extract(epoch from now() - min(coalesce(job.scheduled_at, event.at)))
from procrastinate_jobs job join procrastinate_events event on event.job_id = job.id
where job.status = 'todo' and (job.scheduled_at is null or job.scheduled_at <= now())
  and event.type in ('deferred', 'deferred_for_retry')
"""
_WORKERS = """
select count(*) filter (where last_heartbeat > now() - make_interval(secs => %s)), max(last_heartbeat)
from procrastinate_workers
"""


@dataclass(frozen=True)
class Task:
    """How a kind of job has fared so far."""

    name: str
    done: int
    failed: int
    seconds: float
    longest: float
    last_at: datetime
    last_failed_at: datetime | None

    @property
    def average(self) -> float:
        runs = self.done + self.failed
        return self.seconds / runs if runs else 0.0


@dataclass(frozen=True)
class Requests:
    """How often a page was asked for with one outcome, and how long that took."""

    page: str
    method: str
    status: int
    count: int
    seconds: float
    within_100_ms: int
    within_500_ms: int
    within_2_s: int


def _rows(question: str, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def jobs() -> dict[tuple[str, str], int]:
    """How many jobs of each kind are waiting (todo), under way (doing) or given up (failed)."""
    return {(task, status): count for task, status, count in _rows(_JOBS)}


def oldest_waiting() -> float:
    """For how many seconds the oldest job that is due has waited."""
    return max(0.0, float(_rows(_OLDEST)[0][0] or 0))


def workers() -> tuple[int, datetime | None]:
    """How many workers were heard of lately, and when one was last."""
    count, heard = _rows(_WORKERS, [_HEARD_WITHIN_SECONDS])[0]
    return count, heard


def tasks() -> list[Task]:
    return [Task(*row) for row in _rows("select * from operations_tasks order by task")]


def requests() -> list[Requests]:
    return [Requests(*row) for row in _rows("select * from operations_requests order by 1, 2, 3")]


def stored() -> dict[str, int]:
    """Bytes of uploads and of reports over all organizations, as known a minute ago at most."""
    found: dict[str, int] | None = cache.get("operations:stored")
    if found is None:
        ((uploads, reports),) = _rows("select uploads, reports from stored_bytes()")
        found = {"uploads": int(uploads), "reports": int(reports)}
        cache.set("operations:stored", found, _STORED_FOR_SECONDS)
    return found


def free_bytes() -> int:
    """How much room is left where the data folder lies."""
    return shutil.disk_usage(settings.ENVIRONMENT.data).free


def database_bytes() -> int:
    return int(_rows("select pg_database_size(current_database())")[0][0])


def note(key: str) -> tuple[dict[str, Any], datetime] | None:
    """What was noted under a key, and when."""
    found = _rows("select value::text, at from operations_notes where key = %s", [key])
    if not found:
        return None
    return json.loads(found[0][0]), found[0][1]
