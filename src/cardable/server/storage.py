"""Where files lie: a folder, or an S3-compatible bucket, under one storage URL."""

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import GenericError
from obstore.store import LocalStore, ObjectStore, from_url

from cardable.server.environment import read_environment

PART_BYTES = 5 * 1024 * 1024
Unreachable = GenericError
"""What is raised where the storage does not answer; it may be tried again."""


@cache
def _store() -> ObjectStore:
    url = read_environment().storage_url
    if url.startswith("file:"):
        return LocalStore(prefix=unquote(urlsplit(url).path), mkdir=True)
    return from_url(url)


def check() -> None:
    """Write and read a few bytes; raises what the storage raises."""
    obstore.put(_store(), "health/check", b"ok")
    obstore.get(_store(), "health/check").bytes()


def put(key: str, chunks: Iterable[bytes]) -> None:
    """Keep these bytes under this key, a part at a time; it appears whole or not at all."""
    obstore.put(_store(), key, iter(chunks), use_multipart=True, chunk_size=PART_BYTES)


def put_file(key: str, path: Path) -> None:
    obstore.put(_store(), key, path)


def chunks(key: str) -> Iterator[bytes]:
    """The bytes under a key, a part at a time; raises FileNotFoundError."""
    for part in obstore.get(_store(), key).stream(min_chunk_size=256 * 1024):
        yield bytes(part)


def keys(prefix: str) -> list[str]:
    """Every key that begins with this prefix and a slash."""
    return [item["path"] for page in obstore.list(_store(), prefix) for item in page]


def every_key() -> Iterator[str]:
    """The key of every file there is."""
    for page in obstore.list(_store()):
        for item in page:
            yield item["path"]


def sizes(prefix: str) -> tuple[int, int]:
    """How many files lie under a prefix, or under exactly this key, and of how many bytes."""
    found = [item["size"] for page in obstore.list(_store(), prefix) for item in page]
    with suppress(FileNotFoundError):
        found = found or [obstore.head(_store(), prefix)["size"]]
    return len(found), sum(found)


def keys_before(prefix: str, moment: datetime) -> Iterator[str]:
    """Every key below a prefix that was last written before a moment."""
    for page in obstore.list(_store(), prefix):
        yield from (item["path"] for item in page if item["last_modified"] < moment)


def folders(prefix: str) -> list[str]:
    """The folders right below a prefix."""
    return list(obstore.list_with_delimiter(_store(), prefix)["common_prefixes"])


def get_file(key: str, path: Path) -> None:
    """Bring what lies under a key to this path; raises FileNotFoundError."""
    with path.open("wb") as file:
        file.writelines(chunks(key))


def delete(prefix: str) -> None:
    """Remove everything under a prefix; nothing there is no fault."""
    found = keys(prefix)
    if found:
        # Somebody else may be deleting the same.
        with suppress(FileNotFoundError):
            obstore.delete(_store(), found)
    url = read_environment().storage_url
    if url.startswith("file:"):
        shutil.rmtree(Path(unquote(urlsplit(url).path)) / prefix, ignore_errors=True)


def delete_file(key: str) -> None:
    """Remove what lies under exactly this key; nothing there is no fault."""
    with suppress(FileNotFoundError):
        obstore.delete(_store(), [key])


def remove_unfinished(*, older_than_seconds: float) -> None:
    """Remove what a writer that was killed left in a folder; a bucket forgets such parts by its own rule."""
    url, now = read_environment().storage_url, time.time()
    if url.startswith("file:"):
        for path in Path(unquote(urlsplit(url).path)).rglob("*#[0-9]*"):
            with suppress(FileNotFoundError):
                if now - path.stat().st_mtime >= older_than_seconds:
                    path.unlink()


def put_folder(prefix: str, folder: Path) -> None:
    """Keep every file of a folder under a prefix."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            put_file(f"{prefix}/{path.relative_to(folder).as_posix()}", path)


@contextmanager
def checked_out(prefix: str) -> Iterator[Path]:
    """A folder with everything under a prefix: the folder itself where storage is one, else a copy."""
    url = read_environment().storage_url
    if url.startswith("file:"):
        yield Path(unquote(urlsplit(url).path)) / prefix
        return
    with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
        for key in keys(prefix):
            target = Path(folder) / key.removeprefix(f"{prefix}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.writelines(chunks(key))
        yield Path(folder)
