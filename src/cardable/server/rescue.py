"""Jobs that did not end as they should: tried again after a pause, taken over from the dead, given up.

A job that keeps failing, or keeps killing its worker, is given up; whoever asked to be told is told, so
that nothing the job was about stays "in progress" for ever.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from typing import Any, LiteralString

from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError
from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from cardable.server.deferring import CORRELATION
from cardable.server.operations.counting import count_task
from cardable.server.origin import correlation

log = logging.getLogger("cardable.jobs")

TRIES = 5
WORKERS_LOST = 3
APART_SECONDS = 20
_TRANSIENT = (OperationalError, InterfaceError, ConnectorException, ConnectionError, TimeoutError)
_PAUSES_SECONDS = (2, 10, 30, 120)

_STALE: LiteralString = """
select job.id, job.worker_id, job.attempts, job.task_name, job.args
from procrastinate_jobs job left join procrastinate_workers worker on worker.id = job.worker_id
where job.status = 'doing'
  and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %(dead_after)s))
order by job.id
"""
# One statement, so that two workers that look at once cannot both take a job over.
_RELEASE: LiteralString = """
update procrastinate_jobs
set status = %(status)s, attempts = attempts + 1, abort_requested = false,
    scheduled_at = now() + make_interval(secs => %(wait)s), worker_id = null
where id = %(id)s and status = 'doing' and worker_id is not distinct from %(worker_id)s
"""
# Not counted as a try: nothing was wrong with the job.
_HAND_BACK: LiteralString = """
update procrastinate_jobs
set status = 'todo', abort_requested = false, scheduled_at = now(), worker_id = null
where id = any(%(ids)s) and status = 'doing'
"""

GivenUp = Callable[..., None]
_told: dict[str, GivenUp] = {}
_under_way: set[int] = set()


class Patience(BaseRetryStrategy):
    """Tries again what may pass by itself: a lost connection, a storage that does not answer."""

    def __init__(self, *more: type[Exception]) -> None:
        self._transient = (*_TRANSIENT, *more)

    def is_for(self, fault: BaseException) -> bool:
        """Whether a fault may pass by itself."""
        return isinstance(fault, self._transient)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= TRIES - 1 or not self.is_for(exception):
            return None
        return RetryDecision(retry_in={"seconds": _PAUSES_SECONDS[min(job.attempts, 3)]})


def when_given_up(task_name: str) -> Callable[[GivenUp], GivenUp]:
    """Marks the function that is told a job's arguments once the job is given up."""

    def mark(function: GivenUp) -> GivenUp:
        _told[task_name] = function
        return function

    return mark


def watched(call_next: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Runs a job and logs how it went; where it is not tried again, whoever asked is told."""
    began, job = time.monotonic(), context.job
    token = correlation.set(str(job.task_kwargs.pop(CORRELATION, "")) or f"job-{job.id}")
    _under_way.add(job.id or 0)
    try:
        return _watched(call_next, job, worker, began)
    finally:
        _under_way.discard(job.id or 0)
        correlation.reset(token)


async def hand_back(app: App) -> None:
    """Leave the jobs under way here to the next worker, as if nobody had begun them."""
    await app.connector.execute_query_async(_HAND_BACK, ids=list(_under_way))


def _watched(call_next: Callable[[], Any], job: Job, worker: Worker, began: float) -> Any:
    try:
        result = call_next()
    except Exception as fault:
        count_task(job.task_name, time.monotonic() - began, failed=True)
        if worker.app.tasks[job.task_name].get_retry_exception(exception=fault, job=job) is None:
            _tell(job.task_name, job.task_kwargs)
        else:
            log.warning("Job %s (%s) failed: %s; tried again", job.id, job.task_name, type(fault).__name__)
        raise
    seconds = time.monotonic() - began
    figures = {"job": job.id, "task": job.task_name, "ms": round(seconds * 1000)}
    log.info("Job %s (%s) was done in %.1f s", job.id, job.task_name, seconds, extra={"figures": figures})
    count_task(job.task_name, seconds, failed=False)
    return result


def _tell(task_name: str, arguments: dict[str, Any]) -> None:
    if task_name in _told:
        _told[task_name](**{name: value for name, value in arguments.items() if name != CORRELATION})


class Rescue:
    """Takes over the jobs of workers that are no more."""

    def __init__(self, app: App, *, dead_after: float, every: float) -> None:
        self._app, self._dead_after, self._every = app, dead_after, every
        self._seen: Collection[tuple[int, int | None]] = ()

    async def for_ever(self) -> None:
        """Look again and again; a database that is away is tried later."""
        while True:
            try:
                await self.look()
            except (ConnectorException, OSError) as fault:
                log.warning("Looking for dead workers failed: %s", type(fault).__name__)
            await asyncio.sleep(self._every)

    async def look(self) -> int:
        """Release jobs whose worker is gone, or was silent at the last look too; how many.

        One silent look proves nothing: after a machine slept, its worker is heard of a moment later.
        """
        stale = await self._app.connector.execute_query_all_async(_STALE, dead_after=self._dead_after)
        dead = [job for job in stale if job["worker_id"] is None or self._key(job) in self._seen]
        self._seen = {self._key(job) for job in stale}
        for place, job in enumerate(dead):
            # Twice lost together, jobs run apart, so that one that kills its worker takes no other along.
            await self._release(job, wait=place * APART_SECONDS if job["attempts"] else 0)
        await self._app.job_manager.prune_stalled_workers(self._dead_after + 2 * self._every)
        return len(dead)

    async def _release(self, job: dict[str, Any], *, wait: int) -> None:
        hopeless = job["attempts"] >= WORKERS_LOST - 1
        log.warning(
            "Job %s (%s) lost its worker and is %s",
            job["id"],
            job["task_name"],
            "given up" if hopeless else "queued again",
        )
        if hopeless:
            await sync_to_async(_tell, thread_sensitive=False)(job["task_name"], job["args"])
        await self._app.connector.execute_query_async(
            _RELEASE,
            id=job["id"],
            worker_id=job["worker_id"],
            status="failed" if hopeless else "todo",
            wait=wait,
        )

    @staticmethod
    def _key(job: dict[str, Any]) -> tuple[int, int | None]:
        return job["id"], job["worker_id"]
