"""A real server, started as a person starts it, that tests may visit, look into and kill parts of."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil
import psycopg

from cardable.server.postgres import Postgres

ROOT = Path(__file__).parents[2]
_ADMIN = "admin@demo.bank"
PASSWORD = "a quiet harbour at dawn"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cardable(*arguments: str, given: str = "", **told: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "cardable.cli", *arguments],
        cwd=ROOT,
        env=environment(told),
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
    )


def environment(more: dict[str, str]) -> dict[str, str]:
    """What a person's shell would hold: nothing of the tests' own server."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CARDABLE_", "DJANGO_"))}
    own.pop("DATABASE_URL", None)
    return own | {"PYTHONUNBUFFERED": "1"} | more


class Served:
    """A running `cardable serve`."""

    def __init__(self, data: Path, port: int, process: subprocess.Popen[bytes], said: Path) -> None:
        self.data, self.port, self.process, self._said = data, port, process, said
        self.url = f"http://localhost:{port}"
        self.email, self.password = _ADMIN, PASSWORD

    @property
    def log(self) -> str:
        return self._said.read_text("utf-8", "replace")

    @property
    def database_url(self) -> str:
        return Postgres(self.data / "postgres").url()

    def health(self) -> dict[str, bool]:
        """What /healthz says of each part; empty where nothing answers."""
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return dict(json.load(answer))
        except HTTPError as answer:
            return dict(json.load(answer))
        except (URLError, OSError):
            return {}

    def is_healthy(self) -> bool:
        health = self.health()
        return bool(health) and all(health.values())

    def sql(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database as its owner, past every policy."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(question, values)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Another command on the same data folder."""
        return cardable(*arguments, "--data", str(self.data), given=given)

    def make_administrator(self) -> None:
        """Let `email` sign in to Demo Bank with `password`."""
        made = self.run(
            *("create-admin", "--organization", "Demo Bank", "--email", _ADMIN, "--password-stdin"),
            given=PASSWORD,
        )
        assert made.returncode == 0, made.stderr

    def part(self, name: str) -> psutil.Process:
        """The process of a part: “worker”, “granian” or “postgres”."""
        return next(child for child in self.children() if name in _command(child))

    def children(self) -> list[psutil.Process]:
        found: list[psutil.Process] = psutil.Process(self.process.pid).children()
        return found

    def kill(self, name: str) -> None:
        """Kill a part outright, with all its own children, and wait for the next of its kind."""
        part = self.part(name)
        for process in [part, *part.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        part.wait(10)
        eventually(lambda: any(name in _command(each) for each in self.children()), 60, f"a new {name}")
        eventually(self.is_healthy, 60, f"healthy again after {name}")

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self, with_signal: int = signal.SIGTERM) -> int:
        if self.is_alive:
            self.process.send_signal(with_signal)
        return self.process.wait(40)


def _command(process: psutil.Process) -> str:
    """What a process was started with; nothing of one that has ended."""
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


def becomes(wanted: object, ask: Callable[[], object], within_seconds: float = 60) -> None:
    """Wait until asking gives what is wanted; fails with what it gave last."""
    until = time.monotonic() + within_seconds
    while (given := ask()) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert given == wanted, f"{given} is not {wanted} after {within_seconds} s"


def eventually(claim: Callable[[], bool], within_seconds: float = 60, words: str = "") -> None:
    """Wait until the claim holds; fails when it does not in time."""
    until = time.monotonic() + within_seconds
    while not claim():
        assert time.monotonic() < until, f"not within {within_seconds} s: {words or claim}"
        time.sleep(0.1)


@contextmanager
def serving(prepare: Callable[[Path], None] = lambda data: None, **told: str) -> Iterator[Served]:
    """Serve on a free port and a fresh folder, or one that is prepared first; all is gone afterwards."""
    # Not in pytest's own folder, which it closes to PostgreSQL's account.
    folder = Path(tempfile.mkdtemp(prefix="cardable-served-"))
    prepare(folder / "data")
    server = _start(folder, told)
    try:
        eventually(lambda: "is running" in server.log or not server.is_alive, 90, "serve says it runs")
        assert server.is_alive, server.log
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, told: dict[str, str]) -> Served:
    data, said, port = folder / "data", folder / "said.txt", free_port()
    command = [sys.executable, "-m", "cardable.cli", "serve", "--port", str(port), "--data", str(data)]
    with said.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(told),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Served(data, port, process, said)
