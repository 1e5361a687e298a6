"""Files as they come in: streamed to storage, and refused as soon as they are too large or too many."""

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Queue
from threading import Thread
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext

from cardable.server import storage

CHUNK_BYTES = 256 * 1024
_WAITING_CHUNKS = 4
_LONGEST_NAME = 255

log = logging.getLogger("cardable.link")


@dataclass(frozen=True)
class Received:
    """A file that lies in storage."""

    id: uuid.UUID
    name: str
    bytes: int
    sha256: str
    key: str


@dataclass(frozen=True)
class Refused:
    """A file that was not kept, and why, in a sentence."""

    name: str
    why: str


class Incoming(FileUploadHandler):
    """Keeps each file of a form as it arrives; `room` is how many may still come."""

    chunk_size = CHUNK_BYTES

    def __init__(
        self, request: HttpRequest, key_of: Callable[[uuid.UUID], str], *, limit: int, room: int, most: int
    ) -> None:
        super().__init__(request)
        self._key_of, self._limit, self._room, self._most = key_of, limit, room, most
        self._file: _File | None = None
        self.received: list[Received] = []
        self.refused: list[Refused] = []

    def new_file(self, field_name: str, file_name: str, *more: Any, **named: Any) -> None:
        super().new_file(field_name, file_name, *more, **named)
        name = file_name[-_LONGEST_NAME:]
        if len(self.received) >= self._room:
            self._refuse(name, self._full)
        identity = uuid.uuid4()
        self._file = _File(identity, name, self._key_of(identity))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self._file is not None
        self._file.write(raw_data)
        if self._file.bytes > self._limit:
            self._file.give_up()
            size = self._limit // (1024 * 1024)
            why = gettext("It is larger than {size} MB. Split it by date, and bring the parts.")
            self._refuse(self._file.name, why.format(size=size))

    def file_complete(self, file_size: int) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        if not file.bytes:
            file.give_up()
            why = gettext("It is empty. Export it again, and bring the new file.")
            self.refused.append(Refused(file.name, why))
        elif file.close():
            self.received.append(file.received())
        else:
            why = gettext("It could not be kept just now. Bring it again in a minute.")
            self.refused.append(Refused(file.name, why))

    def end(self) -> None:
        """Nothing more comes, whether or not all came: a file cut short is not kept."""
        file, self._file = self._file, None
        if file:
            file.give_up()

    def keep_only(self, room: int) -> None:
        """Let go of what there is no room for any more, as others came meanwhile."""
        for file in self.received[room:]:
            storage.delete_file(file.key)
            self.refused.append(Refused(file.name, self._full))
        del self.received[room:]

    @property
    def _full(self) -> str:
        words = gettext("At most {count} files can be kept here. Remove one first.")
        return words.format(count=self._most)

    def discard(self) -> None:
        """Remove what was kept: the form it came with was not to be believed."""
        for file in self.received:
            storage.delete_file(file.key)

    def _refuse(self, name: str, why: str) -> None:
        self._file = None
        self.refused.append(Refused(name, why))
        raise SkipFile


class _GivenUp(Exception):
    """The file is not wanted after all; nothing of it is kept."""


class _File:
    """One file on its way: what the form hands over here, storage takes in another thread."""

    def __init__(self, identity: uuid.UUID, name: str, key: str) -> None:
        self.id, self.name, self.key, self.bytes = identity, name, key, 0
        self._digest = hashlib.sha256()
        self._chunks: Queue[bytes | type[_GivenUp] | None] = Queue(_WAITING_CHUNKS)
        self._is_kept = False
        self._thread = Thread(target=self._keep, daemon=True)
        self._thread.start()

    def write(self, chunk: bytes) -> None:
        self.bytes += len(chunk)
        self._digest.update(chunk)
        self._chunks.put(chunk)

    def close(self) -> bool:
        """Whether the whole file is in storage."""
        self._chunks.put(None)
        self._thread.join()
        return self._is_kept

    def give_up(self) -> None:
        self._chunks.put(_GivenUp)
        self._thread.join()

    def received(self) -> Received:
        return Received(self.id, self.name, self.bytes, self._digest.hexdigest(), self.key)

    def _keep(self) -> None:
        try:
            storage.put(self.key, self._arriving())
        except _GivenUp:
            return
        except Exception as fault:
            log.error("A file could not be stored: %s", type(fault).__name__)
            # Whoever writes must not wait for a storage that takes nothing more.
            while isinstance(self._chunks.get(), bytes):
                pass
            return
        self._is_kept = True

    def _arriving(self) -> Iterator[bytes]:
        while (chunk := self._chunks.get()) is not None:
            if isinstance(chunk, bytes):
                yield chunk
            else:
                raise _GivenUp
