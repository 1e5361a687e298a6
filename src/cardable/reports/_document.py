"""A JSON document written part by part, its long lists a row at a time."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cardable.records import exact_json

Part = tuple[str, Any]
"""A name of the document and its value, or an iterator over the lines of a long list."""


def write_document(path: Path, parts: Iterable[Part]) -> None:
    """Write the parts, each on a line of its own, lists with a line for each member."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_object(parts))
        out.write("\n")


def _object(parts: Iterable[Part]) -> Iterator[str]:
    before = "{\n"
    for name, value in parts:
        yield f"{before}{exact_json.dumps(name)}: "
        yield from _lines(value)
        before = ",\n"
    yield "{}" if before == "{\n" else "\n}"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, Iterator):
        return _list(value)
    if isinstance(value, list):
        return _list(map(exact_json.dumps, value))
    if isinstance(value, dict) and any(isinstance(each, Iterator) for each in value.values()):
        return _object(value.items())
    return iter([exact_json.dumps(value)])


def _list(lines: Iterator[str]) -> Iterator[str]:
    before = "[\n  "
    for line in lines:
        yield before + line
        before = ",\n  "
    yield "[]" if before == "[\n  " else "\n]"
