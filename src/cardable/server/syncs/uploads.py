"""Uploads brought from storage to a folder where they can be read."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from cardable.server import storage
from cardable.server.connections.models import Upload
from cardable.server.syncs.faults import NotUsable
from cardable.server.syncs.reading import Brought

_LONGEST_STEM = 60


def fetch(uploads: Iterable[Upload], folder: Path) -> list[Brought]:
    """The uploads on disk, each in a folder of its own; raises NotUsable where one is gone."""
    found = []
    for place, upload in enumerate(uploads):
        path = folder / str(place) / _file_name(upload.file_name)
        path.parent.mkdir(parents=True)
        try:
            storage.get_file(upload.storage_key, path)
        except FileNotFoundError as fault:
            words = f"{upload.file_name} is no longer there. Bring it again."
            raise NotUsable("FetchError", words) from fault
        found.append(Brought(path=path, name=upload.file_name, report=upload.report, choices=upload.choices))
    return found


def _file_name(name: str) -> str:
    """The customer's name for the file, made fit for any disk; its ending stays."""
    plain = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name or "file"
    stem, ending = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    return stem[:_LONGEST_STEM] + ending[:_LONGEST_STEM]
