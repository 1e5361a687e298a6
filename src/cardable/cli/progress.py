"""What a command says while it works: a line a stage, on a terminal only."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TextIO


class Progress:
    """Stages with their rows and seconds, written to standard error where a person is watching."""

    def __init__(self, *, shown: bool, stream: TextIO | None = None) -> None:
        self._shown = shown
        self._stream = stream or sys.stderr
        self._writing = Lock()

    @contextmanager
    def stage(self, words: str) -> Iterator["Stage"]:
        """A stage that is under way inside the block; set `detail` to say what came of it."""
        stage, started = Stage(), time.monotonic()
        self._write(f"{words} …")
        yield stage
        self._write(f"{words:<34} {stage.detail:<28} {time.monotonic() - started:6.1f} s", end="\n")

    def _write(self, line: str, end: str = "") -> None:
        if self._shown:
            shown = f"\r\x1b[2K{line}" if self._stream.isatty() else line
            with self._writing:
                print(shown, end=end or self._held(), file=self._stream, flush=True)

    def _held(self) -> str:
        return "" if self._stream.isatty() else "\n"


class Stage:
    """One stage under way."""

    detail = ""
