"""Keeps one PostgreSQL for a test run: started by the first process that needs it, gone with the last.

Every process of the run holds a shared lock while it lives; when none is left, even by a crash, the
keeper gets the lock to itself, stops PostgreSQL and removes the folder.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from cardable.server.postgres import Postgres

TEMPLATE = "template_cardable"
READY, PREPARED = "ready", "prepared"
_STARTS_WITHIN_SECONDS = 120


def postgres(run: Path) -> Postgres:
    """A PostgreSQL that may forget everything when the power fails."""
    return Postgres(run / "postgres", fsync="off", synchronous_commit="off", full_page_writes="off")


def join(run: Path) -> int:
    """Be one of the run's processes: see that PostgreSQL runs, and hold the lock that keeps it."""
    run.mkdir(mode=0o755, exist_ok=True)
    held = os.open(run / "users.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_SH)
    with (run / "start.lock").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not (run / READY).exists():
            _start(run)
    return held


def _start(run: Path) -> None:
    with (run / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.server.keeper", str(run)],
            cwd=Path(__file__).parents[2],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    until = time.monotonic() + _STARTS_WITHIN_SECONDS
    while not (run / READY).exists():
        if keeper.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {(run / 'keeper.log').read_text()}")
        time.sleep(0.05)


def keep(run: Path) -> None:
    """Run PostgreSQL, with this release's tables in its template, until nobody is left."""
    server = postgres(run)
    server.prepare()
    try:
        with _running(server):
            _migrate(server)
        # Whole only while nothing runs on it.
        subprocess.run(["cp", "-Rp", str(server.folder), str(run / PREPARED)], check=True)
        with _running(server):
            _make_template(server)
            (run / READY).touch()
            with (run / "users.lock").open("a") as users:
                fcntl.flock(users, fcntl.LOCK_EX)
    finally:
        shutil.rmtree(run, ignore_errors=True)


@contextmanager
def _running(server: Postgres) -> Iterator[None]:
    process = server.process()
    process.start()
    try:
        server.wait(process)
        yield
    finally:
        process.stop()
        process.wait(time.monotonic() + 10)


def _migrate(server: Postgres) -> None:
    import django

    os.environ["DATABASE_URL"] = server.url()
    django.setup()
    from django.db import connections

    from cardable.server.database import migrate

    migrate()
    connections.close_all()


def _make_template(server: Postgres) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE} template postgres")


def lend_prepared(run: Path, data: Path) -> None:
    """Give a server of its own the files of a PostgreSQL in which this release's tables are."""
    data.mkdir(parents=True)
    subprocess.run(["cp", "-Rp", str(run / PREPARED), str(data / "postgres")], check=True)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
