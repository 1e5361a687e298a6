"""One machine's data folder: who holds it, and the database that lies in it."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cardable.server.environment import Refused
from cardable.server.postgres import Postgres
from cardable.server.supervisor import Process, stop_all

LOCK = "serve.lock"
_PRIVATE = ("storage", "mail")


class AlreadyServing(Refused):
    """Another server holds the data folder."""

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"Cardable already runs on {data}. Stop it first, or name another folder with --data."
        )


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the data folder for this server alone; raises AlreadyServing."""
    data.mkdir(parents=True, exist_ok=True)
    for name in _PRIVATE:
        (data / name).mkdir(mode=0o700, exist_ok=True)
    with (data / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise AlreadyServing(data) from fault
        yield


@contextmanager
def started(data: Path) -> Iterator[tuple[str, list[Process]]]:
    """The database's address and what runs it: `DATABASE_URL`, or a PostgreSQL of our own in the folder.

    Ours is stopped in the end; the folder must be held.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given, []
        return
    ours = Postgres(data / "postgres")
    ours.prepare()
    process = ours.process()
    process.start()
    try:
        ours.wait(process)
        yield ours.url(), [process]
    finally:
        stop_all([process])


@contextmanager
def reached(data: Path) -> Iterator[str]:
    """The database's address for one short command, whether or not a server runs on the folder."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    try:
        with held(data), started(data) as (url, _):
            yield url
    except AlreadyServing:
        yield Postgres(data / "postgres").url()


def web(host: str, port: int, *, workers: int = 1) -> Process:
    """The web server; it tells nobody's address or query to a log (see logs.py)."""
    return Process(
        "web server",
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", "16", "--no-ws", "--log-level", "error"),
            *("--workers-kill-timeout", "10", "cardable.server.wsgi:application"),
        ],
    )


def worker(*, alone: bool = False) -> Process:
    """The worker that takes jobs; alone, it takes over at once what an earlier one left undone."""
    command = [sys.executable, "-m", "cardable.server.worker"]
    return Process("worker", [*command, "--alone"] if alone else command)
