"""`cardable example` writes the worked example's files, byte for byte."""

from pathlib import Path

from cardable.example import write_example
from tests.examples import HARBOR_FOODS


def test_the_files_are_those_of_the_worked_example(tmp_path: Path) -> None:
    written = write_example(tmp_path / "new" / "folder")
    expected = {path.name: path.read_bytes() for path in HARBOR_FOODS.glob("*.csv")}
    assert {path.name: path.read_bytes() for path in written} == expected


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    assert write_example(tmp_path) == write_example(tmp_path)
    assert len(list(tmp_path.iterdir())) == 8
