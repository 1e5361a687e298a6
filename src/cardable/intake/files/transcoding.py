"""A text file of any encoding as a file of UTF-8."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cardable.intake.files.encodings import encoding_of
from cardable.intake.model import Limits
from cardable.intake.refusals import Refused

_BLOCK: Final = 4 << 20


@dataclass(frozen=True)
class Utf8:
    """A file of UTF-8 text without mark or NUL bytes from `start` on, and how it was encoded before."""

    path: Path
    encoding: str
    start: int = 0

    def beginning(self, size: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(size)


def utf8(path: Path, scratch: Path, limits: Limits) -> Utf8:
    """The file itself where it is UTF-8 already, else a copy written to `scratch`."""
    encoding, is_utf8 = encoding_of(path)
    if is_utf8:
        return Utf8(path, encoding, len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
    _copy(path, scratch, encoding, limits)
    return Utf8(scratch, encoding)


def _copy(path: Path, scratch: Path, encoding: str, limits: Limits) -> None:
    decoder = codecs.getincrementaldecoder(encoding)(errors=_FOREIGN_BYTES)
    written = 0
    with path.open("rb") as source, scratch.open("wb") as target:
        while True:
            block = source.read(_BLOCK)
            text = decoder.decode(block, final=not block)
            written += target.write(text.replace("\0", "").encode("utf-8", "replace"))
            if written > 2 * limits.file_bytes:
                raise Refused("MEMORY")
            if not block:
                return


def _read_as_western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that the encoding does not know are read one by one as Windows-1252, else as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    if error.encoding.startswith("utf-16") or error.encoding.startswith("utf-32"):
        return "\ufffd", error.end
    return "".join(_western(byte) for byte in wrong), error.end


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_FOREIGN_BYTES: Final = "cardable.foreign_bytes"
codecs.register_error(_FOREIGN_BYTES, _read_as_western)
