"""How a workbook is written: streamed by the database, or cell by cell, and on as many tabs as it takes."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from cardable.metrics import Analysis
from cardable.reports import report
from cardable.reports._raw_tabs import BILLS
from cardable.reports._sheet import Sheet
from cardable.reports._workbook import write
from cardable.reports.spend_analysis import SUPPLIERS
from tests.reports.figures import figures

TEXTS = (
    "Plain",
    '=HYPERLINK("http://x.example")',
    "+1",
    "-5",
    "@sum",
    "\tafter a tab",
    "A & B <Ltd> \"x\" 'y'",
    "  spaces around  ",
    "two\nlines",
    "شركة الورق",
    "株式会社 🚀",
    "100%",
    "0123",
)


def bills(*texts: str | None, **more: Any) -> Analysis:
    """Bills with these supplier names, one each."""
    one_each = {f"B{n:02}": text for n, text in enumerate(texts)}
    rows = [{"id": id, "supplier_name": text, "total_amount": 1, **more} for id, text in one_each.items()]
    return figures(bill_rows=rows)


def rows(path: Path, tab: str = "Bills") -> list[dict[str, Any]]:
    names, *found = CalamineWorkbook.from_path(path).get_sheet_by_name(tab).to_python()
    return [dict(zip(map(str, names), row, strict=True)) for row in found]


def written(analysis: Analysis, path: Path, sheet: Sheet = BILLS, *, streamed: bool) -> Path:
    write(analysis, path, "Test", (sheet,), streamed_from=0 if streamed else 10**9)
    return path


@pytest.fixture(params=[True, False], ids=["streamed", "cell by cell"])
def streamed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_text_stays_as_it_is(streamed: bool, tmp_path: Path) -> None:
    made = written(bills(*TEXTS), tmp_path / "made.xlsx", streamed=streamed)
    assert [row["Supplier Name"] for row in rows(made)] == list(TEXTS)


def test_what_looks_like_a_formula_is_text(streamed: bool, tmp_path: Path) -> None:
    made = written(bills(*TEXTS, "\rx"), tmp_path / "made.xlsx", streamed=streamed)
    cells = [cell for (cell,) in load_workbook(made)["Bills"].iter_rows(min_row=2, min_col=3, max_col=3)]
    assert {cell.data_type for cell in cells} == {"s"}
    quoted = [n for n, cell in enumerate(cells) if cell.quotePrefix]
    assert quoted == [1, 2, 3, 4, 5, len(TEXTS)]


def test_signs_that_xml_forbids_become_visible(streamed: bool, tmp_path: Path) -> None:
    made = written(bills("a\x00b\x1fc\ufffed"), tmp_path / "made.xlsx", streamed=streamed)
    assert rows(made)[0]["Supplier Name"] == "a�b�c�d"


def test_text_that_reads_like_an_escape_stays(tmp_path: Path) -> None:
    made = written(bills("_x0041_"), tmp_path / "made.xlsx", streamed=True)
    assert rows(made)[0]["Supplier Name"] == "_x0041_"


@pytest.mark.parametrize(
    ("text", "kept"), [("a" * 32_767, 32_767), ("a" * 40_000, 32_767), ("🚀" * 20_000, 16_384)]
)
def test_text_too_long_for_a_cell_is_cut_with_a_mark(
    text: str, kept: int, streamed: bool, tmp_path: Path
) -> None:
    made = written(bills(text), tmp_path / "made.xlsx", streamed=streamed)
    found = rows(made)[0]["Supplier Name"]
    assert len(found) == kept
    assert len(found.encode("utf-16-le")) // 2 <= 32_767
    assert found.endswith("…") == (found != text)


@pytest.mark.parametrize(
    ("day", "read"),
    [
        (date(2025, 7, 1), date(2025, 7, 1)),
        (date(1900, 3, 1), date(1900, 3, 1)),
        (date(1900, 1, 1), date(1900, 1, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
        (date(1899, 12, 31), "1899-12-31"),
        (date(1066, 10, 14), "1066-10-14"),
        (None, None),
    ],
)
def test_days_are_days_and_those_before_1900_text(
    day: date | None, read: object, streamed: bool, tmp_path: Path
) -> None:
    made = written(bills("x", issue_date=day), tmp_path / "made.xlsx", streamed=streamed)
    value = load_workbook(made)["Bills"]["E2"].value
    assert (value.date() if hasattr(value, "date") else value) == read


def test_amounts_are_numbers_to_the_last_digit(streamed: bool, tmp_path: Path) -> None:
    analysis = bills("x", base_amount=Decimal("-1234567890123.45"), currency_rate=Decimal("1.123456789"))
    row = rows(written(analysis, tmp_path / "made.xlsx", streamed=streamed))[0]
    assert row["Total Amt (base)"] == -1234567890123.45
    assert row["Currency Rate"] == 1.123456789
    assert row["Amount Due"] == ""


@pytest.mark.parametrize(("currency", "shape"), [("USD", "#,##0.00"), ("JPY", "#,##0"), ("KWD", "#,##0.000")])
def test_amounts_have_the_decimals_of_their_currency(
    currency: str, shape: str, streamed: bool, tmp_path: Path
) -> None:
    analysis = figures(currency=currency, bill_rows=[{"id": "B", "base_amount": 5}])
    made = written(analysis, tmp_path / "made.xlsx", streamed=streamed)
    assert load_workbook(made)["Bills"]["L2"].number_format == shape


def test_streamed_tabs_read_as_those_written_cell_by_cell(harbor: Analysis, tmp_path: Path) -> None:
    for sheet in report("spend-analysis").sheets[3:]:
        one = written(harbor, tmp_path / "one.xlsx", sheet, streamed=True)
        other = written(harbor, tmp_path / "two.xlsx", sheet, streamed=False)
        assert cells(one, sheet.name) == cells(other, sheet.name)


def cells(path: Path, tab: str) -> list[Any]:
    return [
        (cell.coordinate, nearly(cell.value), cell.number_format, cell.font.b, cell.border.bottom.style)
        for row in load_workbook(path)[tab].iter_rows()
        for cell in row
    ]


def nearly(value: Any) -> Any:
    return float(f"{value:.12g}") if isinstance(value, float) else value


@pytest.mark.parametrize(("count", "tabs"), [(9, [9]), (10, [9, 1]), (18, [9, 9]), (20, [9, 9, 2]), (0, [0])])
def test_a_tab_that_is_full_goes_on_in_another(count: int, tabs: list[int], tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    write(bills(*map(str, range(count))), path, "Test", (BILLS,), row_limit=10)
    names = ["Bills", "Bills (2)", "Bills (3)"][: len(tabs)]
    assert load_workbook(path).sheetnames == names
    found = [rows(path, name) for name in names]
    assert [len(each) for each in found] == tabs
    assert [row["Id"] for tab in found for row in tab] == [f"B{n:02}" for n in range(count)]


def test_a_tab_says_how_far_it_reaches(tmp_path: Path) -> None:
    made = written(bills("a", "b", "c"), tmp_path / "made.xlsx", streamed=True)
    tab = load_workbook(made)["Bills"]
    assert (tab.dimensions, tab.auto_filter.ref, tab.freeze_panes) == ("A1:Q4", "A1:Q4", "B2")
    with ZipFile(made) as package:
        assert '<dimension ref="A1:Q4"/>' in package.read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_without_records_has_its_headings(tmp_path: Path, streamed: bool) -> None:
    made = written(figures(), tmp_path / "made.xlsx", SUPPLIERS, streamed=streamed)
    assert load_workbook(made)["Supplier Analysis"].dimensions == "A1:AJ2"


def test_only_a_group_names_the_company_of_each_record(tmp_path: Path) -> None:
    for is_group in (True, False):
        write(figures(is_group=is_group), tmp_path / "made.xlsx", "Test", (BILLS,))
        headings = [cell.value for cell in load_workbook(tmp_path / "made.xlsx")["Bills"][1]]
        assert ("Cardable company ID" in headings) == is_group


def test_the_package_is_sound_and_dated_by_the_run(tmp_path: Path) -> None:
    made = written(bills(*map(str, range(3000))), tmp_path / "made.xlsx", streamed=True)
    with ZipFile(made) as package:
        assert package.testzip() is None
        assert {each.date_time for each in package.infolist()} == {(2026, 7, 1, 0, 0, 0)}
        assert re.search(r"2026-07-01T00:00:00Z", package.read("docProps/core.xml").decode())


def test_the_issuer_gives_the_colour_and_the_name(tmp_path: Path) -> None:
    analysis = figures()
    analysis.parameters = replace(analysis.parameters, issuer_color="#C8102E", issuer_name="First Bank")
    made = written(analysis, tmp_path / "made.xlsx", SUPPLIERS, streamed=False)
    book = load_workbook(made)
    assert book["Supplier Analysis"]["A1"].fill.fgColor.rgb == "FFC8102E"
    assert book.properties.creator == "First Bank"
    assert book.properties.title == "Test · Test & Company"
