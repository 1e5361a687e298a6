"""What all machines do, added up in the database: requests every few seconds, jobs as they end."""

import logging
import threading
import time
from collections import defaultdict
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, connection, connections, transaction

log = logging.getLogger(__name__)
EVERY_SECONDS = 10
_ADD_REQUESTS = """
insert into operations_requests as kept values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict (page, method, status) do update set
  count = kept.count + excluded.count, seconds = kept.seconds + excluded.seconds,
  within_100_ms = kept.within_100_ms + excluded.within_100_ms,
  within_500_ms = kept.within_500_ms + excluded.within_500_ms,
  within_2_s = kept.within_2_s + excluded.within_2_s
"""
_ADD_TASK = """
insert into operations_tasks as kept values (%s, %s, %s, %s, %s, now(), case when %s then now() end)
on conflict (task) do update set
  done = kept.done + excluded.done, failed = kept.failed + excluded.failed,
  seconds = kept.seconds + excluded.seconds, longest = greatest(kept.longest, excluded.longest),
  last_at = excluded.last_at, last_failed_at = coalesce(excluded.last_failed_at, kept.last_failed_at)
"""


@dataclass
class _Sum:
    count: int = 0
    seconds: float = 0.0
    within_100_ms: int = 0
    within_500_ms: int = 0
    within_2_s: int = 0


_lock = threading.Lock()
_requests: dict[tuple[str, str, int], _Sum] = defaultdict(_Sum)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def count_request(page: str, method: str, status: int, seconds: float) -> None:
    """Remember one request, to be added to the others'."""
    with _lock:
        kept = _requests[page, method if method in _METHODS else "other", status]
        kept.count += 1
        kept.seconds += seconds
        kept.within_100_ms += seconds <= 0.1
        kept.within_500_ms += seconds <= 0.5
        kept.within_2_s += seconds <= 2


def add_requests() -> None:
    """Add what this process remembers to what all have done; kept for later where the database is away."""
    with _lock:
        held = dict(_requests)
        _requests.clear()
    try:
        # In one order everywhere, so that two processes never wait for each other for ever.
        with transaction.atomic(), connection.cursor() as cursor:
            for key, each in sorted(held.items()):
                within = (each.within_100_ms, each.within_500_ms, each.within_2_s)
                cursor.execute(_ADD_REQUESTS, [*key, each.count, each.seconds, *within])
    except (DatabaseError, InterfaceError):
        _remember(held)


def _remember(held: dict[tuple[str, str, int], _Sum]) -> None:
    with _lock:
        for key, each in held.items():
            kept = _requests[key]
            for name, value in vars(each).items():
                setattr(kept, name, getattr(kept, name) + value)


def add_for_ever() -> None:
    """In a thread of its own, for as long as the process lives."""

    def run() -> None:
        while True:
            time.sleep(EVERY_SECONDS)
            if _requests:
                add_requests()
                connection.close()

    threading.Thread(target=run, name="counting", daemon=True).start()


def note(key: str, value: str) -> None:
    """Keep what happened last under a key; the value is JSON."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "insert into operations_notes values (%s, %s, now())"
            " on conflict (key) do update set value = excluded.value, at = excluded.at",
            [key, value],
        )


def count_task(task: str, seconds: float, *, failed: bool) -> None:
    """Add one run of a job to the others; what cannot be counted costs the job nothing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ADD_TASK, [task, int(not failed), int(failed), seconds, seconds, failed])
    except (DatabaseError, InterfaceError) as fault:
        log.warning("A run of %s was not counted: %s", task, type(fault).__name__)
