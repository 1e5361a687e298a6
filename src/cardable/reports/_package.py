"""A zip package written member by member; large ones may have been deflated elsewhere."""

import shutil
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import BinaryIO

from isal import isal_zlib

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8_NAME, _DEFLATED = 20, 0x800, 8
_LARGEST = 0xFFFFFFFF

Sizes = tuple[int, int, int]
"""Checksum, deflated size, size."""


class PackageTooLarge(Exception):
    """A member passes the 4 GB that a workbook's package may hold."""


@dataclass(frozen=True)
class Deflated:
    """A member's deflated bytes, from the start of a file of their own."""

    file: BinaryIO
    sizes: Sizes


class Package:
    """A zip file whose bytes depend on its members and `day` alone."""

    def __init__(self, file: BinaryIO, day: date) -> None:
        self._file = file
        self._stamp = (0, (max(day.year, 1980) - 1980) << 9 | day.month << 5 | day.day)
        self._members: list[tuple[bytes, Sizes, int]] = []

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None:
            self._write_directory()

    def add(self, name: str, content: bytes) -> None:
        """Write a member with this content."""
        stream = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        written = stream.compress(content) + stream.flush()
        self._begin(name, (isal_zlib.crc32(content), len(written), len(content)))
        self._file.write(written)

    def take(self, name: str, member: Deflated) -> None:
        """Write a member deflated before, and close its file."""
        self._begin(name, member.sizes)
        with member.file as source:
            source.seek(0)
            shutil.copyfileobj(source, self._file, 1 << 20)

    def _begin(self, name: str, sizes: Sizes) -> None:
        start, encoded = self._file.tell(), name.encode()
        if max(*sizes, start + sizes[1]) > _LARGEST:
            raise PackageTooLarge(name)
        self._file.write(self._local(encoded, sizes))
        self._members.append((encoded, sizes, start))

    def _local(self, name: bytes, sizes: Sizes) -> bytes:
        head = (b"PK\3\4", _VERSION, _UTF8_NAME, _DEFLATED, *self._stamp, *sizes, len(name), 0)
        return _LOCAL.pack(*head) + name

    def _write_directory(self) -> None:
        start = self._file.tell()
        for name, sizes, offset in self._members:
            head = (b"PK\1\2", _VERSION, _VERSION, _UTF8_NAME, _DEFLATED, *self._stamp, *sizes)
            self._file.write(_CENTRAL.pack(*head, len(name), 0, 0, 0, 0, 0, offset) + name)
        count, size = len(self._members), self._file.tell() - start
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0))


def deflated(pieces: Iterable[bytes | memoryview], file: BinaryIO) -> Deflated:
    """A member made of these pieces, left in the file."""
    stream = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    checksum = size = written = 0
    for piece in pieces:
        checksum = isal_zlib.crc32(piece, checksum)
        size += len(piece)
        written += file.write(stream.compress(piece))
    written += file.write(stream.flush())
    return Deflated(file, (checksum, written, size))
