"""What is asked of the reading process, and what it answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cardable.intake.model import Limits, Problem, Table

READY: Final = b"ready\n"
"""The first line of the process, once it has loaded all it needs."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Read this file, and leave what is large at `data`."""

    path: Path
    data: Path
    kind: str | None
    mappings: list[Any]
    """Saved mappings in plain form: they need be understood only where they are used."""
    limits: Limits


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the file holds, or why it is refused."""

    tables: tuple[Table, ...] = ()
    refusal: Problem | None = None
