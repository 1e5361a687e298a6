"""Which files the person gave."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cardable.cli.errors import Unusable


def files_in(paths: Sequence[Path], *, none_is_fine: bool = False) -> list[Path]:
    """The files, folders opened, in a steady order and each once; raises Unusable where one is missing."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Unusable(f"{path} does not exist. Name a file or folder that does.")
        found.update(dict.fromkeys(_files(path)))
    if not found and not none_is_fine:
        raise Unusable("There are no files to read. Name CSV or Excel files, or a folder that holds some.")
    return list(found)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for each in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
        if each.is_file() and not hidden and not each.name.startswith("~$"):
            yield each
