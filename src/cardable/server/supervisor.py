"""Children that are started together, started again when they die, and stopped in order."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from cardable.server.environment import Refused

log = logging.getLogger(__name__)

STOP_WITHIN_SECONDS = 20
_LOOKS_EVERY_SECONDS = 0.2
_LIVED_LONG_SECONDS = 60
_LONGEST_PAUSE_SECONDS = 30
_DEATHS_AT_START = 4
_PR_SET_PDEATHSIG = 1


class CouldNotStart(Refused):
    """A child ended again and again before everything had come up."""


class Account(Protocol):
    """Whom a child runs as."""

    @property
    def pw_uid(self) -> int: ...

    @property
    def pw_gid(self) -> int: ...


def as_account(account: Account | None) -> dict[str, Any]:
    """What makes a child run as this account, with none of our own groups; None: as ourselves."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@dataclass
class Process:
    """A child that is started again when it dies, after a pause that grows while it keeps dying."""

    name: str
    command: list[str]
    stop_with: int = signal.SIGTERM
    account: Account | None = None
    log: Path | None = None
    before: Callable[[], None] = lambda: None
    deaths: int = 0
    _running: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _start_at: float | None = field(default=None)

    @property
    def is_alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def id(self) -> int | None:
        return self._running.pid if self._running else None

    def start(self) -> None:
        """Start it, in a group of its own: Ctrl-C reaches us alone, and children end in our order."""
        self.before()
        output = self.log.open("ab") if self.log else None
        try:
            self._running = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **as_account(self.account),
                preexec_fn=self._end_with_us if sys.platform == "linux" else None,
            )
        finally:
            if output:
                output.close()
        self._started_at, self._start_at = time.monotonic(), None

    def revive(self) -> None:
        """Start it again a moment after it died."""
        if self.is_alive or self._running is None:
            return
        now = time.monotonic()
        if self._start_at is None:
            self.deaths = 1 if now - self._started_at > _LIVED_LONG_SECONDS else self.deaths + 1
            self._start_at = now + min(_LONGEST_PAUSE_SECONDS, 2 ** (self.deaths - 1))
            log.warning("%s ended with %s and is started again", self.name, self._running.returncode)
            self._end_group()
        elif now >= self._start_at:
            self.start()

    def stop(self) -> None:
        if self._running is not None and self.is_alive:
            self._running.send_signal(self.stop_with)

    def wait(self, until: float) -> None:
        """Until it has ended; at the given moment it is killed with all its own children."""
        if self._running is None:
            return
        try:
            self._running.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not end in time and is killed", self.name)
        self._end_group()
        self._running.wait()

    def _end_group(self) -> None:
        """Kill what is left of it, such as a child that outlived it and still holds the port."""
        assert self._running is not None
        try:
            os.killpg(self._running.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def _end_with_us(self) -> None:
        # Where we are killed outright, the system tells the child to stop.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, self.stop_with)


class Stop:
    """Whether Ctrl-C or SIGTERM has asked us to stop; asked twice, patience is over."""

    def __init__(self) -> None:
        self.times = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.times += 1

    def __bool__(self) -> bool:
        return self.times > 0


def supervise(
    processes: Sequence[Process], stop: Stop, *, is_ready: Callable[[], bool], announce: Callable[[], None]
) -> None:
    """Start the processes, say so once they are ready, and keep them running until asked to stop.

    Raises CouldNotStart where one of them cannot be brought up at all.
    """
    ready = False
    for process in processes:
        if not process.is_alive and not stop:
            process.start()
    while not stop:
        time.sleep(_LOOKS_EVERY_SECONDS)
        if not ready and is_ready():
            ready = True
            announce()
        for process in processes:
            if not stop:
                process.revive()
            if not ready and process.deaths >= _DEATHS_AT_START:
                raise CouldNotStart(f"The {process.name} does not start. What it said is above.")


def stop_all(processes: Sequence[Process], impatient: Callable[[], bool] = lambda: False) -> None:
    """End the processes, all at once, within the time we have; whoever is impatient gets it at once."""
    for process in processes:
        process.stop()
    until = time.monotonic() + STOP_WITHIN_SECONDS
    while any(process.is_alive for process in processes) and time.monotonic() < until:
        if impatient():
            until = time.monotonic()
        time.sleep(_LOOKS_EVERY_SECONDS / 4)
    for process in processes:
        process.wait(until)
