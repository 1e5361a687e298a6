"""Whole processes timed from outside: wall-clock, processor time and the memory of the process tree."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_SAMPLE_SECONDS = 0.02


class CommandFailed(Exception):
    """A measured program ended with an error, so its time says nothing."""


@dataclass(frozen=True)
class Run:
    """One run, from start to exit."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    """The most that the process and all its descendants held at once, shared pages counted in each."""


@dataclass(frozen=True)
class Runs:
    runs: tuple[Run, ...]

    @property
    def wall_seconds(self) -> float:
        return median(run.wall_seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        return median(run.cpu_seconds for run in self.runs)

    @property
    def peak_bytes(self) -> int:
        return max(run.peak_bytes for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        walls = [run.wall_seconds for run in self.runs]
        return min(walls), max(walls)


def interleaved(commands: Sequence[Sequence[str]], runs: int) -> tuple[Runs, ...]:
    """Each command so many times, in turn (A B A B …), so that a slow minute falls on all alike."""
    taken: list[list[Run]] = [[] for _ in commands]
    for _ in range(runs):
        for done, command in zip(taken, commands, strict=True):
            done.append(measured(command))
    return tuple(Runs(tuple(done)) for done in taken)


def measured(command: Sequence[str]) -> Run:
    """One run of a command; what it prints is kept aside and shown only if it fails."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        peak = 0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, _tree_bytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")
            raise CommandFailed(f"{' '.join(command)!r} ended with {process.returncode}:\n{said[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak)


def _tree_bytes(pid: int) -> int:
    """Resident bytes of a process and its descendants; 0 for one that has just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_tree_bytes, children))


def python(module: str, *arguments: object) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *map(str, arguments))
