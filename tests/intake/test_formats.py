"""A file is known by its content, and what is no table is refused with what to bring instead."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from cardable.intake.files import Refused, grids
from tests.intake.making import ORDINARY, SAMPLES, archive, workbook
from tests.intake.test_delimited import grid_of, rows_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


def _zip(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, text in parts.items():
            target.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def _tar() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as target:
        target.addfile(tarfile.TarInfo("bills.csv"))
    return content.getvalue()


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\n"), ("PDF", b"\r\n%PDF-1.4\n"),
        ("WORD", _zip(word__document="x")), ("WORD", _OLE + "WordDocument".encode("utf-16-le")),
        ("POWERPOINT", _zip(ppt__slides="x")),
        ("POWERPOINT", _OLE + "PowerPoint Document".encode("utf-16-le")),
        ("POWERPOINT", _zip(mimetype=f"{_OPEN_DOCUMENT}.presentation")),
        ("TEXT_DOCUMENT", _zip(mimetype=f"{_OPEN_DOCUMENT}.text")), ("TEXT_DOCUMENT", b"{\\rtf1 Bills}"),
        ("PASSWORD", _OLE + "EncryptedPackage".encode("utf-16-le")), ("BINARY", _OLE),
        ("IMAGE", b"\x89PNG\r\n\x1a\n" + bytes(99)), ("IMAGE", b"\xff\xd8\xff\xe0" + bytes(99)),
        ("IMAGE", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("IMAGE", bytes(4) + b"ftypheic" + bytes(99)),
        ("ARCHIVE", _zip(bills="a,b")), ("ARCHIVE", gzip.compress(b"a,b\n", mtime=0)), ("ARCHIVE", _tar()),
        ("ARCHIVE", b"7z\xbc\xaf\x27\x1c" + bytes(9)), ("ARCHIVE", b"Rar!\x1a\x07\x01\x00"),
        ("ARCHIVE", b"PK\x05\x06" + bytes(18)),
        ("PROGRAM", b"MZ\x90\x00\x03" + bytes(99)), ("PROGRAM", b"\x7fELF\x02\x01" + bytes(99)),
        ("DATABASE", b"SQLite format 3\x00" + bytes(99)), ("DATABASE", b"PAR1" + bytes(99)),
        ("JSON", json.dumps([{"bill": 1}]).encode()), ("JSON", b'{"bills": [1, 2]}'),
        ("XML", b'<?xml version="1.0"?><Invoice><ID>1</ID></Invoice>'), ("XML", b"<Bills><Bill/></Bills>"),
        ("XML_SPREADSHEET", b'<?xml version="1.0"?><a b="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        ("WEB_ARCHIVE", b"MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related\n"),
        ("WEB_PAGE", b"<!DOCTYPE html><html><body>Please sign in</body></html>"),
        ("NUMBERS", _zip(**{"Index__Document.iwa": "x"})),
        ("OLD_EXCEL", b"\x09\x04\x06\x00\x00\x00\x10\x00"),
        ("FINANCIAL_MESSAGE", b"OFXHEADER:100\nDATA:OFXSGML\n"),
        ("FINANCIAL_MESSAGE", b"!Type:Bank\nD1/1/26\nT-5\n^\n"),
        ("BINARY", bytes(range(256)) * 9), ("BINARY", bytes(200_000)),
        ("EMPTY", b""), ("EMPTY", b"\xef\xbb\xbf\r\n"),
        ("DAMAGED", b"PK\x03\x04" + bytes(99)),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(code: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bills.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        grids(path, tmp_path / "grid.parquet", ORDINARY)
    assert refused.value.code == f"REFUSED_{code}"
    assert refused.value.message.count(". ") >= 1


@pytest.mark.parametrize("name", ["bills.xls", "bills.pdf", "bills"])
def test_text_is_read_under_any_name(name: str, tmp_path: Path) -> None:
    assert rows_of(grid_of("a\tb\n1\t2\n", tmp_path, name=name)) == [["a", "b"], ["1", "2"]]


def test_a_workbook_is_read_under_the_name_of_a_text(tmp_path: Path) -> None:
    assert grids(workbook(tmp_path / "b.csv"), tmp_path / "x.parquet", ORDINARY)[0].sheet == "Bills"


@pytest.mark.parametrize("beginning", ["BM Code", "MZ", "[Bills]", "From", "ID3"])
def test_a_header_that_looks_like_a_signature_is_still_text(beginning: str, tmp_path: Path) -> None:
    assert rows_of(grid_of(f"{beginning},Total\n1,2\n", tmp_path))[0] == [beginning, "Total"]


def test_a_web_page_is_read_as_its_tables(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset=utf-8><style>td {}</style></head><table><tr><th>Bill<th colspan=2>Total"
        "<tr><td>B&amp;1<td>1&nbsp;200,50<td>EUR<br>net</tr></table><table><tr><td></table></html>"
    )
    grid = grid_of(page, tmp_path, name="bills.xls")
    assert rows_of(grid) == [["Bill", "Total", None], ["B&1", "1\xa0200,50", "EUR\nnet"]]


def test_tables_of_a_web_page_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "b.html"
    path.write_text("<table><tr><td>a<table><tr><td>b</table></table>")
    assert [grid.sheet for grid in grids(path, tmp_path / "x.parquet", ORDINARY)] == ["Table 1", "Table 2"]


def test_a_workbook_with_a_password_is_refused_as_such(tmp_path: Path) -> None:
    """The record that says so stands right after the workbook's first one."""
    content = (SAMPLES / "bills.xls").read_bytes()
    start = content.index(b"\x09\x08\x10\x00")
    path = tmp_path / "b.xls"
    after = start + 4 + 16
    path.write_bytes(content[:after] + b"\x2f\x00\x36\x00\x01\x00\x01\x00" + content[after + 8 :])
    with pytest.raises(Refused, match="password"):
        grids(path, tmp_path / "x.parquet", ORDINARY)


def test_an_encrypted_archive_is_refused_as_such(tmp_path: Path) -> None:
    path = archive(tmp_path / "b.xlsx", {"xl/workbook.xml": "x"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(Refused, match="password"):
        grids(path, tmp_path / "x.parquet", ORDINARY)
