"""The bundle of a run's reports with its manifest, and the manifest of the folder they lie in."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from cardable.language import ENGLISH
from cardable.metrics import Analysis
from cardable.reports._document import write_document
from cardable.reports._identity import Identity, TableOfFile, identity
from cardable.reports._report import company_stem, language_mark

MANIFEST = "manifest.txt"
_LARGE = 2**31


class NothingToBundle(ValueError):
    """Not one of the reports of a run could be made."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one report: its file, or why there is none."""

    report: str
    """The report's name, as people know it."""
    file_name: str
    path: Path | None = None
    reason: str = ""


@dataclass(frozen=True)
class Bundle:
    """A written bundle: how many of the expected files are in it."""

    path: Path
    included: int
    total: int

    @property
    def is_partial(self) -> bool:
        return self.included < self.total


def bundle_name(company: str, day: object, language: str = ENGLISH) -> str:
    """`{Company}_SpendReports_{yyyy-MM-dd}.zip`, or `…_SpendReports_fr_…`."""
    return f"{company_stem(company)}_SpendReports{language_mark(language)}_{day}.zip"


def write_bundle(
    analysis: Analysis,
    path: Path,
    outcomes: Sequence[Outcome],
    *,
    files: Iterable[TableOfFile] = (),
    created: datetime | None = None,
    correlation_id: str | None = None,
) -> Bundle:
    """Write the zip of the reports that were made, and a manifest that names them all.

    Without `created` it is the start of the run date, as nothing here reads a clock, so that equal reports
    give equal bytes. Raises NothingToBundle where every report failed.
    """
    made = [each for each in outcomes if each.path]
    if not made:
        raise NothingToBundle(f"none of {len(outcomes)} reports was made")
    moment = created or datetime.combine(analysis.run_date, time(), UTC)
    manifest = _manifest(analysis, identity(analysis, files), outcomes, moment, correlation_id)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(_entry(MANIFEST, moment), manifest)
        for each in made:
            if each.path:
                _add(package, _entry(each.file_name, moment), each.path)
    return Bundle(path, len(made), len(outcomes))


def write_folder_manifest(
    analysis: Analysis, path: Path, written: Sequence[Path], *, files: Iterable[TableOfFile] = ()
) -> None:
    """Write manifest.json: the run's ids, inputs, parameters and version, and each file with its digest."""
    run = identity(analysis, files)
    described = {key: value for key, value in run.described.items() if key not in ("inputs", "parameters")}
    write_document(
        path,
        (
            ("reportId", str(run.report_id)),
            ("correlationId", str(run.correlation_id)),
            *described.items(),
            ("baseCurrency", analysis.base_currency),
            ("parameters", run.described["parameters"]),
            ("inputs", run.described["inputs"]),
            ("files", [_described(each) for each in sorted(written, key=lambda each: each.name)]),
        ),
    )


def sha256(path: Path) -> str:
    """The digest of a file of any size."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _described(path: Path) -> dict[str, object]:
    return {"name": path.name, "sha256": sha256(path), "bytes": path.stat().st_size}


def _manifest(
    analysis: Analysis,
    run: Identity,
    outcomes: Sequence[Outcome],
    moment: datetime,
    correlation_id: str | None,
) -> str:
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    version = analysis.parameters.version
    head = (
        "Report type: spendAnalysis",
        f"Report ID: {run.report_id}",
        f"Company ID: {_one_line(analysis.customer.id)}",
        f"Creation time (UTC): {stamp}",
        f"Correlation ID: {correlation_id or run.correlation_id}",
        *((f"Report settings: {_one_line(version)}",) if version else ()),
        "",
    )
    return "\n".join([*head, *(_line(each, stamp) for each in outcomes)]) + "\n"


def _line(outcome: Outcome, stamp: str) -> str:
    """`INCLUDED  2026-07-01T00:00:00Z  file`, or `FAILED` with the reason after it."""
    if outcome.path:
        return f"INCLUDED  {stamp}  {outcome.file_name}"
    return f"FAILED    {stamp}  {outcome.file_name}  {_one_line(outcome.reason) or 'reason unknown'}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment.astimezone(UTC).timetuple()[:6])
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if name == MANIFEST else zipfile.ZIP_STORED
    return entry


def _add(package: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    """Copy a file in as it is: workbooks and slides are packed already."""
    large = path.stat().st_size >= _LARGE
    with path.open("rb") as source, package.open(entry, "w", force_zip64=large) as target:
        shutil.copyfileobj(source, target, 1 << 20)
