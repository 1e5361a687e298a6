"""A workbook with large sheets as several workbooks with a share of their rows each."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

_SHARES: Final = 4
_SHARED_STRINGS: Final = "xl/sharedStrings.xml"
_STRINGS_PER_SHEET: Final = 8
"""Every share parses all shared strings: worth it where they are this much smaller than the sheets."""
_EMPTY: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)
_NEEDED: Final = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml", _SHARED_STRINGS)

_Pieces = tuple[memoryview, ...]
"""What makes up the XML of a share, in order; no copy of the whole sheet is made."""


def shared_out(path: Path, sheets: Mapping[str, bytes], folder: Path) -> list[Path]:
    """The workbooks, the first with all small sheets whole; none where sharing out is not worth it or unsafe.

    Rows keep their numbers, so the shares of a sheet lie below each other.
    """
    shares = {name: _shares_of(content) for name, content in sheets.items()}
    shares = {name: contents for name, contents in shares.items() if contents}
    with suppress(KeyError, OSError, zipfile.BadZipFile, zlib.error), zipfile.ZipFile(path) as archive:
        if not _has_ordinary_places(archive):
            return []
        strings = sum(part.file_size for part in archive.infolist() if part.filename == _SHARED_STRINGS)
        if not shares or strings * _STRINGS_PER_SHEET > sum(map(len, sheets.values())):
            return []
        paths = [folder / f"share-{number}.xlsx" for number in range(_SHARES)]
        for number, target in enumerate(paths):
            own = {name: contents[number] for name, contents in shares.items()}
            _write(target, archive, own, whole=number == 0)
        return paths
    # Damaged: whoever parses the whole will say how.
    return []


def _has_ordinary_places(archive: zipfile.ZipFile) -> bool:
    """Whether every sheet is where programs put it: one elsewhere would come with each share."""
    links = re.findall(rb"<Relationship\b[^>]*>", archive.read("xl/_rels/workbook.xml.rels"))
    sheets = [link for link in links if b'relationships/worksheet"' in link]
    return all(re.search(rb'Target="(/xl/)?worksheets/[^"/]+\.xml"', sheet) for sheet in sheets)


def _shares_of(content: bytes) -> list[_Pieces]:
    """The sheet's XML once a share, with some of the rows in each; none where rows are not numbered."""
    start = content.find(b"<sheetData>") + len(b"<sheetData>")
    end = content.rfind(b"</sheetData>")
    if start < len(b"<sheetData>") or end < start:
        return []
    cuts = [start]
    for number in range(1, _SHARES):
        cut = content.find(b"<row ", max(cuts[-1], start + (end - start) * number // _SHARES), end)
        if cut < 0 or not _is_numbered(content[cut : cut + 1000]):
            return []
        cuts.append(cut)
    view = memoryview(content)
    return [(view[:start], view[a:b], view[end:]) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]


def _is_numbered(row: bytes) -> bool:
    """Whether a row says which it is, and its cells too."""
    tag, _, cells = row.partition(b">")
    return b' r="' in tag and (not cells.startswith(b"<c") or b' r="' in cells.partition(b">")[0])


def _write(target: Path, archive: zipfile.ZipFile, sheets: Mapping[str, _Pieces], *, whole: bool) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as share:
        for name in archive.namelist():
            if name in sheets:
                with share.open(name, "w") as sheet:
                    for piece in sheets[name]:
                        sheet.write(piece)
            elif name.startswith("xl/worksheets/") and name.endswith(".xml") and not whole:
                share.writestr(name, _EMPTY)
            elif name in _NEEDED or name.startswith(("xl/worksheets/", "xl/chartsheets/", "xl/_rels/")):
                share.writestr(name, archive.read(name))
