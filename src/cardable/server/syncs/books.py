"""What a stored snapshot holds: the records of one or more sets of books, and what was said when they came.

The folder itself is a snapshot of all rows. Where the files hold several companies, each has a snapshot of
its own under `books/`, so that reports can tell the entities apart.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from cardable import insights, snapshots
from cardable.intake.wire import plain, restored
from cardable.integrations.any_spreadsheet import CompanyData, Delivery, Notice, TableReport
from cardable.metrics import Entity, ExchangeRate
from cardable.records import Address, CompanyInfo, PhoneNumber, WebLink, table_name
from cardable.server.syncs.division import Division, has_transactions
from cardable.snapshots import Snapshot

_CONTENTS = "books.json"
_LONGEST_INSTANCE = 100


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The company of the portal that the files are for."""

    id: str
    name: str
    source_instance: uuid.UUID
    """Of the connection: suppliers of two connections are two suppliers."""
    is_entity: bool = False
    """Whether it is one of several companies in the files, each of which has books of its own."""


@dataclass(frozen=True, kw_only=True)
class Books:
    """A stored snapshot, opened."""

    entities: tuple[Entity, ...]
    info: CompanyInfo | None
    files: tuple[TableReport, ...]
    notices: tuple[Notice, ...]
    exchange_rates: tuple[ExchangeRate, ...]
    imported_dates: tuple[tuple[str, str, date], ...]
    """Source instance, supplier and day, as the files tell them of the whole."""


def write_books(
    folder: Path, delivery: Delivery, division: Division, owner: Owner, *, as_of: date
) -> dict[str, int]:
    """Keep the owner's own part of a delivery as a snapshot; how many rows of each record type it has."""
    members = division.own
    head = _head(delivery, division, owner)
    tables = {record: [each.tables[record] for each in members if record in each.tables]
              for record in dict.fromkeys(record for each in members for record in each.tables)}  # fmt: skip
    with duckdb.connect() as connection:
        whole = {record: connection.read_parquet([str(path) for path in paths])
                 for record, paths in tables.items()}  # fmt: skip
        snapshots.write(folder, whole, as_of=as_of)
    if len(members) > 1:
        for place, member in enumerate(members):
            snapshots.write(folder / "books" / str(place), member.tables, as_of=as_of)
    contents = {
        "entities": [
            _described(member, owner, division, is_head=member is head)
            | {"folder": f"books/{place}" if len(members) > 1 else ""}
            for place, member in enumerate(members)
        ],
        "info": plain(head.info) if head else None,
        "files": [_file(each) for each in delivery.files],
        "notices": [plain(each) for each in (*division.notices, *delivery.notices)],
        "rates": [
            [each.day.isoformat(), each.from_currency, each.to_currency, str(each.rate)]
            for each in insights.exchange_rates(delivery)
        ],
        "imported_dates": [
            [instance, supplier, day.isoformat()]
            for instance, supplier, day in _imported_dates(delivery, division, owner)
        ],
    }
    (folder / _CONTENTS).write_text(json.dumps(contents, ensure_ascii=False), "utf-8")
    return {table_name(record): sum(each.rows.get(record, 0) for each in members) for record in tables}


def read_books(folder: Path) -> Books:
    """What `write_books` kept."""
    said = json.loads((folder / _CONTENTS).read_text("utf-8"))
    return Books(
        entities=tuple(
            Entity(
                id=each["id"],
                name=each["name"],
                source_instance=each["source_instance"],
                base_currency=each["base_currency"],
                snapshot=Snapshot(folder / each["folder"] if each["folder"] else folder),
            )
            for each in said["entities"]
        ),
        info=_info(said["info"]) if said["info"] else None,
        files=tuple(map(_report, said["files"])),
        notices=tuple(restored(Notice, each) for each in said["notices"]),
        exchange_rates=tuple(
            ExchangeRate(
                day=date.fromisoformat(day), from_currency=one, to_currency=other, rate=Decimal(rate)
            )
            for day, one, other, rate in said["rates"]
        ),
        imported_dates=tuple(
            (instance, supplier, date.fromisoformat(day))
            for instance, supplier, day in said["imported_dates"]
        ),
    )


def _imported_dates(delivery: Delivery, division: Division, owner: Owner) -> list[tuple[str, str, date]]:
    known = {_instance(company, owner, division) for company in (*division.own, *division.apart)}
    head = _root(delivery.companies)
    wanted = {None, "", owner.id, *([head.id] if head else [])}
    if owner.is_entity:
        # What is told of the whole is no news of a part.
        wanted = {each.id for each in division.own}
    return [
        (instance, each.supplier_id, each.imported_on)
        for each in insights.imported_dates(delivery)
        if each.company_id in wanted
        for instance in sorted({each.source_instance or ""} & known or known)
    ]


def _head(delivery: Delivery, division: Division, owner: Owner) -> CompanyData | None:
    """The company of the files that the owner is."""
    if owner.is_entity or (division.left_out and not division.is_split):
        return division.own[0]
    if division.is_split:
        own = [each for each in division.own if has_transactions(each)]
        return own[0] if own else _root(delivery.companies)
    return _root(delivery.companies)


def _root(companies: Sequence[CompanyData]) -> CompanyData | None:
    """The company that stands for the whole: the only one, or the one above all others."""
    known = {company.id for company in companies}
    roots = [company for company in companies if company.parent_id not in known]
    return roots[0] if len(roots) == 1 else None


def _described(company: CompanyData, owner: Owner, division: Division, *, is_head: bool) -> dict[str, Any]:
    is_only = len(division.own) == 1
    return {
        "id": owner.id if is_head or is_only else company.id,
        "name": owner.name if is_only else company.name,
        "source_instance": _instance(company, owner, division),
        "base_currency": company.base_currency,
    }


def _instance(company: CompanyData, owner: Owner, division: Division) -> str:
    """What the files call the books; where they say nothing, books of this connection alone.

    Entities that become companies of their own share what names none, as they come from one source.
    """
    told = company.info.source_instance
    if told:
        return told[:_LONGEST_INSTANCE]
    is_shared = len(division.own) == 1 or division.is_split
    return str(owner.source_instance if is_shared else uuid.uuid5(owner.source_instance, company.id))


def _file(report: TableReport) -> dict[str, Any]:
    first, last = report.first_date, report.last_date
    said: dict[str, Any] = plain(report)
    said["totals"] = {currency: str(total) for currency, total in report.totals.items()}
    said["first_date"], said["last_date"] = first and first.isoformat(), last and last.isoformat()
    return said


def _report(said: Mapping[str, Any]) -> TableReport:
    return TableReport(
        **dict(said)
        | {
            "totals": {currency: Decimal(total) for currency, total in said["totals"].items()},
            "first_date": said["first_date"] and date.fromisoformat(said["first_date"]),
            "last_date": said["last_date"] and date.fromisoformat(said["last_date"]),
            "notices": tuple(restored(Notice, each) for each in said["notices"]),
        }
    )


def _info(said: Mapping[str, Any]) -> CompanyInfo:
    """Files tell no moments, so that text is all there is to restore."""
    return CompanyInfo(
        **dict(said)
        | {
            "addresses": tuple(Address(**each) for each in said["addresses"]),
            "phone_numbers": tuple(PhoneNumber(**each) for each in said["phone_numbers"]),
            "web_links": tuple(WebLink(**each) for each in said["web_links"]),
        }
    )
