"""Work files of this process, in a folder that goes with it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PREFIX, _HELD = "cardable-work-", ".held"


@contextmanager
def own_scratch() -> Iterator[Path]:
    """Temporary files lie in a folder of this process; those that a killed one left behind go first.

    They hold customers' data, and a killed process could not remove them.
    """
    before = tempfile.tempdir
    _sweep(Path(tempfile.gettempdir()))
    folder, lock = _held()
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _held() -> tuple[Path, IO[str]]:
    """A new folder, and the open file by which others see that somebody works in it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = (folder / _HELD).open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Until it was held, a sweep could take it for one left behind.
        if (folder / _HELD).exists():
            return folder, lock
        lock.close()


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        if _is_ours(folder) and _is_left(folder / _HELD):
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    try:
        return not folder.is_symlink() and folder.stat().st_uid == os.geteuid()
    except OSError:
        return False


def _is_left(held: Path) -> bool:
    try:
        with held.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
