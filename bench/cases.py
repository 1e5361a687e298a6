"""The five bars of speed, and how time grows: which command runs against which."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.data import books, workbook
from bench.measure import Runs, interleaved, python

END = "2026-06-30"


@dataclass(frozen=True)
class Case:
    """One row of the table: the commands that run in turn, ours first, and the bar for the first."""

    key: str
    work: str
    bar: str
    commands: Callable[[Path], tuple[tuple[str, ...], ...]]
    is_met: Callable[[Runs, Runs | None], bool]
    peer: str = ""
    at_most_runs: int = 100


def take(case: Case, data: Path, runs: int) -> tuple[Runs, ...]:
    return interleaved(case.commands(data), min(runs, case.at_most_runs))


def growth(sizes: tuple[int, ...], data: Path, runs: int) -> dict[int, Runs]:
    """The workbook with all raw tabs at each size."""
    folders = [books(size, data) for size in sizes]
    taken = interleaved([_analyze(folder, data, "spend-analysis") for folder in folders], runs)
    return dict(zip(sizes, taken, strict=True))


def _analyze(folder: Path, data: Path, *reports: str) -> tuple[str, ...]:
    only = ("--reports", ",".join(reports)) if reports else ()
    out = data / "out" / folder.name
    return python("cardable.cli", "analyze", folder, "--out", out, "--currency", "USD", "--end", END, *only)


def _workbook(bills: int, *reports: str) -> Callable[[Path], tuple[tuple[str, ...], ...]]:
    def commands(data: Path) -> tuple[tuple[str, ...], ...]:
        folder = books(bills, data)
        return (
            _analyze(folder, data, *reports),
            python("bench.peers.spend_workbook", folder, data / "peer.xlsx", "--end", END),
        )

    return commands


def _csv(data: Path) -> tuple[tuple[str, ...], ...]:
    file = books(1_000_000, data) / "bills.csv"
    return (
        python("bench.to_snapshot", file, data / "snapshot"),
        python("bench.peers.duckdb_copy", file, data / "copy.parquet"),
    )


def _xlsx(data: Path) -> tuple[tuple[str, ...], ...]:
    file = workbook(100_000, data)
    return (
        python("bench.to_snapshot", file, data / "snapshot"),
        python("bench.peers.calamine_lists", file),
    )


def _example(data: Path) -> tuple[tuple[str, ...], ...]:
    folder = data / "harbor-foods"
    interleaved([python("cardable.cli", "example", folder)], 1)
    return (
        python("cardable.cli", "analyze", folder, "--out", data / "out" / "harbor-foods", "--company", "hfg"),
    )


def _times_faster(ours: Runs, peer: Runs | None) -> float:
    return peer.wall_seconds / ours.wall_seconds if peer else 0


def _times_as_long(ours: Runs, peer: Runs | None) -> float:
    return ours.wall_seconds / peer.wall_seconds if peer else 0


CASES = (
    Case(
        key="workbook",
        work="CSVs of 1,000,000 bills, 850,000 payments with allocations, 200,000 expenses, 20,000 suppliers "
        "→ Spend Analysis workbook with all raw tabs",
        bar="15 × faster than the peer, under 1.5 GB",
        peer="pandas + XlsxWriter, the same workbook",
        commands=_workbook(1_000_000, "spend-analysis"),
        is_met=lambda ours, peer: _times_faster(ours, peer) >= 15 and ours.peak_bytes < 1.5e9,
        at_most_runs=2,
    ),
    Case(
        key="reports",
        work="The same with 50,000 bills → all reports",
        bar="4 × faster than the peer",
        peer="pandas + XlsxWriter, the Spend Analysis alone",
        commands=_workbook(50_000),
        is_met=lambda ours, peer: _times_faster(ours, peer) >= 4,
    ),
    Case(
        key="csv",
        work="CSV of 1,000,000 bills → snapshot, mapped and validated",
        bar="at most 2.5 × the time of the peer",
        peer="a bare DuckDB copy of the CSV to Parquet",
        commands=_csv,
        is_met=lambda ours, peer: _times_as_long(ours, peer) <= 2.5,
    ),
    Case(
        key="xlsx",
        work="XLSX of 100,000 rows × 20 columns → snapshot",
        bar="at most 1.5 × the time of the peer",
        peer="python-calamine reading it to Python lists",
        commands=_xlsx,
        is_met=lambda ours, peer: _times_as_long(ours, peer) <= 1.5,
    ),
    Case(
        key="example",
        work="Harbor Foods → all reports, process start to exit",
        bar="under 2 s",
        commands=_example,
        is_met=lambda ours, _: ours.wall_seconds < 2,
    ),
)
