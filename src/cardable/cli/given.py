"""What the person gave: which files, which company of them, which period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from cardable.cli.errors import Unusable
from cardable.integrations.any_spreadsheet import CompanyData, Delivery
from cardable.metrics import Customer, Entity, ExchangeRate, ImportedDate, Period
from cardable.records import Bill, BillPayment, Expense
from cardable.snapshots import Snapshot

_DATED = {Bill: "issue_date", BillPayment: "date", Expense: "issue_date"}


def files_in(paths: Sequence[Path], *, none_is_fine: bool = False) -> list[Path]:
    """The files, folders opened, in a steady order and each once; raises Unusable where one is missing."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Unusable(f"{path} does not exist. Name a file or folder that does.")
        found.update(dict.fromkeys(_files(path)))
    if not found and not none_is_fine:
        raise Unusable("There are no files to read. Name CSV or Excel files, or a folder that holds some.")
    return list(found)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for each in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
        if each.is_file() and not hidden and not each.name.startswith("~$"):
            yield each


def chosen_company(companies: Sequence[CompanyData], wanted: str | None) -> CompanyData:
    """The company the reports are for: the one named, the only one, or the parent of all.

    Raises Unusable with the list where there are several and none is named.
    """
    if wanted is not None:
        return _named(companies, wanted)
    known = {company.id for company in companies}
    roots = [company for company in companies if company.parent_id not in known]
    if len(roots) == 1:
        return roots[0]
    raise Unusable(f"The files hold {len(roots)} companies. Name one with --company:\n{_listed(roots)}")


def _named(companies: Sequence[CompanyData], wanted: str) -> CompanyData:
    by_id = [company for company in companies if company.id == wanted]
    by_name = [company for company in companies if company.name.casefold() == wanted.casefold()]
    found = by_id or by_name
    if not found:
        raise Unusable(f"No company is called “{wanted}”. The files hold:\n{_listed(companies)}")
    if len(found) > 1:
        raise Unusable(f"Several companies are called “{wanted}”. Use an ID:\n{_listed(found)}")
    return found[0]


def _listed(companies: Iterable[CompanyData]) -> str:
    lines = [f"  {company.id}  {company.name}" for company in companies]
    shown = lines[:50]
    return "\n".join(shown + ([f"  … and {len(lines) - 50} more"] if len(lines) > 50 else []))


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


def latest_month_end(customer: Customer) -> date | None:
    """The last day of the latest month the data covers; None where no record has a date.

    Months behind a gap of two empty months or more that hold no more than one record in forty between them
    are slips of the pen (2206 for 2026), not the latest data.
    """
    months: dict[date, int] = {}
    with duckdb.connect() as connection:
        for entity in customer.entities:
            for record, column in _DATED.items():
                counted = entity.snapshot.relation(connection, record).aggregate(
                    f"cast(date_trunc('month', {column}) as date) as month, count(*) as records"
                )
                for month, records in counted.fetchall():
                    months[month] = months.get(month, 0) + records
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


def period(customer: Customer, end: date | None, months: int) -> Period:
    """The period asked for, or the one that ends with the data; raises Unusable where nothing is dated."""
    last = end or latest_month_end(customer)
    if last is None:
        raise Unusable(
            "No record has a date, so there is no period to report on. Bring a file with a date column "
            "(invoice date or payment date), or name the period's last day with --end."
        )
    return Period.ending(last, months)


def exchange_rates(delivery: Delivery) -> tuple[ExchangeRate, ...]:
    """The rate table that came with the files."""
    return tuple(
        ExchangeRate(day=day, from_currency=source, to_currency=target, rate=rate)
        for day, source, target, rate in _rows(
            delivery.exchange_rates, "date, from_currency, to_currency, rate"
        )
    )


def imported_dates(delivery: Delivery) -> tuple[ImportedDate, ...]:
    """When suppliers first appeared, as the files say."""
    return tuple(
        ImportedDate(company_id=company, supplier_id=supplier, imported_on=day, source_instance=instance)
        for company, supplier, day, instance in _rows(
            delivery.imported_dates, "company_id, supplier_id, imported_date, source_instance"
        )
    )


def _rows(parquet: Path | None, columns: str) -> list[tuple[Any, ...]]:
    if parquet is None:
        return []
    with duckdb.connect() as connection:
        return connection.read_parquet(str(parquet)).project(columns).fetchall()
