"""What was measured, kept between calls so that one case can be measured anew alone."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.companies import Answer
from bench.measure import Run, Runs

_ANSWERS = "companies"


class Results:
    """For each key the runs of ours and, where there is one, of the peer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken: dict[str, tuple[Runs, ...]] = {}
        self.answers: tuple[Answer, ...] = ()
        """What the Companies tab answers, page by page."""
        if path.exists():
            kept = json.loads(path.read_text())
            self.answers = tuple(Answer(**each) for each in kept.pop(_ANSWERS, ()))
            self._taken = {
                key: tuple(Runs(tuple(Run(**run) for run in runs)) for runs in all_runs)
                for key, all_runs in kept.items()
            }

    def keep(self, key: str, taken: tuple[Runs, ...]) -> None:
        self._taken[key] = taken

    def of(self, key: str) -> tuple[Runs, Runs | None] | None:
        taken = self._taken.get(key)
        return (taken[0], taken[1] if len(taken) > 1 else None) if taken else None

    def sizes(self) -> list[int]:
        return sorted(int(key.split()[1]) for key in self._taken if key.startswith("growth "))

    def line(self, key: str) -> str:
        return "  " + "  |  ".join(
            f"{runs.wall_seconds:.2f} s ({runs.spread[0]:.2f}–{runs.spread[1]:.2f}), "
            f"cpu {runs.cpu_seconds:.2f} s, {runs.peak_bytes / 1e6:,.0f} MB"
            for runs in self._taken[key]
        )

    def save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept: dict[str, Any] = {
            key: [[asdict(run) for run in runs.runs] for runs in taken] for key, taken in self._taken.items()
        }
        kept[_ANSWERS] = [asdict(each) for each in self.answers]
        self._path.write_text(json.dumps(kept, indent=1))
