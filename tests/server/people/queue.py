"""Does what people's pages put in the queue."""

import json

from django.db import connection

from cardable.server.people.jobs import mail_invitation, mail_notice

_JOBS = {job.name: job for job in (mail_invitation, mail_notice)}


def work() -> None:
    """Run each waiting mail once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set status = 'succeeded'"
            " where status = 'todo' and task_name = any(%s) returning task_name, args",
            [list(_JOBS)],
        )
        jobs = cursor.fetchall()
    for name, args in jobs:
        said = json.loads(args) if isinstance(args, str) else args
        _JOBS[name].func(**{key: each for key, each in said.items() if not key.startswith("_")})
