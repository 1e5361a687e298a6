"""An archive verified, and put back: every hash is checked before anything of the instance is touched."""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import Cursor

from cardable.server import storage
from cardable.server.archives.sealing import Damaged, Opener
from cardable.server.archives.tables import GOING, load, number_on, without_triggers
from cardable.server.archives.writing import FORMAT
from cardable.server.database import migrate, prepared
from cardable.server.environment import Refused
from cardable.server.secrets import keep, keys, parsed

_OF_ITSELF = ("about.json", "gone.json", "manifest.json")
_PART = 256 * 1024
_WORKING_WITHIN_SECONDS = 30


@dataclass(frozen=True)
class Archive:
    """An archive that was read from end to end and found whole."""

    path: Path
    key: bytes | None
    about: dict[str, Any]
    gone: dict[str, list[str]]
    entries: dict[str, dict[str, Any]]

    @property
    def rows(self) -> int:
        return sum(entry.get("rows", 0) for entry in self.entries.values())

    @property
    def words(self) -> str:
        return f"{self.rows:,} rows and {self.files:,} files of {self.about['made']}"

    @property
    def files(self) -> int:
        return sum(name.startswith("files/") for name in self.entries)


def verified(path: Path, key: bytes | None) -> Archive:
    """The archive, once each of its parts was found as it was written; raises Damaged or Refused."""
    try:
        found, said = _looked_at(path, key)
    except FileNotFoundError as fault:
        raise Refused(f"There is no file {path}.") from fault
    except (EOFError, OSError, tarfile.TarError, zlib.error, ValueError) as fault:
        raise Damaged("The archive is cut short or damaged.") from fault
    manifest = said.get("manifest.json", {})
    found.pop("manifest.json", None)
    if not manifest or set(found) != set(manifest):
        raise Damaged("The archive is cut short, or holds what was not put there.")
    for name, entry in found.items():
        if any(manifest[name][each] != entry[each] for each in entry):
            raise Damaged(f"The archive was changed: {name} is not what was written.")
    return Archive(path, key, _about(said["about.json"]), said["gone.json"], manifest)


def _looked_at(path: Path, key: bytes | None) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Size and hash of each part, and what the parts say that are about the archive itself."""
    found: dict[str, dict[str, Any]] = {}
    said: dict[str, Any] = {}
    for info, file in _parts(path, key):
        hash, size, kept = hashlib.sha256(), 0, bytearray()
        while part := file.read(_PART):
            hash.update(part)
            size += len(part)
            if info.name in _OF_ITSELF:
                kept += part
        found[info.name] = {"bytes": size, "sha256": hash.hexdigest()}
        if kept:
            said[info.name] = json.loads(kept)
    return found, said


def _about(said: dict[str, Any]) -> dict[str, Any]:
    if said["format"] != FORMAT:
        raise Refused(f"The archive has format {said['format']}, and this release reads {FORMAT}.")
    known = set(MigrationLoader(None).disk_migrations or {})
    later = [f"{app}.{name}" for app, name in said["migrations"] if (app, name) not in known]
    if later:
        raise Refused(
            f"The archive was made by release {said['release']}, later than this one. Install that release."
        )
    return said


def _parts(path: Path, key: bytes | None) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    with (
        path.open("rb") as file,
        gzip.GzipFile(fileobj=cast(IO[bytes], Opener(file, key)), mode="rb") as packed,
        tarfile.open(fileobj=packed, mode="r|") as archive,
    ):
        for info in archive:
            held = archive.extractfile(info) if info.isreg() else None
            if held is None:
                raise Damaged(f"The archive holds {info.name}, which is no file.")
            yield info, held
        # What follows the last part is read too, so that a cut at the very end is noticed.
        while packed.read(_PART):
            pass


def need_room(*, replace: bool) -> None:
    """Nothing would be lost, or that is meant; raises Refused with what is there."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select exists (select from procrastinate_workers"
            " where last_heartbeat > now() - make_interval(secs => %s))",
            [_WORKING_WITHIN_SECONDS],
        )
        if cursor.fetchone()[0]:
            raise Refused("A worker is at work. Stop every web server and worker, and try again.")
        cursor.execute("select count(*) from organizations_organization")
        organizations = cursor.fetchone()[0]
    files = sum(not key.startswith("health/") for key in storage.every_key())
    if (organizations or files) and not replace:
        raise Refused(
            f"This instance holds {organizations} organizations and {files} files. Nothing was changed."
            " To lose all of that and put the archive in its place, add --replace."
        )


def restore(archive: Archive) -> None:
    """Put everything in the archive in the place of all there is; afterwards at this release's schema."""
    _empty()
    _migrate_as_then(archive.about["migrations"])
    with psycopg.connect(settings.ENVIRONMENT.database_url) as connection, connection.cursor() as cursor:
        names = [name for name in archive.about["tables"] if f"tables/{name}" in archive.entries]
        without_triggers(cursor, names)
        for info, file in _parts(archive.path, archive.key):
            _put_back(archive, cursor, info.name, file)
        number_on(cursor, names)
        # What refers to what is looked at now; as long as that is to be done, no table can be altered.
        cursor.execute("set constraints all immediate")
        without_triggers(cursor, names, enable=True)
    migrate()
    _let_go(archive.gone)


def _put_back(archive: Archive, cursor: Cursor[Any], name: str, file: IO[bytes]) -> None:
    kind, _, rest = name.partition("/")
    parts = iter(lambda: file.read(_PART), b"")
    if kind == "tables":
        count = load(cursor, rest, archive.about["tables"][rest], parts)
        if count != archive.entries[name]["rows"]:
            raise Damaged(f"{count} rows of {rest} came back, of {archive.entries[name]['rows']}.")
    elif kind == "files":
        storage.put(rest, parts)
    elif name == "keys":
        _put_back_keys(file.read().decode())


def _put_back_keys(text: str) -> None:
    """Keys of the archive first, as its secrets need them; those that are here stay."""
    environment = settings.ENVIRONMENT
    if environment.keys is not None:
        return
    found = parsed(text.split(), "The archive")
    known = {key.id for key in found}
    here = keys() if environment.key_file.exists() else ()
    keep(environment.key_file, [*found, *(key for key in here if key.id not in known)])


def _empty() -> None:
    for key in storage.every_key():
        storage.delete_file(key)
    connections.close_all()
    with psycopg.connect(settings.ENVIRONMENT.database_url, autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")


def _migrate_as_then(applied: list[list[str]]) -> None:
    """Tables as they were when the archive was made, so that its rows fit."""
    wanted = {(app, name) for app, name in applied}
    loader = MigrationLoader(None)
    with prepared():
        for app in sorted({app for app, _ in wanted}):
            mine = [(app, name) for each, name in wanted if each == app]
            # The last of an app's is the one that none of its own is built on.
            children = {
                parent
                for node in mine
                for parent in loader.get_migration(*node).dependencies
                if parent[0] == app
            }
            for _, name in sorted(set(mine) - children):
                call_command("migrate", app, name, database="owner", interactive=False, verbosity=0)


def _let_go(gone: dict[str, list[str]]) -> None:
    """Remove what was deleted while the archive was made, as its files are not in it."""
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    for table in GOING:
        for id in gone.get(table, []):
            by_table[table]._base_manager.using("owner").filter(pk=id).delete()


def missing_files() -> list[str]:
    """Files that rows point at and storage does not hold."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select storage_key from connections_upload where storage_key <> ''"
            " union select storage_key from insights_reportfile where storage_key <> ''"
        )
        wanted = {key for (key,) in cursor.fetchall()}
    return sorted(wanted - set(storage.every_key()))
