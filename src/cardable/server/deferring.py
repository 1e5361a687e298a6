"""Jobs put in the queue by the very transaction that makes them needed."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from cardable.server.origin import correlation

CORRELATION = "_request"
"""The argument of a job that says which request made it; the worker takes it out before the job runs."""


def company_lock(company_id: uuid.UUID | str) -> str:
    """Jobs that read or write one company's data run one after another."""
    return f"company:{company_id}"


def enqueue(
    task: Task[Any, Any, Any] | str,
    *,
    lock: str | None = None,
    once: str | None = None,
    at: datetime | None = None,
    **arguments: Any,
) -> bool:
    """Put a job in the queue, whether one was; with `once`, none where another of that name waits."""
    asked = {CORRELATION: correlation.get()} if correlation.get() else {}
    name = task if isinstance(task, str) else task.name
    plain = {key: str(each) if isinstance(each, uuid.UUID) else each for key, each in arguments.items()}
    try:
        # A refusal by the database must not spoil the transaction around it.
        with transaction.atomic():
            job = app.configure_task(name, lock=lock, queueing_lock=once, schedule_at=at)
            job.defer(**plain, **asked)
    except AlreadyEnqueued:
        return False
    return True
