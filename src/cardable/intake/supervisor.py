"""The reading process from outside: started early, watched, stopped when it takes too much, started again."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from typing import IO, Final

from cardable.intake.model import Limits

CHILD = ("-m", "cardable.intake._start")

_GLANCE_MILLISECONDS: Final = 20
_LONGEST_ANSWER: Final = 256 << 20
_READ_AT_ONCE: Final = 1 << 20
_START_SECONDS: Final = 60


class Stopped(Exception):
    """The reading process is no more: `MEMORY`, `TIME` or `UNREADABLE`."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Supervisor:
    """One reading process for all files of a run, a new one after each that died."""

    def __init__(self, work: Path, limits: Limits, given_up: Event) -> None:
        self._work, self._limits, self._given_up = work, limits, given_up
        self._log = work / "intake.log"
        self._process, self._served = self._start(), 0

    def ask(self, request: bytes) -> bytes:
        """The answer to a request, both of one line; raises Stopped where the process died of it.

        What kills a process that read other files before gets a second try, in one of its own.
        """
        fresh = not self._served
        try:
            answer = self._asked(request)
        except Stopped as stopped:
            if self._given_up.is_set():
                raise
            self._restart()
            if fresh or stopped.why == "TIME":
                raise
            return self.ask(request)
        self._served += 1
        return answer

    def _restart(self) -> None:
        self.stop()
        self._process, self._served = self._start(), 0

    def _start(self) -> subprocess.Popen[bytes]:
        # No variables of ours: what reads untrusted bytes shall not know our passwords.
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
            "PYTHONUTF8": "1",
            # Arrow's own allocators reserve more than they use, which counts against the limit.
            "ARROW_DEFAULT_MEMORY_POOL": "system",
            "TMPDIR": str(self._work),
        }
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *CHILD],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=environment, cwd=self._work, start_new_session=True,
            )  # fmt: skip

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def _asked(self, request: bytes) -> bytes:
        if not self._served:
            self._await_start()
        try:
            requests = _there(self._process.stdin)
            requests.write(request + b"\n")
            requests.flush()
        except BrokenPipeError:
            raise Stopped(self._cause_of_death()) from None
        return self._line(self._limits.seconds)

    def _await_start(self) -> None:
        try:
            self._line(_START_SECONDS)
        except Stopped as stopped:
            if self._given_up.is_set():
                raise
            log = self._log.read_text(errors="replace").strip()
            raise RuntimeError(f"The reading process did not start: {log[-500:]}") from stopped

    def _line(self, seconds: float) -> bytes:
        """What the process says next, if it does so in time and within its memory."""
        line, stream = bytearray(), _there(self._process.stdout).fileno()
        waiting = select.poll()
        waiting.register(stream, select.POLLIN)
        deadline = time.monotonic() + seconds
        while not line.endswith(b"\n"):
            if waiting.poll(_GLANCE_MILLISECONDS):
                part = os.read(stream, _READ_AT_ONCE)
                if not part:
                    raise Stopped(self._cause_of_death())
                line += part
            if len(line) > _LONGEST_ANSWER or self._memory() > self._limits.memory_bytes:
                raise Stopped("MEMORY")
            if time.monotonic() > deadline or self._given_up.is_set():
                raise Stopped("TIME")
        return bytes(line)

    def _memory(self) -> int:
        """Bytes the process holds of its own; 0 where the system does not say."""
        try:
            statistics = Path(f"/proc/{self._process.pid}/statm").read_text()
        except OSError:
            return 0
        _, resident, shared, *_ = map(int, statistics.split())
        return (resident - shared) * os.sysconf("SC_PAGE_SIZE")

    def _cause_of_death(self) -> str:
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return "TIME"
        return "MEMORY" if status in (-signal.SIGABRT, -signal.SIGKILL) else "UNREADABLE"


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise Stopped("UNREADABLE")
    return stream
