"""Harbor Foods, from its CSV files to the workbook and the slide, through the command line alone."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from cardable.cli import main
from cardable.reports import report
from tests.examples import expected

Row = Mapping[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worked")
    assert main(["example", str(folder / "files")]) == 0
    arguments = [str(folder / "files"), "--out", str(folder / "out"), "--threshold", "500"]
    assert main(["analyze", *arguments, "--end", "2026-06-30"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def tabs(made: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(next(made.glob("*SpendAnalysis*.xlsx")))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def rows(tab: list[tuple[Any, ...]], first_heading: str) -> list[Row]:
    """The rows under the header that begins with this heading, down to the first blank row."""
    start = next(place for place, row in enumerate(tab) if row[0] == first_heading)
    below = tab[start + 1 :]
    end = next((place for place, row in enumerate(below) if row[0] is None), len(below))
    return [dict(zip(tab[start], row, strict=True)) for row in below[:end]]


def shown(value: Any, *, percent: bool = False) -> str | None:
    """The cell as expected.json writes it: half-up to two places, percentages of a hundred."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, str):
        return value.strip()
    number = Decimal(str(value)) * (100 if percent else 1)
    return str(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


def same(found: Row, wanted: Row, columns: Mapping[str, str]) -> None:
    """Each heading's cell is the expected figure."""
    for heading, name in columns.items():
        expected_figure = wanted[name]
        if isinstance(expected_figure, int):
            expected_figure = f"{expected_figure}.00"
        label = found.get("Supplier name") or found.get("Payment method")
        assert shown(found[heading], percent="%" in heading) == expected_figure, (label, heading)


def columns(sheet_name: str) -> dict[str, str]:
    sheet = next(sheet for sheet in report("spend-analysis").sheets if sheet.name == sheet_name)
    return {column.name: column.json for column in sheet.columns if column.json}


def test_each_payment_method_is_exact(tabs: dict[str, list[tuple[Any, ...]]]) -> None:
    wanted = expected()["spendAnalysis"]["spendAnalysisTab"]
    found = {
        str(row["Payment method"]).strip(): row for row in rows(tabs["Spend Analysis"], "Payment method")
    }
    assert len(found) == 11
    named = {**columns("Spend Analysis"), "Payment method": "paymentMethod"}
    for method in wanted:
        same(found[method["paymentMethod"]], method, named)


def test_each_supplier_is_exact_and_in_order(tabs: dict[str, list[tuple[Any, ...]]]) -> None:
    wanted = expected()["spendAnalysis"]["supplierAnalysisTab"]
    found = rows(tabs["Supplier Analysis"], "Supplier name")
    named = {name: json for name, json in columns("Supplier Analysis").items() if json in wanted[0]}
    assert [row["Supplier ID"] for row in found] == [supplier["supplierId"] for supplier in wanted]
    for row, supplier in zip(found, wanted, strict=True):
        same(row, supplier, named)


def test_the_raw_tabs_hold_the_records_in_scope_and_those_without_a_rate(
    tabs: dict[str, list[tuple[Any, ...]]],
) -> None:
    wanted = expected()["spendAnalysis"]["rawTabs"]
    for tab, names in {"Bills": ["bills"], "Bill Payments": ["billPayments"]}.items():
        listed = [identity for name in names for identity in wanted[name]]
        assert {row["Id"] for row in rows(tabs[tab], "Id")} == set(listed), tab
    expenses = {row["Id"]: row["Total Amt (base)"] for row in rows(tabs["Expenses"], "Id")}
    assert set(expenses) == {*wanted["expenses"], *wanted["expensesExcludedNoRate"]}
    assert expenses["X07"] is None


def test_the_customer_tab_adds_up_to_the_whole(tabs: dict[str, list[tuple[Any, ...]]]) -> None:
    wanted = expected()["spendAnalysis"]["customer"]
    found = {row[0]: row[1] for row in tabs["Customer"] if row[0]}
    assert found["Company name"] == wanted["companyName"]
    assert found["Suppliers count"] == wanted["suppliersCount"]
    assert shown(found["Bills amount"]) == wanted["billsAmount"]
    assert shown(found["Payments amount"]) == wanted["paymentsAmount"]
    assert shown(found["Expenses amount"]) == wanted["expensesAmount"]
    assert found["Records excluded (no exchange rate)"] == wanted["recordsExcludedNoExchangeRate"]


def test_the_slide_says_what_cards_would_bring(made: Path) -> None:
    slide = Presentation(str(next(made.glob("*.pptx")))).slides[0]
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [
        [cell.text for cell in row.cells]
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    words = "\n".join(texts)
    for figure in ("2,129", "2,109", "20", "105,434", "Harbor Foods Group"):
        assert figure in words, figure
    assert cells[1:] == [
        ["Volt Energy LLC", "58,500", "30", "Bank Transfer"],
        ["Pacific Paper Co", "35,000", "30", "Check"],
        ["Bureau Lumière", "11,934", "30", "Bank Transfer"],
    ]
