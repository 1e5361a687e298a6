"""What uploads say: read in the limited child, as the customer confirmed them, and described for people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from cardable import intake
from cardable.insights import REJECTS_ACCEPTED_TO
from cardable.intake import Column, FileReading, Limits, Table
from cardable.intake.fields import FIELDS
from cardable.intake.mappings import SavedMapping
from cardable.intake.recognise import recognise
from cardable.intake.words import normalised_header
from cardable.integrations.any_spreadsheet import CompanyData, Delivery, Notice, TableReport, assemble
from cardable.language import noted, said
from cardable.server.syncs.date_questions import ambiguous_date
from cardable.server.syncs.division import has_transactions
from cardable.server.syncs.headers import header_texts

PORTAL_LIMITS = Limits(
    file_bytes=10 * 1024 * 1024,
    rows=500_000,
    seconds=120,
    memory_bytes=2_000_000_000,
    unpacked_bytes=500_000_000,
)
MEMORY_LIMIT = "1GB"
ANY = "any"
_SURE = 0.9
_PASSES_LATER = "NO_SUCH_PAYMENT"
"""Allocations may be brought before the payments they name."""

Choices = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Brought:
    """An upload on disk: the step that asked for it, and what the customer changed."""

    path: Path
    name: str
    report: str = ANY
    choices: Choices = field(default_factory=dict)
    """Sheet (empty where there is none) to column position to use; beside those `kind` and `date_order`."""


def read(
    files: Sequence[Brought], work: Path, *, mappings: Sequence[SavedMapping] = ()
) -> tuple[FileReading, ...]:
    """What the files hold, as the customer confirmed it; never raises for what is in a file."""
    readings = intake.read([each.path for each in files], work, limits=PORTAL_LIMITS, mappings=mappings)
    return tuple(_confirmed(reading, file) for reading, file in zip(readings, files, strict=True))


def delivered(
    readings: Sequence[FileReading], work: Path, *, company_name: str, base_currency: str | None = None
) -> Delivery:
    """What the readings come to as records."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(work / "spill"),
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("set enable_progress_bar = false")
        return assemble(
            readings,
            connection,
            work / "records",
            base_currency=base_currency,
            company_name=company_name,
        )


def said_currency(choices: Iterable[Choices]) -> str | None:
    """The currency of the books, where a customer was asked because its files name none; the last answer."""
    said = [str(each["currency"]) for file in choices for each in file.values() if each.get("currency")]
    return said[-1] if said else None


def describe(reading: FileReading, delivery: Delivery | None) -> dict[str, Any]:
    """What `inspect` says of one file, and beside each table what became of its rows.

    `conversion` of a table: rows read, accepted, rejected and skipped, `totals` of each currency, first and
    last date, notices, and one problem for each column and rule with its first row as the example.
    `ambiguous_date`: a date that could be either of two days. `companies`: whose records there are.
    """
    said = intake.described(reading)
    for table, recognised in zip(said["tables"], reading.tables, strict=True):
        table["ambiguous_date"] = ambiguous_date(recognised)
    if delivery is None:
        return said
    for table, report in zip(said["tables"], delivery.files, strict=True):
        table["conversion"] = _conversion(report, delivery)
    counted = [table["conversion"] for table in said["tables"]]
    rejected, accepted = (sum(each[key] for each in counted) for key in ("rejected", "accepted"))
    share = rejected / (accepted + rejected) if accepted + rejected else 0
    return said | {
        "companies": [_company(each) for each in delivery.companies],
        "accepted": accepted,
        "rejected": rejected,
        "needs_acceptance": share > REJECTS_ACCEPTED_TO,
        "usable": accepted > 0,
    }


def write_rejects(delivery: Delivery, target: Path) -> bool:
    """Write the rejected rows with the reason as CSV; False where there are none."""
    if not any(table.rejected for table in delivery.files):
        return False
    columns = 'sheet, row, "column", value, wrong as "what is wrong", remedy as "what to do"'
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(delivery.problem_rows)).filter(
            f"rejects_row and code <> '{_PASSES_LATER}'"
        )
        if not rows.limit(1).fetchall():
            return False
        rows.order('sheet, row, "column"').project(columns).write_csv(str(target))
    return True


def _conversion(report: TableReport, delivery: Delivery) -> dict[str, Any]:
    place = (report.file, report.sheet)
    problems = [each for each in delivery.problems if (each.file, each.sheet) == place and each.code]
    later = sum(each.rows for each in problems if each.code == _PASSES_LATER)
    return {
        "read": report.read,
        "accepted": report.accepted + later,
        "rejected": report.rejected - later,
        "skipped": report.skipped,
        "totals": {currency: str(total) for currency, total in report.totals.items()},
        "first_date": report.first_date and report.first_date.isoformat(),
        "last_date": report.last_date and report.last_date.isoformat(),
        "notices": [_notice(each) for each in report.notices],
        "problems": [
            {
                "code": each.code, "message": each.message, "column": each.column, "row": each.row,
                "value": each.value, "rows": each.rows, "rejects": each.rejects_row,
            }
            for each in problems
            if each.code != _PASSES_LATER
        ],
    }  # fmt: skip


def _company(company: CompanyData) -> dict[str, Any]:
    """A company that the file names, or the assumed one; without transactions it is only listed."""
    return {
        "id": company.id,
        "name": company.name,
        "is_assumed": company.is_assumed,
        "is_entity": has_transactions(company),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"code": notice.code, "message": notice.message, "rows": notice.rows}


def _confirmed(reading: FileReading, file: Brought) -> FileReading:
    tables = tuple(
        _chosen(_as_asked(table, reading, file), file, file.choices.get(table.grid.sheet or "", {}))
        for table in reading.tables
    )
    return replace(reading, file=file.name, tables=tables)


def _as_asked(table: Table, reading: FileReading, file: Brought) -> Table:
    """The kind of table that was asked for, where the file itself does not say clearly what it is."""
    shown = [each for each in reading.tables if not each.grid.hidden]
    if file.report == ANY or len(shown) > 1 or table.kind == file.report or table.kind_confidence >= _SURE:
        return table
    return recognise(table.grid, file=file.name, kind=file.report)


def _chosen(table: Table, file: Brought, choices: Mapping[str, Any]) -> Table:
    """The table with the kind and the columns that the customer chose."""
    kind = choices.get("kind") or table.kind
    if kind != table.kind:
        table = recognise(table.grid, file=file.name, kind=kind)
    wanted = {int(place): use for place, use in choices.items() if place.isdigit()}
    if wanted:
        table = _with_uses(table, file, wanted)
    order = choices.get("date_order")
    return _with_date_order(table, order) if order in ("DMY", "MDY") else table


def _with_uses(table: Table, file: Brought, wanted: Mapping[int, str | None]) -> Table:
    taken = {use for use in wanted.values() if use}
    uses = {
        each.position: wanted.get(each.position, None if each.use in taken else each.use)
        for each in table.columns
    }
    # Recognised again under the new uses, dates and amounts are read in the columns' own formats.
    named = {normalised_header(text): uses[place] for place, text in header_texts(table).items()}
    mapping = SavedMapping(name=noted("your choice"), kind=table.kind, uses=named)
    again = recognise(table.grid, file=file.name, kind=table.kind, mappings=[mapping])
    columns = tuple(_used(each, uses[each.position], each.position in wanted) for each in again.columns)
    return replace(again, columns=columns, counterparty=table.counterparty)


def _used(column: Column, use: str | None, chosen: bool) -> Column:
    reason = said("You said so.") if chosen else column.reason
    known = use in FIELDS
    return replace(
        column,
        field=use if known else None,
        extra_field=None if known else use,
        confidence=1.0 if chosen else column.confidence,
        reason=reason,
    )


def _with_date_order(table: Table, order: str) -> Table:
    def turned(found: str | None) -> str | None:
        return order if found in ("DMY", "MDY") else found

    columns = tuple(replace(each, date_order=turned(each.date_order)) for each in table.columns)
    return replace(table, columns=columns, date_order=turned(table.date_order) or table.date_order)
