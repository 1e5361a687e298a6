"""Small files of every format, made as tests need them."""

import datetime as dt
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from cardable.intake import Limits

SAMPLES = Path(__file__).parent.parent / "samples"
"""`bills.xls` and `bills.ods` are `workbook()` saved by LibreOffice."""

SHEETML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ORDINARY = Limits()

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(path: Path) -> Path:
    """A title, a header of two rows, dates, numbers, bools, an error, a total; then other sheets."""
    with xlsxwriter.Workbook(path) as book:
        sheet, lookup = book.add_worksheet("Bills"), book.add_worksheet("Lookup")
        book.add_worksheet("Empty")
        lookup.hide()
        sheet.write("A1", "Open bills")
        sheet.merge_range("B3:C3", "Supplier")
        sheet.write("D3", "Dates")
        sheet.write_row(
            "A4", ["Bill", "Supplier ID", "Supplier name", "Issue date", "Entered", "Total", "Paid", "Rate"]
        )
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for row, (name, entered, total, paid) in enumerate(_BILLS, 4):
            sheet.write_row(row, 0, [f"B-{row - 3}", f"S{row - 3}", name])
            sheet.write_datetime(row, 3, entered.date(), day)
            sheet.write_datetime(row, 4, entered, moment)
            sheet.write_row(row, 5, [total, paid])
        sheet.write("H5", 0.1)
        sheet.write("H6", 1e-7)
        sheet.write_formula("H7", "=NA()", None, "#N/A")
        sheet.write("A8", "Total")
        sheet.write_formula("F8", "=SUM(F5:F7)", None, 123456790179.5)
        lookup.write_row("A1", ["Code", 7])
    return path


_BILLS = (
    ("Bureau Lumière", dt.datetime(2026, 1, 15, 14, 5), 1200.5, True),
    ("Müller & Söhne", dt.datetime(2026, 2, 28, 0, 0, 1), -33, False),
    (" 株式会社 ", dt.datetime(2024, 2, 29, 23, 59, 59), 123456789012, True),
)

BILLS = (
    ("Open bills", None, None, None, None, None, None, None),
    (None,) * 8,
    (None, "Supplier", None, "Dates", None, None, None, None),
    ("Bill", "Supplier ID", "Supplier name", "Issue date", "Entered", "Total", "Paid", "Rate"),
    ("B-1", "S1", "Bureau Lumière", "2026-01-15", "2026-01-15 14:05:00", "1200.5", "TRUE", "0.1"),
    ("B-2", "S2", "Müller & Söhne", "2026-02-28", "2026-02-28 00:00:01", "-33", "FALSE", "0.0000001"),
    ("B-3", "S3", "株式会社", "2024-02-29", "2024-02-29 23:59:59", "123456789012", "TRUE", None),
    ("Total", None, None, None, None, "123456790179.5", None, None),
)
"""What `workbook()` holds, as a grid shows it."""


def sheet_of(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """An xlsx of one sheet."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def xlsx(path: Path, sheet: str | bytes, **parts: bytes | str) -> Path:
    """An xlsx by hand, with this XML as its sheet; `sharedStrings` and other parts of `xl/` by name."""
    kinds = {name: f"{_RELATIONS}/{name}" for name in parts}
    relations = [("worksheet", f"{_RELATIONS}/worksheet", "worksheets/sheet1.xml")]
    relations += [(name, kind, f"{name}.xml") for name, kind in kinds.items()]
    links = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{at}"/>' for i, kind, at in relations)
    return archive(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
            "_rels/.rels": _relations(
                f'<Relationship Id="a" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
            ),
            "xl/workbook.xml": f'<workbook xmlns="{SHEETML}" xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="worksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(links),
            "xl/worksheets/sheet1.xml": sheet,
            **{f"xl/{name}.xml": content for name, content in parts.items()},
        },
    )


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def xlsb(path: Path, rows: Sequence[Sequence[str | float]]) -> Path:
    """A binary workbook of one sheet, by hand."""
    cells = b"".join(
        _record(0, struct.pack("<I", number) + bytes(13)) + b"".join(map(_cell, range(len(row)), row))
        for number, row in enumerate(rows)
    )
    size = struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    return archive(
        path,
        {
            "xl/workbook.bin": _record(131, b"") + _record(143, b"")
            + _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Bills"))
            + _record(144, b"") + _record(132, b""),
            "xl/_rels/workbook.bin.rels": _relations(
                f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
            ),
            "xl/worksheets/sheet1.bin": _record(129, b"") + _record(148, size) + _record(145, b"")
            + cells + _record(146, b"") + _record(130, b""),
        },
    )  # fmt: skip


def _cell(column: int, value: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(6, place + _text(value))
    return _record(5, place + struct.pack("<d", value))


def _record(kind: int, content: bytes) -> bytes:
    name = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return name + length + bytes([size]) + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
