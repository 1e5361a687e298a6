"""The stopwatch of the bench."""

import sys

import pytest

from bench.measure import CommandFailed, Run, Runs, interleaved, measured

_HOLD = "import subprocess, sys; block = bytearray(60_000_000); {}"
_CHILD = f"subprocess.run([sys.executable, '-c', {_HOLD.format('import time; time.sleep(0.3)')!r}])"


def test_memory_is_that_of_the_process_and_its_children() -> None:
    run = measured((sys.executable, "-c", _HOLD.format(_CHILD)))
    assert run.peak_bytes > 120_000_000


def test_a_failing_command_is_no_measurement() -> None:
    with pytest.raises(CommandFailed, match="out of paper"):
        measured((sys.executable, "-c", "raise SystemExit('out of paper')"))


def test_commands_are_run_in_turn() -> None:
    first, second = interleaved([(sys.executable, "-c", ""), (sys.executable, "-c", "pass")], 2)
    assert (len(first.runs), len(second.runs)) == (2, 2)


def test_the_median_is_quoted_and_the_largest_memory() -> None:
    runs = Runs((Run(1, 1, 10), Run(9, 2, 30), Run(2, 3, 20)))
    assert (runs.wall_seconds, runs.cpu_seconds, runs.peak_bytes, runs.spread) == (2, 2, 30, (1, 9))
