"""`cardable web`: one web server of a fleet."""

import os
from argparse import Namespace
from collections.abc import Sequence

from cardable.server.commands import _ports
from cardable.server.commands._setup import data_folder, need_shared_settings, set_up
from cardable.server.environment import Refused
from cardable.server.serving import web
from cardable.server.supervisor import Process, Stop, stop_all, supervise


def run(options: Namespace) -> int:
    """Serve pages until Ctrl-C or SIGTERM."""
    need_shared_settings()
    _ports.need_free(options.host, options.port)
    need_this_release(options)
    from cardable.server.preparation import collect_static

    collect_static()
    keep_running([web(options.host, options.port, workers=options.workers)], f"port {options.port}")
    return 0


def need_this_release(options: Namespace) -> None:
    """The tables are those of this release; raises Refused."""
    set_up(data_folder(options), os.environ["DATABASE_URL"])
    from django.db import connections

    from cardable.server.database import pending_migrations

    pending = pending_migrations()
    connections.close_all()
    if pending:
        raise Refused(f"The database lacks {len(pending)} migrations. Run `cardable migrate` first.")


def keep_running(processes: Sequence[Process], words: str) -> None:
    stop = Stop()
    try:
        supervise(
            processes,
            stop,
            is_ready=lambda: all(process.is_alive for process in processes),
            announce=lambda: print(f"Running: {words}. Stop it with Ctrl-C.", flush=True),
        )
    finally:
        stop_all(processes, lambda: stop.times > 1)
