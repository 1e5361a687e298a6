"""A zip package written in one go: large members are deflated in a thread of their own as they come."""

import struct
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from types import TracebackType
from typing import BinaryIO

from isal import isal_zlib

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8_NAME, _DEFLATED = 20, 0x800, 8
_LARGEST = 0xFFFFFFFF
_AHEAD = 4
"""How many pieces may wait to be deflated, so that a slow disk does not fill the memory."""


class PackageTooLarge(Exception):
    """A member passes the 4 GB that a workbook's package may hold."""


class Package:
    """A zip file whose bytes depend on its members and `day` alone."""

    def __init__(self, file: BinaryIO, day: date) -> None:
        self._file = file
        self._stamp = (0, (max(day.year, 1980) - 1980) << 9 | day.month << 5 | day.day)
        self._members: list[tuple[bytes, tuple[int, int, int], int]] = []
        self._deflater = ThreadPoolExecutor(1, "deflate")

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._deflater.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self._write_directory()

    def add(self, name: str, pieces: Iterable[bytes | memoryview]) -> None:
        """Write a member made of these pieces."""
        start, encoded = self._file.tell(), name.encode()
        self._file.write(self._local(encoded, (0, 0, 0)))
        sizes = self._deflate(pieces)
        end = self._file.tell()
        if max(*sizes, end) > _LARGEST:
            raise PackageTooLarge(name)
        self._file.seek(start)
        self._file.write(self._local(encoded, sizes))
        self._file.seek(end)
        self._members.append((encoded, sizes, start))

    def _deflate(self, pieces: Iterable[bytes | memoryview]) -> tuple[int, int, int]:
        stream = _Stream()
        waiting: deque[Future[bytes]] = deque()
        for piece in pieces:
            waiting.append(self._deflater.submit(stream.deflated, piece))
            if len(waiting) > _AHEAD:
                self._file.write(waiting.popleft().result())
        for future in waiting:
            self._file.write(future.result())
        self._file.write(stream.end())
        return stream.sizes

    def _local(self, name: bytes, sizes: tuple[int, int, int]) -> bytes:
        head = (b"PK\3\4", _VERSION, _UTF8_NAME, _DEFLATED, *self._stamp, *sizes, len(name), 0)
        return _LOCAL.pack(*head) + name

    def _write_directory(self) -> None:
        start = self._file.tell()
        for name, sizes, offset in self._members:
            head = (b"PK\1\2", _VERSION, _VERSION, _UTF8_NAME, _DEFLATED, *self._stamp, *sizes)
            self._file.write(_CENTRAL.pack(*head, len(name), 0, 0, 0, 0, 0, offset) + name)
        count, size = len(self._members), self._file.tell() - start
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0))


class _Stream:
    """One member being deflated: its checksum and its sizes so far."""

    def __init__(self) -> None:
        self._compressor = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        self._checksum = self._read = self._written = 0

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Checksum, deflated size, size."""
        return self._checksum, self._written, self._read

    def deflated(self, piece: bytes | memoryview) -> bytes:
        self._checksum = isal_zlib.crc32(piece, self._checksum)
        self._read += len(piece)
        return self._counted(self._compressor.compress(piece))

    def end(self) -> bytes:
        return self._counted(self._compressor.flush())

    def _counted(self, deflated: bytes) -> bytes:
        self._written += len(deflated)
        return deflated
