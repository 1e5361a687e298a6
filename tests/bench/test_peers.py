"""The peer of the bench is honest: it makes the same figures from the same files."""

from pathlib import Path

from bench.agreement import differences
from bench.data import books
from bench.measure import measured, python
from bench.peers.spend_figures import spend
from bench.peers.spend_workbook import write


def test_the_pandas_workbook_says_what_ours_says(tmp_path: Path) -> None:
    folder = books(1_500, tmp_path)
    made = spend(folder, currency="USD", end="2026-06-30", months=12)
    write(made, tmp_path / "peer.xlsx", company="Company", currency="USD", end="2026-06-30", months=12)
    command = ("analyze", folder, "--out", tmp_path / "ours", "--currency", "USD", "--end", "2026-06-30")
    measured(python("cardable.cli", *command, "--reports", "spend-analysis"))
    (ours,) = (tmp_path / "ours").glob("*_SpendAnalysis_*.xlsx")
    assert list(differences(ours, tmp_path / "peer.xlsx")) == []


def test_generated_books_are_the_same_each_time(tmp_path: Path) -> None:
    once, again = (books(200, tmp_path / name) for name in ("once", "again"))
    names = [path.name for path in once.glob("*.csv")]
    assert len(names) == 5
    assert all((once / name).read_bytes() == (again / name).read_bytes() for name in names)
