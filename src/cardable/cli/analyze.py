"""`cardable analyze`: from files to reports."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Event

from cardable import intake
from cardable.cli.files import files_in
from cardable.cli.progress import Progress
from cardable.language import ASKED

FORCEABLE = ("suppliers", "bills", "payments", "expenses")


def run_analyze(options: argparse.Namespace) -> int:
    """Read the files, make the reports, say what came of it; raises Unusable and TooManyRejects."""
    kinds = {path: kind for kind in FORCEABLE for path in files_in(getattr(options, kind), none_is_fine=True)}
    paths = files_in([*options.paths, *kinds])
    progress = Progress(shown=options.verbose or sys.stderr.isatty())
    with tempfile.TemporaryDirectory(prefix="cardable-") as folder, _beside() as (beside, given_up):
        # Another process reads while this one loads what works on it; on small files that is half the time.
        readings = beside.submit(
            intake.read, paths, Path(folder, "intake"), kinds=kinds, readers=2, given_up=given_up
        )
        from cardable.cli import figures

        loading = beside.submit(import_module, "cardable.cli.output")
        parameters = figures.asked_parameters(options)
        if keys := options.reports or parameters.enabled_reports:
            loading.result().chosen_reports(keys)
        analysis, delivery = figures.analyzed(options, parameters, readings, Path(folder), progress)
        from cardable.cli import output
        from cardable.cli.summary import summary

        reports, language = output.chosen_reports(keys), ASKED[options.lang]
        made = output.write_reports(options.out, analysis, delivery, reports, progress, language)
    if options.verbose or sys.stdout.isatty():
        print(summary(analysis, delivery, made, assumed_end=options.end is None))
    return 0


@contextmanager
def _beside() -> Iterator[tuple[ThreadPoolExecutor, Event]]:
    """Threads for what may go on beside, and the word that nobody waits for it any more."""
    given_up = Event()
    with ThreadPoolExecutor(2) as threads:
        try:
            yield threads, given_up
        except BaseException:
            given_up.set()
            raise
