"""Which uploads make a company's data, and how they come from storage to a folder where they can be read."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from cardable.language import said
from cardable.server import storage
from cardable.server.connections.entities import choice_of
from cardable.server.connections.models import Connection, Upload
from cardable.server.syncs.faults import NotUsable
from cardable.server.syncs.reading import Brought

_LONGEST_STEM = 60


def confirmed(connection: Connection) -> tuple[Upload, ...]:
    """The confirmed uploads, oldest first; of one content read the same way only the latest."""
    found = connection.uploads.filter(status="Confirmed").order_by("received_at", "id")
    return tuple({(each.sha256, _read_as(each)): each for each in found}.values())


def snapshot_id(connection: Connection, uploads: Sequence[Upload]) -> uuid.UUID:
    """Equal uploads confirmed and chosen from equally make the same snapshot, however often they are read."""
    said: list[Any] = [[str(each.id), each.sha256, each.report, each.choices] for each in uploads]
    choice = choice_of(connection)
    said += [choice.asked] if choice else []
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return uuid.uuid5(connection.id, digest)


def _read_as(upload: Upload) -> tuple[str, ...]:
    """What each table of a file was taken for: brought for two reports, a file may be read two ways."""
    return tuple(table["kind"] for table in upload.reading.get("tables", ())) or (upload.report,)


def fetch(uploads: Iterable[Upload], folder: Path) -> list[Brought]:
    """The uploads on disk, each in a folder of its own; raises NotUsable where one is gone."""
    found = []
    for place, upload in enumerate(uploads):
        path = folder / str(place) / _file_name(upload.file_name)
        path.parent.mkdir(parents=True)
        try:
            storage.get_file(upload.storage_key, path)
        except FileNotFoundError as fault:
            words = said("{file} is no longer there. Bring it again.", file=upload.file_name)
            raise NotUsable("FetchError", words) from fault
        found.append(Brought(path=path, name=upload.file_name, report=upload.report, choices=upload.choices))
    return found


def _file_name(name: str) -> str:
    """The customer's name for the file, made fit for any disk; its ending stays."""
    plain = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name or "file"
    stem, ending = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    return stem[:_LONGEST_STEM] + ending[:_LONGEST_STEM]
