"""The reference pages are what the code declares."""

from pathlib import Path

import pytest

from cardable.metrics import Parameters
from cardable.reports import _reference, all_reports

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", ["reports.md", "settings.md"])
def test_the_page_is_fresh(name: str) -> None:
    fresh = _reference.pages()[name]
    assert (DOCS / name).read_text("utf-8") == fresh, "stale: run `make docs`"


def test_every_column_of_every_report_is_documented() -> None:
    page = _reference.pages()["reports.md"]
    columns = [column.name for report in all_reports() for sheet in report.sheets for column in sheet.columns]
    assert [name for name in columns if f"| {name} |" not in page] == []


def test_every_setting_has_a_meaning() -> None:
    meanings = _reference.attribute_meanings(Parameters)
    assert set(Parameters.__dataclass_fields__) == set(meanings)


def test_the_pages_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    assert _reference.main([str(tmp_path)]) == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["reports.md", "settings.md"]
