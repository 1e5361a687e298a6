"""From what was read to figures: records, a snapshot of each company, the analysis."""

import argparse
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb

from cardable import insights, snapshots
from cardable.cli import given
from cardable.cli.errors import TooManyRejects, Unusable
from cardable.cli.problems import PROBLEMS, write_problems
from cardable.cli.progress import Progress
from cardable.cli.words import counted
from cardable.intake import FileReading
from cardable.integrations.any_spreadsheet import Delivery, assemble
from cardable.metrics import Analysis, BadSettings, Customer, Parameters, Period, load_parameters

_LEAST_MEMORY = 1_000_000_000
_MEMORY_PER_ROW = 400
"""Bytes; what is beyond them goes to disk."""


def asked_parameters(options: argparse.Namespace) -> Parameters:
    """The settings file's, with what was typed beside it; raises Unusable where the file is at fault."""
    try:
        parameters = load_parameters(options.settings) if options.settings else Parameters()
    except BadSettings as fault:
        raise Unusable(str(fault)) from fault
    asked = {"months": options.months, "threshold": options.threshold}
    return replace(parameters, **{name: value for name, value in asked.items() if value is not None})


def analyzed(
    options: argparse.Namespace,
    parameters: Parameters,
    readings: Future[tuple[FileReading, ...]],
    work: Path,
    progress: Progress,
) -> tuple[Analysis, Delivery]:
    """The figures of the company asked for, and the records they come from.

    Raises Unusable and TooManyRejects.
    """
    read = _read(readings, progress)
    memory = f"{max(_LEAST_MEMORY, _rows(read) * _MEMORY_PER_ROW) >> 20} MiB"
    connection = _database(work, memory)
    delivery = _delivery(options, read, connection, work, progress)
    write_problems(options.out, delivery)
    _check(delivery, options)
    customer = _customer(delivery, options, connection, work, progress)
    period = given.period(customer, options.end, parameters.months, connection)
    return _analysis(delivery, customer, parameters, period, connection, progress), delivery


def _rows(read: Sequence[FileReading]) -> int:
    return sum(table.rows for reading in read for table in reading.tables)


def _read(readings: Future[tuple[FileReading, ...]], progress: Progress) -> tuple[FileReading, ...]:
    with progress.stage("Reading files") as stage:
        read = readings.result()
        stage.detail = f"{counted(len(read), 'file')}, {counted(_rows(read), 'row')}"
    if not any(reading.tables for reading in read):
        raise Unusable("\n".join(["None of these files can be used.", *_refusals(read)]))
    return read


def _delivery(
    options: argparse.Namespace,
    read: tuple[FileReading, ...],
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    progress: Progress,
) -> Delivery:
    with progress.stage("Making records") as stage:
        delivery = assemble(
            read,
            connection,
            work / "records",
            base_currency=options.currency,
            company_name=options.company,
        )
        stage.detail = counted(sum(table.accepted for table in delivery.files), "row") + " accepted"
    return delivery


def _database(work: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A database that spills to disk before it takes the machine's memory, and draws no progress bars."""
    connection = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(work / "spill")})
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
            f"reports were made. See {options.out / PROBLEMS}, mend the files, or add "
            "--accept-rejects to go on without those rows."
        )
    if not any(company.tables for company in delivery.companies):
        words = "\n".join(f"  {notice.message}" for notice in delivery.notices)
        raise Unusable(f"The files hold no suppliers, bills, payments or expenses.\n{words}".rstrip())


def _customer(
    delivery: Delivery,
    options: argparse.Namespace,
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    progress: Progress,
) -> Customer:
    head = given.chosen_company(delivery.companies, options.company)
    members = insights.family(delivery.companies, head)
    with progress.stage("Keeping a snapshot") as stage:
        kept = {
            member.id: snapshots.write(
                work / "snapshots" / str(place), member.tables, as_of=options.end, connection=connection
            )
            for place, member in enumerate(members)
            if member.tables
        }
        stage.detail = counted(len(kept), "company", "companies")
    return insights.customer(head, members, kept)


def _analysis(
    delivery: Delivery,
    customer: Customer,
    parameters: Parameters,
    period: Period,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress,
) -> Analysis:
    rates = parameters.exchange_rates + insights.exchange_rates(delivery)
    with progress.stage("Working out the figures") as stage:
        analysis = Analysis(
            customer,
            period,
            period.end + timedelta(days=1),
            replace(parameters, exchange_rates=rates),
            insights.imported_dates(delivery),
            connection=connection,
        )
        analysis.run()
        stage.detail = f"{period.start} to {period.end}"
    return analysis
