"""An archive made while the instance runs: the tables of one moment, then the files they point at.

Files are never changed, only added and deleted. Those added later are in no table yet; for those deleted
meanwhile, the archive says which rows went, so that these do not come back without their files.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import psycopg
from django.conf import settings
from django.db import DatabaseError
from psycopg import Cursor, sql

import cardable
from cardable.server import storage
from cardable.server.archives.sealing import Sealer
from cardable.server.archives.tables import GOING, columns, copied, tables
from cardable.server.environment import Refused
from cardable.server.operations.counting import note

FORMAT = 1
_IN_MEMORY = 8 * 1024 * 1024
_NOT_KEPT = ("health/",)


@dataclass
class Made:
    """What went into an archive."""

    tables: int = 0
    rows: int = 0
    files: int = 0
    bytes: int = 0
    has_keys: bool = False
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)


def write(path: Path, key: bytes | None) -> Made:
    """Make an archive at this path; it appears whole or not at all. Raises Refused."""
    if path.exists():
        raise Refused(f"{path} exists already. Name a new file.")
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            made = _write(file, key)
            os.fsync(file.fileno())
        os.replace(beside, path)
    except FileExistsError as fault:
        raise Refused(f"{beside} is there: another backup runs, or one was cut short. Remove it.") from fault
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return made


def _write(file: BinaryIO, key: bytes | None) -> Made:
    made = Made()
    with (
        Sealer(file, key) as sealed,
        gzip.GzipFile(fileobj=cast(IO[bytes], sealed), mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        _at_one_moment() as (cursor, snapshot),
    ):
        names = tables(snapshot)
        shapes = {name: columns(snapshot, name) for name in names}
        before = {name: _ids(snapshot, name) for name in GOING}
        _add_json(archive, made, "about.json", _about(snapshot, shapes))
        for name in names:
            made.tables += 1
            _add_table(archive, made, snapshot, name, shapes[name])
        _add_files(archive, made)
        if key is not None:
            _add_keys(archive, made)
        gone = {name: sorted(before[name] - _ids(cursor, name)) for name in GOING}
        _add_json(archive, made, "gone.json", gone)
        _add_json(archive, made, "manifest.json", made.entries)
    return made


@contextmanager
def _at_one_moment() -> Iterator[tuple[Cursor[Any], Cursor[Any]]]:
    """A cursor that sees what is now, and one that sees the moment it was opened, as the tables' owner."""
    url = settings.ENVIRONMENT.database_url
    with psycopg.connect(url, autocommit=True) as now, psycopg.connect(url) as then:
        then.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        then.read_only = True
        yield now.cursor(), then.cursor()


def _about(cursor: Cursor[Any], shapes: dict[str, list[str]]) -> dict[str, Any]:
    cursor.execute("select app, name from django_migrations order by id")
    return {
        "format": FORMAT,
        "release": cardable.__version__,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": [list(row) for row in cursor.fetchall()],
        "tables": shapes,
    }


def _ids(cursor: Cursor[Any], table: str) -> set[str]:
    cursor.execute(sql.SQL("select id::text from {}").format(sql.Identifier(table)))
    return {id for (id,) in cursor.fetchall()}


def _add_table(
    archive: tarfile.TarFile, made: Made, cursor: Cursor[Any], name: str, names: list[str]
) -> None:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as held:
        rows = 0
        for part in copied(cursor, name, names):
            rows += part.count(b"\n")
            held.write(part)
        size = held.tell()
        held.seek(0)
        _add(archive, made, f"tables/{name}", cast(BinaryIO, held), size)
    made.entries[f"tables/{name}"]["rows"] = rows
    made.rows += rows


def _add_files(archive: tarfile.TarFile, made: Made) -> None:
    for key in storage.every_key():
        if key.startswith(_NOT_KEPT):
            continue
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as held:
            try:
                held.writelines(storage.chunks(key))
            except FileNotFoundError:
                continue
            size = held.tell()
            held.seek(0)
            _add(archive, made, f"files/{key}", cast(BinaryIO, held), size)
        made.files += 1
        made.bytes += size


def _add_keys(archive: tarfile.TarFile, made: Made) -> None:
    """The key file, without which kept secrets cannot be opened; only into a sealed archive."""
    path = settings.ENVIRONMENT.key_file
    if settings.ENVIRONMENT.keys is None and path.exists():
        data = path.read_bytes()
        _add(archive, made, "keys", io.BytesIO(data), len(data))
        made.has_keys = True


def _add_json(archive: tarfile.TarFile, made: Made, name: str, value: Any) -> None:
    data = json.dumps(value, indent=1).encode()
    _add(archive, made, name, io.BytesIO(data), len(data))


def _add(archive: tarfile.TarFile, made: Made, name: str, file: BinaryIO, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    hashed = _Hashed(file)
    archive.addfile(info, cast(IO[bytes], hashed))
    made.entries[name] = {"bytes": size, "sha256": hashed.hash.hexdigest()}


class _Hashed:
    """A file whose hash is known once it was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self.hash.update(part)
        return part


def noted(made: Made, path: Path, *, sealed: bool) -> None:
    """Let the status page say when the last archive was made; before an upgrade it may have no place yet."""
    said = {"bytes": path.stat().st_size, "sealed": sealed, "rows": made.rows, "files": made.files}
    with suppress(DatabaseError):
        note("backup", json.dumps(said))


def words_of(made: Made, path: Path, *, sealed: bool) -> Iterable[str]:
    """What to tell whoever asked for the archive."""
    yield f"{path}: {made.rows:,} rows in {made.tables} tables, {made.files:,} files ({made.bytes:,} bytes)."
    if not sealed:
        yield "It is not sealed. Whoever reads it reads your customers' data; keep it where nobody else can."
        yield "The keys of kept secrets are not in it. Keep a copy of the key file elsewhere."
