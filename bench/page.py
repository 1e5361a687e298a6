"""The speed page, written from what was measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench import companies
from bench.cases import CASES, Case
from bench.measure import Runs
from bench.results import Results

_HEADINGS = ("Work", "Bar", "Cardable", "Peer", "Ratio", "Peak memory", "Met")
_GROWTH_HEADINGS = ("Bills", "Seconds", "Bills a second", "Peak memory")


def page(results: Results) -> str:
    text = Path(__file__).with_name("speed_page.md").read_text(encoding="utf-8")
    return text.format(
        table=_table(_HEADINGS, [_row(case, results) for case in CASES]),
        growth=_table(_GROWTH_HEADINGS, [_growth_row(size, results) for size in results.sizes()]),
        answers=_answers(results),
        machine=_machine(),
    )


def _answers(results: Results) -> str:
    if not results.answers:
        return "Not measured yet.\n"
    rows = [(*answer.cells, "yes" if answer.is_good else "**no**") for answer in results.answers]
    return _table((*companies.HEADINGS, "Met"), rows)


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = (headings, ("---",) * len(headings), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _row(case: Case, results: Results) -> tuple[str, ...]:
    taken = results.of(case.key)
    if not taken:
        return case.work, case.bar, "not measured yet", "", "", "", ""
    ours, peer = taken
    met = "yes" if case.is_met(ours, peer) else "**no**"
    return (
        case.work,
        case.bar,
        _seconds(ours),
        _peer(case, peer),
        _ratio(ours, peer),
        _memory(ours, peer),
        met,
    )


def _peer(case: Case, peer: Runs | None) -> str:
    return f"{_seconds(peer)}: {case.peer}" if peer else "none"


def _ratio(ours: Runs, peer: Runs | None) -> str:
    if not peer:
        return ""
    faster = peer.wall_seconds / ours.wall_seconds
    return f"{faster:.1f} × faster" if faster >= 1 else f"{1 / faster:.2f} × as long"


def _memory(ours: Runs, peer: Runs | None) -> str:
    return _gigabytes(ours) + (f" (peer {_gigabytes(peer)})" if peer else "")


def _growth_row(size: int, results: Results) -> tuple[str, ...]:
    taken = results.of(f"growth {size}")
    assert taken, f"no runs of {size}"
    seconds = taken[0].wall_seconds
    return f"{size:,}", f"{seconds:.2f}", f"{size / seconds:,.0f}", _gigabytes(taken[0])


def _machine() -> str:
    packages = ("duckdb", "pandas", "xlsxwriter", "python-calamine")
    named = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {named}"


def _seconds(runs: Runs) -> str:
    return f"{runs.wall_seconds:.2f} s" if runs.wall_seconds < 10 else f"{runs.wall_seconds:.0f} s"


def _gigabytes(runs: Runs) -> str:
    return f"{runs.peak_bytes / 1e9:.2f} GB"
