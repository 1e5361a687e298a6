"""What `analyze` leaves in its folder: reports and the manifest that ties them together."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb

from cardable.cli.errors import Unusable
from cardable.cli.problems import PROBLEMS, made_folder
from cardable.cli.progress import Progress
from cardable.cli.threads import side_by_side
from cardable.integrations.any_spreadsheet import Delivery
from cardable.language import ENGLISH
from cardable.metrics import Analysis
from cardable.reports import (
    NotAColor,
    Outcome,
    Report,
    UnreadableLogo,
    all_reports,
    bundle_name,
    write_bundle,
    write_folder_manifest,
    write_json,
)

_MORE_MEMORY = "4 GiB"


def write_reports(
    folder: Path,
    analysis: Analysis,
    delivery: Delivery,
    wanted: Sequence[Report],
    progress: Progress,
    language: str = ENGLISH,
) -> list[Path]:
    """Write the reports, report.json, the bundle and the manifest; each file appears whole or not at all."""
    name, day = analysis.customer.name, analysis.run_date
    with _draft(made_folder(folder)) as draft:
        outcomes = _outcomes(draft, analysis, delivery, wanted, progress, language)
        if outcomes:
            with progress.stage("Packing the bundle"):
                bundle = draft / bundle_name(name, day, language)
                write_bundle(analysis, bundle, outcomes, files=delivery.files)
        written = sorted(draft.iterdir())
        problems = folder / PROBLEMS
        listed = [*written, *([problems] if problems.exists() else [])]
        write_folder_manifest(analysis, draft / "manifest.json", listed, files=delivery.files)
        for path in sorted(draft.iterdir()):
            os.replace(path, folder / path.name)
    return [folder / path.name for path in written] + [folder / "manifest.json"]


def _outcomes(
    draft: Path,
    analysis: Analysis,
    delivery: Delivery,
    wanted: Sequence[Report],
    progress: Progress,
    language: str,
) -> list[Outcome]:
    """Make the reports and report.json, in two threads: what one does in Python, the other does in SQL."""
    due = [
        (report, each)
        for report in wanted
        if report.is_due(analysis)
        for each in report.languages([language])
    ]
    # Long ones last, where this thread begins: stopping the program ends at once what it is at.
    places = sorted(range(len(due)), key=lambda place: len(due[place][0].sheets))
    works: list[Callable[[], Outcome | None]] = [partial(_write_json, draft, analysis, delivery, progress)]
    works += [partial(_outcome, draft, analysis, due[n][0], progress, due[n][1]) for n in places]
    made = dict(zip(places, side_by_side(works)[1:], strict=True))
    return [outcome for n in range(len(due)) if (outcome := made[n])]


def _write_json(draft: Path, analysis: Analysis, delivery: Delivery, progress: Progress) -> None:
    with progress.stage("Writing report.json"), analysis.beside() as own:
        write_json(own, draft / "report.json", files=delivery.files, notices=delivery.notices)


def _outcome(draft: Path, analysis: Analysis, report: Report, progress: Progress, language: str) -> Outcome:
    file_name = report.file_name(analysis, language)
    with progress.stage(f"Writing {report.name}") as stage:
        try:
            with analysis.beside() as own:
                _build(report, own, draft / file_name, language)
        except (NotAColor, UnreadableLogo) as fault:
            raise Unusable(f"{fault}") from fault
        stage.detail = f"{(draft / file_name).stat().st_size / 1e6:.1f} MB"
    return Outcome(report=report.name, file_name=file_name, path=draft / file_name)


def _build(report: Report, analysis: Analysis, path: Path, language: str) -> None:
    """Build the report; where the memory it may take is too little for its sorting, with 4 GiB."""
    try:
        report.build(analysis, path, language)
    except duckdb.OutOfMemoryException:
        analysis.connection.execute(f"set memory_limit = '{_MORE_MEMORY}'")
        report.build(analysis, path, language)


def chosen_reports(keys: Sequence[str]) -> tuple[Report, ...]:
    """The reports with these keys, all where none is named; raises Unusable for a key there is not."""
    by_key = {report.key: report for report in all_reports()}
    unknown = [key for key in keys if key not in by_key]
    if unknown:
        raise Unusable(f"There is no report “{unknown[0]}”. There are: {', '.join(by_key)}.")
    return tuple(by_key[key] for key in keys or by_key)


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder beside the reports, on the same disk, so that finished files move in at once."""
    with tempfile.TemporaryDirectory(prefix=".cardable-", dir=folder) as draft:
        yield Path(draft)
