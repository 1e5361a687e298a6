"""The workbooks of Harbor Foods, written out as text."""

from pathlib import Path

import pytest

from cardable.metrics import Analysis
from cardable.reports import all_reports, report
from tests.conftest import Golden
from tests.reports.books import written_out

WORKBOOKS = [each.key for each in all_reports() if each.extension == "xlsx"]


@pytest.mark.parametrize("key", WORKBOOKS)
def test_the_workbook_is_as_it_was_accepted(
    key: str, harbor: Analysis, tmp_path: Path, golden: Golden
) -> None:
    report(key).build(harbor, tmp_path / "made.xlsx")
    golden.check(f"{key}.txt", written_out(tmp_path / "made.xlsx"))


@pytest.mark.parametrize("key", WORKBOOKS)
def test_the_same_figures_give_the_same_bytes(key: str, harbor: Analysis, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        report(key).build(harbor, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
