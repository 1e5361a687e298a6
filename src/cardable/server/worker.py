"""The worker: takes jobs, and picks up those whose worker died."""

import asyncio
import logging
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import NoReturn

import django
from procrastinate import App, PsycopgConnector

from cardable.server.scratch import own_scratch

log = logging.getLogger(__name__)

CONCURRENCY = 2
HEARTBEAT_SECONDS = 5
DEAD_AFTER_SECONDS = 20
LOOKS_FOR_THE_DEAD_EVERY_SECONDS = 10
FINISH_WITHIN_SECONDS = 6
"""So long may a job go on once the worker is told to stop; then it is left to the next worker."""
DATABASE_WITHIN_SECONDS = 5
CATCHES_UP_SECONDS = 24 * 3600
"""What was to be done by the clock so long ago and was missed, a worker does when it starts."""


def main() -> None:
    """Work until told to stop; jobs under way are finished where that takes no longer than a moment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardable.server.settings")
    django.setup()
    if "--alone" in sys.argv:
        _forget_the_dead()
    with own_scratch() as scratch:
        asyncio.run(_work(scratch))


def _forget_the_dead() -> None:
    from django.db import OperationalError

    from cardable.server.database import forget_workers

    try:
        forget_workers()
    except OperationalError:
        # The database was killed too and is coming up; we are started again in a moment.
        sys.exit("The worker could not reach the database.")


async def _work(scratch: Path) -> NoReturn:
    from cardable.server.rescue import Rescue, hand_back

    app, told = _for_worker(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    async with app.open_async():
        rescue = Rescue(app, dead_after=DEAD_AFTER_SECONDS, every=LOOKS_FOR_THE_DEAD_EVERY_SECONDS)
        rescuing = asyncio.create_task(rescue.for_ever())
        working, stopping = asyncio.create_task(_take_jobs(app)), asyncio.create_task(told.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        await asyncio.wait({working}, timeout=FINISH_WITHIN_SECONDS)
        if not working.done():
            await asyncio.wait({asyncio.create_task(hand_back(app))}, timeout=DATABASE_WITHIN_SECONDS)
        rescuing.cancel()
        _leave(scratch, working)


async def _take_jobs(app: App) -> None:
    from cardable.server.rescue import watched

    await app.run_worker_async(
        concurrency=CONCURRENCY,
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=DEAD_AFTER_SECONDS,
        fetch_job_polling_interval=2,
        delete_jobs="successful",
        task_middleware=[*app.worker_defaults["task_middleware"], watched],
    )


def _leave(scratch: Path, working: asyncio.Task[None]) -> NoReturn:
    """End at once, whatever still runs: a thread cannot be stopped from outside.

    A job that was under way begins anew elsewhere.
    """
    fault = None if not working.done() or working.cancelled() else working.exception()
    if fault:
        log.error("The worker failed", exc_info=fault)
    shutil.rmtree(scratch, ignore_errors=True)
    logging.shutdown()
    os._exit(1 if fault else 0)


def _for_worker() -> App:
    """An app that takes jobs over a pool of its own.

    The tasks keep the app they were made with, so that a job defers others in its own transaction.
    """
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    taking = App(
        connector=PsycopgConnector(
            kwargs=connector_params(), min_size=1, max_size=4, timeout=DATABASE_WITHIN_SECONDS
        ),
        worker_defaults=app.worker_defaults,
        periodic_defaults={"max_delay": CATCHES_UP_SECONDS},
        import_paths=app.import_paths,
    )
    taking.tasks, taking.periodic_registry = app.tasks, app.periodic_registry
    return taking


if __name__ == "__main__":
    main()
