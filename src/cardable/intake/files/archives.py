"""Workbooks that are zip archives, measured before anything of them is parsed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from cardable.intake.model import Limits
from cardable.intake.refusals import Refused
from cardable.language import said

_PARTS: Final = 10_000
_BLOCK: Final = 1 << 20
_LARGE_SHEETS: Final = range(8 << 20, 256 << 20)
"""Bytes of the sheets worth parsing in several shares."""
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_FORBIDDEN: Final = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_KEPT: Final = max(map(len, _FORBIDDEN)) - 1


def parts_of(path: Path) -> list[zipfile.ZipInfo]:
    """The archive's own list of what it holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        struct.error,
        UnicodeError,
    ) as error:
        raise Refused("DAMAGED") from error


def check_archive(path: Path, limits: Limits) -> dict[str, bytes]:
    """Refuse a workbook that unpacks to more than allowed, or to other than it says, or holds unsafe XML.

    First by its list of parts, then by unpacking every part: the list may lie. What it gives are the
    large sheets, unpacked; all else is unpacked without keeping it.
    """
    parts = parts_of(path)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("PASSWORD")
    if len(parts) > _PARTS:
        raise Refused("UNSAFE")
    _check_total(sum(part.file_size for part in parts), limits)
    kept: dict[str, bytes] = {}
    total = 0
    with path.open("rb") as file:
        for part in parts:
            wanted = _is_large_sheet(part) and total < _LARGE_SHEETS.stop
            blocks = []
            for block in _checked(file, part, limits, total):
                total += len(block)
                if wanted:
                    blocks.append(block)
            if wanted:
                kept[part.filename] = b"".join(blocks)
    return kept


def _is_large_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith("xl/worksheets/sheet") and part.file_size in _LARGE_SHEETS


def _checked(file: BinaryIO, part: zipfile.ZipInfo, limits: Limits, before: int) -> Iterator[bytes]:
    unpacked, tail = 0, b""
    for block in _unpacked(file, part):
        unpacked += len(block)
        _check_total(before + unpacked, limits)
        _check_xml(tail + block, part.filename)
        tail = block[-_KEPT:]
        yield block
    if unpacked != part.file_size:
        raise Refused("DAMAGED")


def _check_total(unpacked: int, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes:
        message = said(
            "The workbook unpacks to more than {megabytes} MB. "
            "Save the sheets you need as CSV, and bring those.",
            megabytes=f"{limits.unpacked_bytes // 1_000_000:,}",
        )
        raise Refused("UNPACKS_TOO_LARGE", message)


def _check_xml(block: bytes, name: str) -> None:
    # OpenOffice 2 and 3 wrote a harmless document type there.
    forbidden = _FORBIDDEN[3:] if name.startswith("META-INF/") else _FORBIDDEN
    if b"!" in block and any(mark in block for mark in forbidden) and not name.endswith(".bin"):
        raise Refused("UNSAFE")


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part really holds, however large the list says it is."""
    file.seek(max(part.header_offset, 0))
    header = file.read(_LOCAL_HEADER.size)
    if part.header_offset < 0 or len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise Refused("DAMAGED")
    _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    file.seek(name_length + extra_length, 1)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("DAMAGED")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left = part.compress_size
    while left > 0 and (packed := file.read(min(left, _BLOCK))):
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        try:
            while packed:
                yield inflater.decompress(packed, _BLOCK)
                packed = inflater.unconsumed_tail
        except zlib.error as error:
            raise Refused("DAMAGED") from error
    if inflater is not None:
        yield inflater.flush()
