"""What a file is, from its content; its name only breaks no tie."""

import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import Final

from cardable.intake.files.archives import parts_of
from cardable.intake.files.encodings import marked
from cardable.intake.refusals import Refused
from cardable.language import noted, said

_HEAD: Final = 64 << 10


class Format(StrEnum):
    """The kinds of file that are read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    HTML = "html"
    TEXT = "text"


_SIGNATURES: Final = (
    (0, b"%PDF-", "PDF"), (0, b"{\\rtf", "TEXT_DOCUMENT"), (0, b"%!PS", "PDF"),
    (0, b"\x89PNG", "IMAGE"), (0, b"\xff\xd8\xff", "IMAGE"), (0, b"GIF8", "IMAGE"), (0, b"II*\x00", "IMAGE"),
    (0, b"MM\x00*", "IMAGE"), (0, b"BM", "IMAGE"), (8, b"WEBP", "IMAGE"), (4, b"ftyphei", "IMAGE"),
    (4, b"ftypmif1", "IMAGE"), (4, b"ftyp", "AUDIO_OR_VIDEO"), (0, b"ID3", "AUDIO_OR_VIDEO"),
    (8, b"WAVE", "AUDIO_OR_VIDEO"), (8, b"AVI ", "AUDIO_OR_VIDEO"), (0, b"OggS", "AUDIO_OR_VIDEO"),
    (0, b"\x1f\x8b", "ARCHIVE"), (0, b"7z\xbc\xaf\x27\x1c", "ARCHIVE"), (0, b"Rar!\x1a\x07", "ARCHIVE"),
    (0, b"BZh", "ARCHIVE"), (0, b"\xfd7zXZ\x00", "ARCHIVE"), (0, b"\x28\xb5\x2f\xfd", "ARCHIVE"),
    (0, b"MSCF", "ARCHIVE"), (257, b"ustar", "ARCHIVE"), (0, b"\x1f\x9d", "ARCHIVE"),
    (0, b"PK\x05\x06", "ARCHIVE"), (0, b"PK\x07\x08", "ARCHIVE"),
    (0, b"MZ", "PROGRAM"), (0, b"\x7fELF", "PROGRAM"), (0, b"\xca\xfe\xba\xbe", "PROGRAM"),
    (0, b"\xcf\xfa\xed\xfe", "PROGRAM"), (0, b"\xce\xfa\xed\xfe", "PROGRAM"), (0, b"#!/", "PROGRAM"),
    (0, b"SQLite format 3\x00", "DATABASE"), (0, b"PAR1", "DATABASE"),
    (0, b"\x00\x01\x00\x00Standard", "DATABASE"),
    (0, b"\x09\x00\x04\x00", "OLD_EXCEL"), (0, b"\x09\x02\x06\x00", "OLD_EXCEL"),
    (0, b"\x09\x04\x06\x00", "OLD_EXCEL"),
)  # fmt: skip
_WORD_LIKE: Final = {b"MZ", b"BM", b"ID3", b"BZh"}
"""Signatures that a header of a text file could begin with."""

_TEXTS: Final = (
    (r"<!doctype html|<html|<table|<head|<body|<meta\b", "HTML"),
    (r"<svg\b", "IMAGE"),
    (r"<\?xml[^>]*\?>.{0,2000}urn:schemas-microsoft-com:office:spreadsheet", "XML_SPREADSHEET"),
    (r"<\?xml.{0,3000}<html", "HTML"),
    (r"<\?xml|<[a-z_][\w:.-]*[\s/>]", "XML"),
    (r'\{\s*["}]|\[\s*(?:\{|\[|\])', "JSON"),
    (
        r"(?:mime-version|received|return-path|from):\s.*\n(?:.*\n){0,30}?(?:content-type|subject):",
        "WEB_ARCHIVE",
    ),
    (r"ofxheader\s*[:=]|!type:(?:bank|ccard|cash)|\{1:f01|:20:.*\n:25:", "FINANCIAL_MESSAGE"),
)
_TEXT_NAMES: Final = ("csv", "tsv", "txt")
_IS_TEXT: Final = noted("The name ends in {ending}, but the file is text. It was read as that.")
_MISNAMED: Final = {
    "xlsx": noted(
        "The name ends in {ending}, but the file is an Excel workbook (xlsx). It was read as that."
    ),
    "xlsm": noted(
        "The name ends in {ending}, but the file is an Excel workbook (xlsm). It was read as that."
    ),
    "xlsb": noted(
        "The name ends in {ending}, but the file is an Excel workbook (xlsb). It was read as that."
    ),
    "xls": noted("The name ends in {ending}, but the file is an Excel workbook (xls). It was read as that."),
    "ods": noted(
        "The name ends in {ending}, but the file is an OpenDocument spreadsheet (ods). It was read as that."
    ),
    "html": noted("The name ends in {ending}, but the file is a web page. It was read as that."),
    "text": _IS_TEXT,
    "csv": _IS_TEXT,
    "tsv": _IS_TEXT,
    "txt": _IS_TEXT,
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("EncryptedPackage", "PASSWORD"), ("WordDocument", "WORD"), ("PowerPoint Document", "POWERPOINT"),
    ("__properties_version1.0", "WEB_ARCHIVE"),
)  # fmt: skip


def format_of(path: Path) -> Format:
    """The file's format; a file of any other kind is refused."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    if head.startswith(_OLE):
        return _of_ole(path)
    _check_signature(head)
    return _of_text(head)


def misnamed(path: Path) -> str | None:
    """The remark on a file that is really something else than its name says."""
    kind = format_of(path)
    ending = path.suffix.lower().removeprefix(".")
    fits = ending == kind or ending not in _MISNAMED or (kind is Format.XLSX and ending == "xlsm")
    if fits or (kind is Format.TEXT and ending in _TEXT_NAMES):
        return None
    return said(_MISNAMED[kind], ending=path.suffix)


def _check_signature(head: bytes) -> None:
    if head[:1024].lstrip().startswith(b"%PDF-"):
        raise Refused("PDF")
    for offset, signature, code in _SIGNATURES:
        if head.startswith(signature, offset) and not (signature in _WORD_LIKE and _is_text(head)):
            raise Refused(code)


def _of_archive(path: Path) -> Format:
    parts = parts_of(path)
    names = {part.filename.replace("\\", "/").removeprefix("/").lower() for part in parts}
    if "xl/workbook.bin" in names:
        return Format.XLSB
    if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        return Format.XLSX
    for prefix, code in (("word/", "WORD"), ("ppt/", "POWERPOINT"), ("index/document.iwa", "NUMBERS")):
        if any(name.startswith(prefix) for name in names):
            raise Refused(code)
    kind = _open_document_kind(path)
    if kind == "spreadsheet":
        return Format.ODS
    if kind:
        raise Refused({"presentation": "POWERPOINT", "text": "TEXT_DOCUMENT"}.get(kind, "BINARY"))
    raise Refused("ARCHIVE")


def _open_document_kind(path: Path) -> str:
    """`spreadsheet`, `text`…, from the part that OpenDocument files begin with."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as part:
            found = re.search(rb"application/vnd\.oasis\.opendocument\.([a-z]+)", part.read(200))
    except (KeyError, OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return ""
    return found[1].decode() if found else ""


def _of_ole(path: Path) -> Format:
    content = path.read_bytes()
    for name, code in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            raise Refused(code)
    if any(
        name.encode("utf-16-le") + b"\0\0" in content for name in ("Workbook", "WORKBOOK", "Book", "BOOK")
    ):
        return Format.XLS
    raise Refused("BINARY")


def _of_text(head: bytes) -> Format:
    if not _is_text(head):
        raise Refused("BINARY")
    text = _decoded(head).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise Refused("EMPTY" if len(head) < _HEAD else "BINARY")
    for pattern, name in _TEXTS:
        if re.match(pattern, text, re.IGNORECASE | re.DOTALL if ".{" in pattern else re.IGNORECASE):
            if name == "HTML":
                return Format.HTML
            raise Refused(name)
    return Format.TEXT


def _is_text(head: bytes) -> bool:
    """Whether the bytes hold hardly any control characters."""
    text = _decoded(head)
    controls = sum(
        character < "\x20" and character not in "\t\r\n\f\v\x1a\x1b\x1c\x1d\x1e\x1f" for character in text
    )
    return controls * 50 <= len(text) or not text.strip("\0 \r\n\t")


def _decoded(head: bytes) -> str:
    return head.decode(marked(head[:4096]) or "latin-1", "replace")
