"""From a delivery to an analysis: whose records they are, up to which month, with which rates."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cardable.integrations.any_spreadsheet import CompanyData, Delivery
from cardable.metrics import Customer, Entity, ExchangeRate, ImportedDate
from cardable.records import Bill, BillPayment, Expense, text_literal
from cardable.snapshots import Snapshot

REJECTS_ACCEPTED_TO = Decimal("0.05")
"""The share of rejected rows up to which nobody is asked whether to go on."""

_DATED = {Bill: "issue_date", BillPayment: "date", Expense: "issue_date"}


def family(companies: Sequence[CompanyData], head: CompanyData) -> list[CompanyData]:
    """The company and all its descendants, parents first."""
    found = [head]
    for parent in found:
        found += [company for company in companies if company.parent_id == parent.id and company not in found]
    return found


def customer(
    head: CompanyData, members: Sequence[CompanyData], snapshots: Mapping[str, Snapshot]
) -> Customer:
    """The company as reports see it: its entities are the members that have a snapshot."""
    return Customer(
        id=head.id,
        name=head.name,
        entities=tuple(
            Entity(
                id=member.id,
                name=member.name,
                snapshot=snapshots[member.id],
                source_instance=member.source_instance,
                base_currency=member.base_currency,
            )
            for member in members
            if member.id in snapshots
        ),
        is_group=len(members) > 1,
        info=head.info if head.id in snapshots else None,
        base_currency=head.base_currency,
    )


def latest_month_end(customer: Customer, connection: duckdb.DuckDBPyConnection) -> date | None:
    """The last day of the latest month the data covers; None where no record has a date.

    Months behind a gap of two empty months or more that hold no more than one record in forty between them
    are slips of the pen (2206 for 2026), not the latest data.
    """
    snapshots = [each.snapshot for each in customer.entities]
    dated = [
        f"select {column} as day from read_parquet([{', '.join(map(text_literal, paths))}])"  # noqa: S608
        for record, column in _DATED.items()
        if (paths := [str(each.path(record)) for each in snapshots if each.has(record)])
    ]
    if not dated:
        return None
    months: dict[date, int] = dict(
        connection.execute(
            "select cast(date_trunc('month', day) as date), count(*) from "  # noqa: S608 (our own names)
            f"({' union all '.join(dated)}) as records where day is not null group by all"
        ).fetchall()
    )
    return _month_end(_latest_month(months)) if months else None


def _latest_month(months: Mapping[date, int]) -> date:
    ordered, stray = sorted(months), sum(months.values()) / 40
    latest, later = ordered[-1], 0
    for before, after in reversed(list(pairwise(ordered))):
        later += months[after]
        if later > stray:
            break
        if (after - before).days > 88:
            latest = before
    return latest


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def exchange_rates(delivery: Delivery) -> tuple[ExchangeRate, ...]:
    """The rate table that came with the files."""
    return tuple(
        ExchangeRate(day=day, from_currency=source, to_currency=target, rate=rate)
        for day, source, target, rate in _rows(
            delivery.exchange_rates, ("date", "from_currency", "to_currency", "rate")
        )
    )


def imported_dates(delivery: Delivery) -> tuple[ImportedDate, ...]:
    """When suppliers first appeared, as the files say."""
    return tuple(
        ImportedDate(company_id=company, supplier_id=supplier, imported_on=day, source_instance=instance)
        for company, supplier, day, instance in _rows(
            delivery.imported_dates, ("company_id", "supplier_id", "imported_date", "source_instance")
        )
    )


def _rows(parquet: Path | None, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    if parquet is None:
        return []
    table = pq.ParquetFile(parquet).read(columns=list(columns))
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))
