"""Files to tables, each read in a process of its own kind, none able to harm ours."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from cardable.intake.exchange import Answer, Request
from cardable.intake.model import FileReading, Limits, Problem
from cardable.intake.refusals import Refused, too_many
from cardable.intake.supervisor import Stopped, Supervisor
from cardable.intake.wire import NotUnderstood, plain, restored

_ORDINARY: Final = Limits()

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
) -> tuple[FileReading, ...]:
    """What each file holds, or why it is refused; never raises for what is in a file.

    Grids are left as Parquet in a new folder below `work`, which must stay as long as they are used.
    """
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="intake-", dir=work)).resolve()
    report = progress or (lambda path, reading: None)
    readings = []
    with Supervisor(folder, limits) as supervisor, ThreadPoolExecutor(1) as hashing:
        for number, path in enumerate(paths):
            report(path, None)
            request = Request(
                path=path.resolve(),
                data=folder / f"{number}.parquet",
                kind=kinds.get(path),
                mappings=list(mappings),
                limits=limits,
            )
            readings.append(_reading(path, request, supervisor, hashing))
            report(path, readings[-1])
    return tuple(readings)


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
        raise too_many("bytes", limits.file_bytes, "Split it by date into smaller files, and bring those.")
    return size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _problem(path: Path, refused: Refused) -> Problem:
    return Problem(file=path.name, message=refused.message, code=refused.code)
