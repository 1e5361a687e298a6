"""A made-up file for a test: what became of the rows of one of its tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TableOfFile:
    file: str
    sha256: str
    read: int = 1
    accepted: int = 1
    rejected: int = 0
    skipped: int = 0
