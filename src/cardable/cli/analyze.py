"""`cardable analyze`: from files to reports."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb

from cardable import insights, intake, snapshots
from cardable.cli import given, output
from cardable.cli.errors import TooManyRejects, Unusable
from cardable.cli.progress import Progress
from cardable.cli.summary import summary
from cardable.cli.words import counted
from cardable.intake import FileReading
from cardable.integrations.any_spreadsheet import Delivery, assemble
from cardable.metrics import Analysis, BadSettings, Customer, Parameters, load_parameters
from cardable.reports import Report, all_reports

MEMORY_LIMIT = "2GB"
FORCEABLE = ("suppliers", "bills", "payments", "expenses")


def run_analyze(options: argparse.Namespace) -> int:
    """Read the files, make the reports, say what came of it."""
    parameters = _parameters(options)
    wanted = _reports(options.reports or parameters.enabled_reports)
    progress = Progress(shown=options.verbose or sys.stderr.isatty())
    with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
        work = Path(folder)
        delivery = _delivery(options, work, progress)
        output.write_problems(options.out, delivery)
        _check(delivery, options)
        customer = _customer(delivery, options, work, progress)
        analysis = _analysis(delivery, customer, parameters, options, work, progress)
        made = output.write_reports(options.out, analysis, wanted, delivery, progress)
    if options.verbose or sys.stdout.isatty():
        print(summary(analysis, delivery, made, assumed_end=options.end is None))
    return 0


def _reports(keys: Sequence[str]) -> tuple[Report, ...]:
    """The reports with these keys, all where none is named."""
    by_key = {report.key: report for report in all_reports()}
    unknown = [key for key in keys if key not in by_key]
    if unknown:
        raise Unusable(f"There is no report “{unknown[0]}”. There are: {', '.join(by_key)}.")
    return tuple(by_key[key] for key in keys or by_key)


def _parameters(options: argparse.Namespace) -> Parameters:
    try:
        parameters = load_parameters(options.settings) if options.settings else Parameters()
    except BadSettings as fault:
        raise Unusable(str(fault)) from fault
    asked = {"months": options.months, "threshold": options.threshold}
    return replace(parameters, **{name: value for name, value in asked.items() if value is not None})


def _delivery(options: argparse.Namespace, work: Path, progress: Progress) -> Delivery:
    forced = {
        path: kind for kind in FORCEABLE for path in given.files_in(getattr(options, kind), none_is_fine=True)
    }
    paths = given.files_in([*options.paths, *forced])
    with progress.stage("Reading files") as stage:
        readings = intake.read(paths, work / "intake", kinds=forced)
        rows = sum(table.rows for reading in readings for table in reading.tables)
        stage.detail = f"{counted(len(readings), 'file')}, {counted(rows, 'row')}"
    if not any(reading.tables for reading in readings):
        raise Unusable("\n".join(["None of these files can be used.", *_refusals(readings)]))
    with progress.stage("Making records") as stage, _database(work) as connection:
        delivery = assemble(
            readings,
            connection,
            work / "records",
            base_currency=options.currency,
            company_name=options.company,
        )
        stage.detail = counted(sum(table.accepted for table in delivery.files), "row") + " accepted"
    return delivery


def _database(work: Path) -> duckdb.DuckDBPyConnection:
    """A database that spills to disk before it takes the machine's memory, and draws no progress bars."""
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(work / "spill")})
    connection.execute("set enable_progress_bar = false")
    return connection


def _refusals(readings: Sequence[FileReading]) -> list[str]:
    return [f"  {Path(each.file).name}: {each.refusal.message}" for each in readings if each.refusal]


def _check(delivery: Delivery, options: argparse.Namespace) -> None:
    """Stop where too much was rejected and the person has not said to go on."""
    if delivery.rejected_share > insights.REJECTS_ACCEPTED_TO and not options.accept_rejects:
        rejected = sum(table.rejected for table in delivery.files)
        raise TooManyRejects(
            f"{counted(rejected, 'row')} ({delivery.rejected_share:.1%}) could not be used, so no "
            f"reports were made. See {options.out / output.PROBLEMS}, mend the files, or add "
            "--accept-rejects to go on without those rows."
        )
    if not any(company.tables for company in delivery.companies):
        words = "\n".join(f"  {notice.message}" for notice in delivery.notices)
        raise Unusable(f"The files hold no suppliers, bills, payments or expenses.\n{words}".rstrip())


def _customer(delivery: Delivery, options: argparse.Namespace, work: Path, progress: Progress) -> Customer:
    head = given.chosen_company(delivery.companies, options.company)
    members = insights.family(delivery.companies, head)
    with progress.stage("Keeping a snapshot") as stage:
        kept = {
            member.id: snapshots.write(work / "snapshots" / str(place), member.tables, as_of=options.end)
            for place, member in enumerate(members)
            if member.tables
        }
        stage.detail = counted(len(kept), "company", "companies")
    return insights.customer(head, members, kept)


def _analysis(
    delivery: Delivery,
    customer: Customer,
    parameters: Parameters,
    options: argparse.Namespace,
    work: Path,
    progress: Progress,
) -> Analysis:
    period = given.period(customer, options.end, parameters.months)
    with progress.stage("Working out the figures") as stage:
        analysis = Analysis(
            customer,
            period,
            period.end + timedelta(days=1),
            replace(parameters, exchange_rates=parameters.exchange_rates + insights.exchange_rates(delivery)),
            insights.imported_dates(delivery),
            memory_limit=MEMORY_LIMIT,
            temp_folder=work / "spill",
        )
        analysis.run()
        stage.detail = f"{period.start} to {period.end}"
    return analysis
