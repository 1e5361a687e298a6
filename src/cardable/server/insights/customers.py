"""A company and all below it as reports see them: a customer, its entities, what was said of the data."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

from cardable.integrations.any_spreadsheet import Notice, TableReport
from cardable.metrics import Customer, ExchangeRate
from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.companies.tree import family_ids
from cardable.server.syncs.books import Books, read_books
from cardable.server.syncs.counted import counted
from cardable.server.syncs.models import StoredSnapshot


@dataclass(frozen=True, kw_only=True)
class Held:
    """The data of a company and its descendants, each where it lies in storage."""

    company_id: str
    company_name: str
    has_subsidiaries: bool
    is_streaming: bool
    snapshots: tuple[StoredSnapshot, ...]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The same, checked out of storage."""

    customer: Customer
    files: tuple[TableReport, ...]
    notices: tuple[Notice, ...]
    exchange_rates: tuple[ExchangeRate, ...]
    imported_dates: tuple[tuple[str, str, date], ...]
    """Source instance, supplier and day, as the company's own files tell them."""


def held_data(company: Company) -> Held:
    """What there is of a company and all below it, in the order of the hierarchy."""
    below = family_ids(company.id)
    there = set(Company.objects.filter(id__in=below, deleting_since=None).values_list("id", flat=True))
    family = [each for each in below if each in there]
    places = {company_id: place for place, company_id in enumerate(family)}
    found = counted().filter(company_id__in=family).select_related("connection")
    ordered = sorted(found, key=lambda each: (places[each.company_id], each.created_at))
    return Held(
        company_id=str(company.id),
        company_name=company.name,
        has_subsidiaries=len(family) > 1,
        is_streaming=any(each.connection.is_streaming for each in ordered),
        snapshots=tuple(ordered),
    )


@contextmanager
def opened(held: Held) -> Iterator[Opened]:
    """The data on disk, as long as it is needed."""
    with ExitStack() as stack:
        books = [
            read_books(stack.enter_context(storage.checked_out(each.storage_prefix)))
            for each in held.snapshots
        ]
        own = [
            each
            for each, snapshot in zip(books, held.snapshots, strict=True)
            if str(snapshot.company_id) == held.company_id
        ]
        brought = _brought(held, books)
        yield Opened(
            customer=_customer(held, books, own),
            files=tuple(each for some in brought for each in some.files),
            notices=tuple(each for some in brought for each in some.notices),
            exchange_rates=tuple(dict.fromkeys(each for some in brought for each in some.exchange_rates)),
            imported_dates=tuple(each for some in own for each in some.imported_dates),
        )


def _brought(held: Held, books: Sequence[Books]) -> list[Books]:
    """The books that came each with files of its own; entities repeat what is said of their origin's."""
    connections = {each.connection_id for each in held.snapshots}
    return [
        each
        for each, snapshot in zip(books, held.snapshots, strict=True)
        if snapshot.connection.origin_id not in connections
    ]


def _customer(held: Held, books: Sequence[Books], own: Sequence[Books]) -> Customer:
    entities = tuple(entity for some in books for entity in some.entities)
    mine = [entity for entity in entities if entity.id == held.company_id]
    return Customer(
        id=held.company_id,
        name=held.company_name,
        entities=entities,
        is_group=held.has_subsidiaries or len(entities) > 1,
        info=next((each.info for each in own if each.info), None),
        base_currency=mine[0].base_currency if mine else None,
    )
