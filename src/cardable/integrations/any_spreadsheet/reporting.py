"""What is told of each table: how its rows fared, what they amount to, and from when to when."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cardable.intake.model import FileReading, Table
from cardable.integrations.any_spreadsheet.delivery import Notice, TableReport
from cardable.integrations.any_spreadsheet.problems import Counts
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.wanted import TRANSACTIONS


@dataclass
class _Sums:
    totals: dict[str, Decimal] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)


def table_reports(
    store: Store,
    readings: Sequence[FileReading],
    staged: Sequence[Staged],
    counts: Mapping[int, Counts],
    notices: Sequence[Notice],
) -> tuple[TableReport, ...]:
    """A report of every table, in the order they came."""
    sums = _sums(store, staged)
    by_table = {id(each.table): each for each in staged}
    reports = []
    for reading in readings:
        for table in reading.tables:
            each = by_table.get(id(table))
            if each is None:
                report = _report(
                    reading, table, notices, Counts(0, 0, table.rows - len(table.skipped)), _Sums()
                )
            else:
                fared = counts[each.number]
                report = _report(reading, table, notices, fared, sums.get(each.number, _Sums()))
            reports.append(report)
    return tuple(reports)


def _sums(store: Store, staged: Sequence[Staged]) -> dict[int, _Sums]:
    """The amounts of each table's records, a bill of many lines once, and the first and last day."""
    parts = [
        f"select number, currency, sum(total), min(day), max(day) from {kind}_each group by number, currency"
        for kind in TRANSACTIONS
        if any(each.kind == kind for each in staged)
    ]
    found: dict[int, _Sums] = {}
    for number, currency, total, first, last in store.rows(" union all ".join(parts)) if parts else ():
        sums = found.setdefault(number, _Sums())
        sums.totals[currency] = total
        sums.days += [day for day in (first, last) if day]
    return found


def _report(
    reading: FileReading, table: Table, notices: Sequence[Notice], counts: Counts, sums: _Sums
) -> TableReport:
    skipped = counts.ignored + len(table.skipped)
    place = (reading.file, table.grid.sheet)
    return TableReport(
        file=reading.file,
        sha256=reading.sha256,
        sheet=table.grid.sheet,
        kind=table.kind,
        read=counts.accepted + counts.rejected + skipped,
        accepted=counts.accepted,
        rejected=counts.rejected,
        skipped=skipped,
        totals=dict(sorted(sums.totals.items())),
        first_date=min(sums.days, default=None),
        last_date=max(sums.days, default=None),
        notices=tuple(notice for notice in notices if (notice.file, notice.sheet) == place),
    )
