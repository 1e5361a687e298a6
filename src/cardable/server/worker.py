"""The worker: takes jobs, and picks up those whose worker died."""

import asyncio
import os
import sys
from contextlib import suppress

import django
from procrastinate import App, PsycopgConnector

CONCURRENCY = 2
HEARTBEAT_SECONDS = 5
DEAD_AFTER_SECONDS = 20
LOOKS_FOR_THE_DEAD_EVERY_SECONDS = 10
FINISH_WITHIN_SECONDS = 15
DATABASE_WITHIN_SECONDS = 5
CATCHES_UP_SECONDS = 24 * 3600
"""What was to be done by the clock so long ago and was missed, a worker does when it starts."""


def main() -> None:
    """Work until told to stop; jobs under way are finished first, within the supervisor's patience."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardable.server.settings")
    django.setup()
    if "--alone" in sys.argv:
        from cardable.server.database import forget_workers

        forget_workers()
    asyncio.run(_work())


async def _work() -> None:
    from cardable.server.rescue import Rescue, watched

    app = _for_worker()
    async with app.open_async():
        rescue = Rescue(app, dead_after=DEAD_AFTER_SECONDS, every=LOOKS_FOR_THE_DEAD_EVERY_SECONDS)
        rescuing = asyncio.create_task(rescue.for_ever())
        try:
            await app.run_worker_async(
                concurrency=CONCURRENCY,
                shutdown_graceful_timeout=FINISH_WITHIN_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
                fetch_job_polling_interval=2,
                delete_jobs="successful",
                task_middleware=[*app.worker_defaults["task_middleware"], watched],
            )
        finally:
            rescuing.cancel()
            with suppress(asyncio.CancelledError):
                await rescuing


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
