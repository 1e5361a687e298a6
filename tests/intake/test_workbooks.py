"""Workbooks of every format become the same grids."""

import random
from pathlib import Path

import pytest

from cardable.intake import Grid, Limits
from cardable.intake.files import Refused, archives, grids
from tests.intake.making import (
    BILLS,
    ORDINARY,
    SAMPLES,
    SHEETML,
    archive,
    parts_of,
    sheet_of,
    workbook,
    xlsb,
    xlsx,
)
from tests.intake.test_delimited import rows_of


def grids_of(path: Path, limits: Limits = ORDINARY) -> list[Grid]:
    return grids(path, path.with_suffix(".parquet"), limits)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_cells_read_as_they_are_shown(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"bills.{suffix}"
    if suffix == "xlsx":
        workbook(path)
    else:
        path.write_bytes((SAMPLES / path.name).read_bytes())
    bills, lookup = grids_of(path)
    # LibreOffice writes a bool of an ods file as the number it shows as TRUE.
    words = {"TRUE": "1", "FALSE": "0"} if suffix == "ods" else {}
    assert bills.head == tuple(tuple(words.get(cell or "", cell) for cell in row) for row in BILLS)
    assert rows_of(bills) == [list(row) for row in bills.head]
    assert (bills.sheet, bills.hidden, bills.encoding, bills.delimiter) == ("Bills", False, None, None)
    assert (lookup.sheet, lookup.hidden, lookup.head) == ("Lookup", True, (("Code", "7"),))


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    (grid,) = grids_of(xlsb(tmp_path / "b.xlsb", [["Bill", "Total"], ["B-1", 12.5], ["é", -3.0]]))
    assert rows_of(grid) == [["Bill", "Total"], ["B-1", "12.5"], ["é", "-3"]]


def test_kinds_of_cells_are_counted(tmp_path: Path) -> None:
    natives = grids_of(workbook(tmp_path / "b.xlsx"))[0].natives
    assert natives[3] == {"text": 2, "number": 0, "date": 3, "bool": 0}
    assert natives[5] == {"text": 1, "number": 4, "date": 0, "bool": 0}
    assert natives[6] == {"text": 1, "number": 0, "date": 0, "bool": 3}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"), (1e20, "100000000000000000000"), (-1e-9, "-0.000000001"),
        (1234567.89, "1234567.89"), (123456789012345.0, "123456789012345"), (2.5e-7, "0.00000025"),
        (1234567890123456.0, "1234567890123460"),
        (-0.0, "0"), (5.0, "5"), (1 / 3, "0.333333333333333"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("neighbour", [1.0, "text"])
def test_numbers_are_plain_and_have_15_digits(
    number: float, text: str, neighbour: float | str, tmp_path: Path
) -> None:
    below = "<c><v>1</v></c>" if neighbour == 1.0 else '<c t="inlineStr"><is><t>text</t></is></c>'
    rows = f"<row><c><v>{number!r}</v></c></row><row>{below}</row>"
    sheet = f'<worksheet xmlns="{SHEETML}"><sheetData>{rows}</sheetData></worksheet>'
    (grid,) = grids_of(xlsx(tmp_path / "n.xlsx", sheet))
    assert rows_of(grid)[0] == [text]


def test_a_table_that_begins_further_down_keeps_its_place(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], [], [None, None, "Bill", "Total"], [], [None, None, "B-1", 2]]
    (grid,) = grids_of(sheet_of(tmp_path / "b.xlsx", rows))
    assert rows_of(grid)[2:] == [[None, None, "Bill", "Total"], [None] * 4, [None, None, "B-1", "2"]]


def test_a_large_sheet_read_in_shares_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are of different widths, and some are missing altogether."""
    chance = random.Random(1)
    rows: list[list[object]] = [
        [f"S{n}", n / 8, "x", *["y"] * (n % 7)] if chance.random() > 0.1 else [] for n in range(3000)
    ]
    path = sheet_of(tmp_path / "b.xlsx", rows)
    (whole,) = grids_of(path)
    expected = rows_of(whole)
    monkeypatch.setattr(archives, "_LARGE_SHEETS", range(1, 1 << 30))
    (shared,) = grids_of(path)
    assert rows_of(shared) == expected
    assert shared == whole


def test_rows_out_of_order_find_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_LARGE_SHEETS", range(1, 1 << 30))
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (*range(40, 80), *range(1, 40)))
    sheet = f'<worksheet xmlns="{SHEETML}"><sheetData>{rows}</sheetData></worksheet>'
    (grid,) = grids_of(xlsx(tmp_path / "b.xlsx", sheet))
    assert rows_of(grid) == [[str(n)] for n in range(1, 80)]


def test_a_sheet_in_an_unusual_place_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(workbook(tmp_path / "o.xlsx"))
    parts["xl/worksheets/sheet9/x.xml"] = parts.pop("xl/worksheets/sheet2.xml")
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"sheet2.xml", b"sheet9/x.xml")
    path = archive(tmp_path / "b.xlsx", {**parts, "xl/_rels/workbook.xml.rels": links})
    monkeypatch.setattr(archives, "_LARGE_SHEETS", range(1, 1 << 30))
    assert [grid.rows for grid in grids_of(path)] == [8, 1]


def test_a_workbook_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nothing in any sheet"):
        grids_of(sheet_of(tmp_path / "b.xlsx", []))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(rows=7), "more than 7 rows"),
        (Limits(columns=7), "more than 7 columns"),
        (Limits(cells=60), "more than 60 cells"),
        (Limits(sheets=2), "more than 2 sheets"),
    ],
)
def test_a_workbook_over_a_limit_is_refused(limits: Limits, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=said):
        grids_of(workbook(tmp_path / "b.xlsx"), limits)
