"""Files to tables, each read in a process of its own kind, none able to harm ours."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any, Final, Self

from cardable.intake.exchange import Answer, Request
from cardable.intake.model import FileReading, Limits, Problem
from cardable.intake.refusals import Refused
from cardable.intake.supervisor import Stopped, Supervisor
from cardable.intake.wire import NotUnderstood, plain, restored
from cardable.language import said

_ORDINARY: Final = Limits()
_LARGE: Final = 2 << 20

Progress = Callable[[Path, FileReading | None], None]
"""Told of each file twice: as it is begun, and once it is read."""


def read(
    paths: Sequence[Path],
    work: Path,
    *,
    limits: Limits = _ORDINARY,
    kinds: Mapping[Path, str] = {},
    mappings: Sequence[Any] = (),
    progress: Progress | None = None,
    readers: int = 1,
    given_up: Event | None = None,
) -> tuple[FileReading, ...]:
    """What each file holds, or why it is refused; never raises for what is in a file.

    Grids are left as Parquet in a new folder below `work`, which must stay as long as they are used.
    Up to `readers` processes read at the same time, each within the limits; small files get one. Once
    `given_up` is set, reading ends at once, and what it answers is worth nothing.
    """
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="intake-", dir=work)).resolve()
    report = progress or (lambda path, reading: None)
    requests = [
        Request(
            path=path.resolve(),
            data=folder / f"{number}.parquet",
            kind=kinds.get(path),
            mappings=list(mappings),
            limits=limits,
        )
        for number, path in enumerate(paths)
    ]
    readings = []
    with _Readers(folder, limits, _worth(paths, readers), given_up or Event()) as reading:
        waiting = [reading.submit(path, request) for path, request in zip(paths, requests, strict=True)]
        for path, answer in zip(paths, waiting, strict=True):
            report(path, None)
            readings.append(answer.result())
            report(path, readings[-1])
    return tuple(readings)


def _worth(paths: Sequence[Path], readers: int) -> int:
    """How many reading processes pay: starting one takes longer than reading a few megabytes."""
    large = sum(path.is_file() and path.stat().st_size > _LARGE for path in paths)
    return max(1, min(readers, large))


class _Readers:
    """Reading processes that take file after file, in order."""

    def __init__(self, folder: Path, limits: Limits, count: int, given_up: Event) -> None:
        self._given_up = given_up
        self._free: SimpleQueue[Supervisor] = SimpleQueue()
        self._supervisors = [Supervisor(folder, limits, given_up) for _ in range(count)]
        self._threads = ThreadPoolExecutor(count)
        self._hashing = ThreadPoolExecutor(1)
        for supervisor in self._supervisors:
            self._free.put(supervisor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self._given_up.set()
        self._threads.shutdown(cancel_futures=True)
        self._hashing.shutdown()
        for supervisor in self._supervisors:
            supervisor.stop()

    def submit(self, path: Path, request: Request) -> Future[FileReading]:
        return self._threads.submit(self._read, path, request)

    def _read(self, path: Path, request: Request) -> FileReading:
        supervisor = self._free.get()
        try:
            return _reading(path, request, supervisor, self._hashing)
        finally:
            self._free.put(supervisor)


def _reading(
    path: Path, request: Request, supervisor: Supervisor, hashing: ThreadPoolExecutor
) -> FileReading:
    try:
        size = _size(path, request.limits)
        digest = hashing.submit(_sha256, path)
    except Refused as refused:
        return FileReading(file=path.name, sha256="", bytes=0, refusal=_problem(path, refused))
    try:
        answer = _answer(request, supervisor)
    except Refused as refused:
        answer = Answer(refusal=_problem(path, refused))
    return FileReading(
        file=path.name, sha256=digest.result(), bytes=size, tables=answer.tables, refusal=answer.refusal
    )


def _answer(request: Request, supervisor: Supervisor) -> Answer:
    """The answer of the reading process; what it says is believed no further than it must be."""
    try:
        line = supervisor.ask(json.dumps(plain(request)).encode())
        answer = restored(Answer, json.loads(line))
    except Stopped as stopped:
        raise Refused(stopped.why) from stopped
    except (NotUnderstood, ValueError, RecursionError) as error:
        raise Refused("UNREADABLE") from error
    if any(table.grid.data.parent != request.data.parent for table in answer.tables):
        raise Refused("UNREADABLE")
    return answer


def _size(path: Path, limits: Limits) -> int:
    if path.is_dir():
        raise Refused("FOLDER")
    if not path.is_file():
        raise Refused("MISSING")
    if not os.access(path, os.R_OK):
        raise Refused("FORBIDDEN")
    size = path.stat().st_size
    if size > limits.file_bytes:
        message = said(
            "The file has more than {allowed} bytes. Split it by date into smaller files, and bring those.",
            allowed=f"{limits.file_bytes:,}",
        )
        raise Refused("TOO_LARGE", message)
    return size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _problem(path: Path, refused: Refused) -> Problem:
    return Problem(file=path.name, message=refused.message, code=refused.code)
