"""The reading process from outside: started early, watched, stopped when it takes too much, started again."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cardable.intake.model import Limits

CHILD: Final = ("-m", "cardable.intake._child")

_GLANCE_SECONDS: Final = 0.02
_LONGEST_ANSWER: Final = 256 << 20
_OPENED: Final = 1 << 20


class Stopped(Exception):
    """The reading process is no more: `MEMORY`, `TIME` or `UNREADABLE`."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Supervisor:
    """One reading process for all files of a run, a new one after each that died."""

    def __init__(self, work: Path, limits: Limits, *, program: tuple[str, ...] = CHILD) -> None:
        self._work, self._limits, self._program = work, limits, program
        self._process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ask(self, request: bytes) -> bytes:
        """The answer to a request, both of one line; raises Stopped where the process died of it."""
        if self._process.poll() is not None:
            self._stop()
            self._process = self._start()
        try:
            return self._asked(request)
        except Stopped:
            self._stop()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        # No variables of ours: what reads untrusted bytes shall not know our passwords.
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONUTF8": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "TMPDIR": str(self._work),
        }
        with (self._work / "intake.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *self._program],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=environment, cwd=self._work, start_new_session=True,
            )  # fmt: skip

    def _stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def _asked(self, request: bytes) -> bytes:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise Stopped("UNREADABLE")
        try:
            requests.write(request + b"\n")
            requests.flush()
        except BrokenPipeError:
            raise Stopped(self._cause_of_death()) from None
        answer, stream = bytearray(), answers.fileno()
        deadline = time.monotonic() + self._limits.seconds
        while not answer.endswith(b"\n"):
            if select.select([stream], [], [], _GLANCE_SECONDS)[0]:
                part = os.read(stream, _OPENED)
                if not part:
                    raise Stopped(self._cause_of_death())
                answer += part
            if len(answer) > _LONGEST_ANSWER or self._memory() > self._limits.memory_bytes:
                raise Stopped("MEMORY")
            if time.monotonic() > deadline:
                raise Stopped("TIME")
        return bytes(answer)

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
