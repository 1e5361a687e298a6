"""Workbooks that would unpack to too much, or say what is not so, are refused before they are parsed."""

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from cardable.intake import Limits
from cardable.intake.files import Refused, grids
from tests.intake.making import SAMPLES, SHEETML, archive, parts_of, workbook, xlsx

_LIMITS = Limits(unpacked_bytes=20_000_000)
_SHEET = f'<worksheet xmlns="{SHEETML}"><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>'


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        grids(path, path.with_suffix(".parquet"), _LIMITS)
    return refused.value.code.removeprefix("REFUSED_")


def test_huge_shared_strings_are_refused(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{SHEETML}">' + "<si><t>" + "a" * 30_000_000 + "</t></si></sst>"
    path = xlsx(tmp_path / "b.xlsx", _SHEET, sharedStrings=strings)
    assert path.stat().st_size < 100_000
    assert refusal(path) == "UNPACKS_TOO_LARGE"


def test_many_parts_that_are_too_much_together_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{n}.xml": bytes(3_000_000) for n in range(8)}
    path = archive(tmp_path / "b.xlsx", {**parts_of(workbook(tmp_path / "o.xlsx")), **parts})
    assert refusal(path) == "UNPACKS_TOO_LARGE"


@pytest.mark.parametrize("size", [10, 19_000_000])
def test_a_part_larger_than_the_archive_says_is_refused(size: int, tmp_path: Path) -> None:
    """The list says a few bytes and gives the checksum of those: a reader that trusts it would unpack on."""
    path = archive(tmp_path / "b.xlsx", {"xl/workbook.xml": "x", "xl/big.xml": b"a" * 30_000_000})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 16 : entry + 20] = zlib.crc32(b"a" * size).to_bytes(4, "little")
    content[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal(path) == "UNPACKS_TOO_LARGE"


def test_a_part_smaller_than_the_archive_says_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "b.xlsx", {"xl/workbook.xml": "x" * 50})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 24] += 1
    path.write_bytes(content)
    assert refusal(path) == "DAMAGED"


def test_an_archive_of_archives_is_no_workbook(tmp_path: Path) -> None:
    content = b"a" * 1_000_000
    for level in range(5):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for copy in range(10):
                target.writestr(f"{level}-{copy}.zip", content)
        content = packed.getvalue()
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    assert refusal(path) == "ARCHIVE"


def test_thousands_of_parts_are_refused(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "b.xlsx", {"xl/workbook.xml": "x", **{f"xl/{n}.xml": "" for n in range(10_000)}}
    )
    assert refusal(path) == "UNSAFE"


_LAUGHS = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("padding", [0, (1 << 20) - 8])
def test_entity_bombs_are_refused_wherever_they_stand(padding: int, encoding: str, tmp_path: Path) -> None:
    sheet = f"<!--{' ' * padding}--><!DOCTYPE x [{_LAUGHS}]>" + _SHEET
    assert refusal(xlsx(tmp_path / "b.xlsx", sheet.encode(encoding))) == "UNSAFE"


def test_entity_bombs_in_open_documents_are_refused(tmp_path: Path) -> None:
    parts = parts_of(SAMPLES / "bills.ods")
    parts["content.xml"] = parts["content.xml"].replace(b"?>", f"?><!DOCTYPE x [{_LAUGHS}]>".encode(), 1)
    assert refusal(archive(tmp_path / "b.ods", parts)) == "UNSAFE"


def test_a_document_type_in_the_list_of_parts_is_harmless(tmp_path: Path) -> None:
    parts = parts_of(SAMPLES / "bills.ods")
    listed = parts["META-INF/manifest.xml"].replace(b"?>", b'?><!DOCTYPE m PUBLIC "m" "Manifest.dtd">', 1)
    path = archive(tmp_path / "b.ods", {**parts, "META-INF/manifest.xml": listed})
    assert len(grids(path, tmp_path / "x.parquet", _LIMITS)) == 2
