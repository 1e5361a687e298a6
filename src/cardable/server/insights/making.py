"""From a company's data to its reports in a folder: the files that could be made, why others could not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from cardable.integrations.any_spreadsheet import Notice
from cardable.language import ENGLISH, said
from cardable.metrics import Analysis, ImportedDate, Parameters, Period
from cardable.reports import Outcome, Report, all_reports, bundle_name, write_bundle, write_json
from cardable.server.faults import reported
from cardable.server.insights.customers import Opened
from cardable.server.insights.tables import FOLDER, write_figures

ONGOING = "ongoing-insights"
BUNDLE, JSON = "bundle", "json"
MEMORY_LIMIT = "1GB"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Which reports are made, of which days, as of which day."""

    period: Period
    run_date: date
    requested_at: datetime
    is_ongoing: bool
    languages: tuple[str, ...] = (ENGLISH,)
    """What people there read, the first before the others."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """One file of a run, or why it is not there."""

    report: str
    """The report's key; `bundle` for the zip, `json` for report.json."""
    file_name: str
    language: str = ENGLISH
    path: Path | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Results:
    """What came of a run."""

    files: tuple[Made, ...]
    suppliers: tuple[tuple[str, str], ...]
    """Source instance and id of every supplier in the period."""


def make_reports(
    opened: Opened,
    occasion: Occasion,
    parameters: Parameters,
    imported: Iterable[ImportedDate],
    notices: Sequence[Notice],
    folder: Path,
) -> Results:
    """Work out the figures and write reports, report.json, bundle and tables of figures into the folder."""
    folder.mkdir(parents=True)
    with Analysis(
        opened.customer,
        occasion.period,
        occasion.run_date,
        replace(parameters, exchange_rates=parameters.exchange_rates + opened.exchange_rates),
        imported,
        memory_limit=MEMORY_LIMIT,
        temp_folder=folder.parent / "spill",
        threads=1,
    ) as analysis:
        analysis.connection.execute("set enable_progress_bar = false")
        analysis.run()
        told = (*notices, *opened.notices)
        files = _files(analysis, opened, occasion, told, folder)
        write_figures(analysis, folder / FOLDER, told)
        suppliers = analysis.connection.sql(
            "select distinct source_instance, supplier_id from supplier_rows where supplier_id is not null"
        ).fetchall()
    return Results(
        files=files, suppliers=tuple((instance or "", supplier) for instance, supplier in suppliers)
    )


def enabled_reports(parameters: Parameters, *, is_ongoing: bool) -> list[Report]:
    """The reports an organization wants; Ongoing Insights is made on its schedule alone."""
    wanted = parameters.enabled_reports
    return [
        report
        for report in all_reports()
        if (not wanted or report.key in wanted) and (report.key == ONGOING) == is_ongoing
    ]


def _files(
    analysis: Analysis, opened: Opened, occasion: Occasion, notices: Sequence[Notice], folder: Path
) -> tuple[Made, ...]:
    reports = enabled_reports(analysis.parameters, is_ongoing=occasion.is_ongoing)
    made = [
        _made(analysis, report, language, folder)
        for report in reports
        if report.is_due(analysis)
        for language in report.languages(occasion.languages)
    ]
    if occasion.is_ongoing:
        return tuple(made)
    write_json(analysis, folder / "report.json", files=opened.files, notices=notices)
    made.append(Made(report=JSON, file_name="report.json", path=folder / "report.json"))
    for language in occasion.languages:
        made += _bundled(analysis, opened, occasion, made, folder, language)
    return tuple(made)


def _made(analysis: Analysis, report: Report, language: str, folder: Path) -> Made:
    """One report; a mistake in one must not cost the others."""
    name = report.file_name(analysis, language)
    try:
        report.build(analysis, folder / name, language)
    except Exception as fault:
        (folder / name).unlink(missing_ok=True)
        reason = said(
            "{report} could not be made. Reference: {reference}.",
            report=report.name,
            reference=reported(fault, report.key),
        )
        return Made(report=report.key, language=language, file_name=name, reason=reason)
    return Made(report=report.key, language=language, file_name=name, path=folder / name)


def _bundled(
    analysis: Analysis,
    opened: Opened,
    occasion: Occasion,
    made: Sequence[Made],
    folder: Path,
    language: str,
) -> list[Made]:
    """The zip of what people who read the language get."""
    reports = {report.key: report for report in all_reports()}
    outcomes = [
        Outcome(
            report=reports[each.report].name, file_name=each.file_name, path=each.path, reason=each.reason
        )
        for each in made
        if each.report in reports and each.language in reports[each.report].languages([language])
    ]
    if not any(each.path for each in outcomes):
        return []
    path = folder / bundle_name(analysis.customer.name, occasion.run_date, language)
    write_bundle(analysis, path, outcomes, files=opened.files, created=occasion.requested_at)
    return [Made(report=BUNDLE, language=language, file_name=path.name, path=path)]
