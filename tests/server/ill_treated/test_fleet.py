"""Several machines on one database and one storage: `migrate` once, then `web` and `worker` on each."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.server import keeper
from tests.server.conftest import RUN
from tests.server.served import ROOT, Served, cardable, environment, eventually, free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("tables")]


@pytest.fixture
def shared() -> Iterator[dict[str, str]]:
    """What all machines are told: an empty database of their own, and a folder for files."""
    server = keeper.postgres(RUN)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("create database fleet")
    with tempfile.TemporaryDirectory(prefix="cardable-fleet-") as folder:
        yield {
            "DATABASE_URL": server.url("fleet"),
            "CARDABLE_STORAGE_URL": Path(folder, "storage").as_uri(),
            "CARDABLE_SECRET_KEY": "a key that all machines of a fleet share",
            "CARDABLE_KEYS": "one:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
            "CARDABLE_DATA": folder,
        }
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("drop database fleet with (force)")


@contextmanager
def machine(shared: dict[str, str], command: str, port: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    arguments = [command, "--port", str(port)] if port else [command]
    process = subprocess.Popen(
        [sys.executable, "-m", "cardable.cli", *arguments], cwd=ROOT, env=environment(shared)
    )
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(40) == 0


def test_web_and_worker_on_two_machines_are_healthy_together(shared: dict[str, str]) -> None:
    early = cardable("worker", **shared)
    assert (early.returncode, "Run `cardable migrate` first" in early.stderr) == (2, True)
    assert cardable("migrate", **shared).returncode == 0
    port = free_port()
    with ExitStack() as machines:
        web = machines.enter_context(machine(shared, "web", port))
        server = Served(Path(shared["CARDABLE_DATA"]), port, web, Path())
        eventually(lambda: server.health().get("worker") is False, 60, "web answers, without a worker")
        machines.enter_context(machine(shared, "worker"))
        eventually(server.is_healthy, 60, "healthy with a worker")
