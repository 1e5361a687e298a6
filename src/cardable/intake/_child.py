"""The process that reads untrusted files: a request a line comes in, an answer a line goes out."""

import gc
import json
import os
import resource
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

from cardable.intake import files, recognise
from cardable.intake.exchange import READY, Answer, Request
from cardable.intake.mappings import SavedMapping
from cardable.intake.model import Grid, Limits, Problem, Table
from cardable.intake.refusals import Refused
from cardable.intake.wire import plain, restored


class Recogniser(Protocol):
    """Says what a grid is."""

    def __call__(
        self, grid: Grid, *, file: str, kind: str | None = None, mappings: Sequence[SavedMapping] = ()
    ) -> Table: ...


def serve(recogniser: Recogniser, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more, or memory has run out once."""
    # Collecting while a file is read finds nothing and takes a tenth of the time.
    gc.disable()
    gc.freeze()
    for line in requests:
        answer = _answer(restored(Request, json.loads(line)), recogniser)
        answers.write(json.dumps(plain(answer), separators=(",", ":")).encode() + b"\n")
        answers.flush()
        gc.collect()
        if answer.refusal and answer.refusal.code == Refused("MEMORY").code:
            return


def _answer(request: Request, recogniser: Recogniser) -> Answer:
    name = request.path.name
    try:
        _limit(request.limits)
        mappings = restored(tuple[SavedMapping, ...], request.mappings)
        grids = files.grids(request.path, request.data, request.limits)
        tables = [recogniser(grid, file=name, kind=request.kind, mappings=mappings) for grid in grids]
        return Answer(tables=(_noted(tables[0], request.path), *tables[1:]))
    except Refused as refused:
        return _refusal(name, refused)
    except MemoryError:
        return _refusal(name, Refused("MEMORY"))
    # Parsers written in other languages fail with exceptions of their own, not all under Exception.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        traceback.print_exc()
        return _refusal(name, Refused("UNREADABLE"))


def _noted(table: Table, path: Path) -> Table:
    """The table, with a remark where the file's name says what it is not."""
    message = files.misnamed(path)
    if message is None:
        return table
    note = Problem(file=path.name, message=message, code="NAME_DOES_NOT_FIT")
    return replace(table, problems=(*table.problems, note))


def _refusal(name: str, refused: Refused) -> Answer:
    return Answer(refusal=Problem(file=name, message=refused.message, code=refused.code))


def _limit(limits: Limits) -> None:
    """Cap what this process may still take; the one that asks also watches from outside."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _cap(resource.RLIMIT_CPU, int(used) + limits.seconds * (os.cpu_count() or 1) + 1)
    _cap(resource.RLIMIT_DATA, limits.memory_bytes)
    _cap(resource.RLIMIT_CORE, 0)


def _cap(what: int, amount: int) -> None:
    _, hardest = resource.getrlimit(what)
    allowed = amount if hardest == resource.RLIM_INFINITY else min(amount, hardest)
    resource.setrlimit(what, (allowed, hardest))


def main(recogniser: Recogniser = recognise.recognise) -> None:
    """Serve the standard streams; whatever else is printed goes to the log."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answers.write(READY)
    answers.flush()
    serve(recogniser, sys.stdin.buffer, answers)
