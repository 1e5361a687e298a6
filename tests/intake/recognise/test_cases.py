"""Invented exports of many systems and languages: what each column of them means."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cardable.intake.model import Table
from cardable.intake.recognise import recognise
from tests.intake.recognise.grids import grid_of, rows_of

_FOLDER = Path(__file__).parent / "cases"
Case = dict[str, Any]
CASES: list[Case] = [
    case for file in sorted(_FOLDER.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


def _table(case: Case, folder: Path) -> Table:
    delimiter = case.get("delimiter", "|")
    return recognise(
        grid_of(rows_of(case["text"], delimiter), folder, delimiter=delimiter), file="export.csv"
    )


def _right(answers: str) -> set[str | None]:
    """The answers that count for one column, best first; - is no field."""
    return {None if answer == "-" else answer for answer in answers.split("/")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_columns_of_an_export_are_understood(case: Case, tmp_path: Path) -> None:
    columns = _table(case, tmp_path).columns
    wrong = {
        column.name: (column.field, answers)
        for column, answers in zip(columns, case["fields"].split(), strict=True)
        if column.field not in _right(answers)
    }
    assert wrong == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_kind_and_header_of_an_export_are_found(case: Case, tmp_path: Path) -> None:
    table = _table(case, tmp_path)
    header = case.get("header_row", 0)
    assert table.kind in case["kind"].split("/")
    assert table.header_row == (None if header == "none" else header)
    assert table.counterparty == case.get("counterparty", "supplier")
