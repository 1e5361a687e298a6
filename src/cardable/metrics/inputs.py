"""The named inputs of the SQL steps: the snapshots' records, and the parameters as small tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cardable.language import noted, said
from cardable.metrics.company import Customer, Entity
from cardable.metrics.minor_units import minor_digits
from cardable.records import (
    RECORD_TYPES,
    Account,
    Bill,
    BillPayment,
    Expense,
    PaymentMethod,
    Supplier,
    columns,
    text_literal,
    whole,
)

_STORED = (Supplier, Bill, BillPayment, Expense, Account, PaymentMethod)
_ROWS_PER_FILE = 10**10
"""Record numbers of two files never meet."""
_FEW_ROWS = 20_000

_OPTIONAL = {
    BillPayment: (noted("bill payments"), noted("{company}: bill payments")),
    Expense: (noted("expenses"), noted("{company}: expenses")),
}
"""What people call them, of the only company and of one among several."""


def make_table(
    connection: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """A small table of the given rows."""
    filled = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in types]
    given = ", ".join(f'unnest(cast(? as {kind}[])) as "{column}"' for column, kind in types.items())
    connection.execute(f"create or replace table {name} as select {given}", filled)


def is_small(entities: Sequence[Entity]) -> bool:
    """Whether there are so few records that planning a question takes longer than answering it."""
    return sum(each.snapshot.rows(record) for each in entities for record in _STORED) <= _FEW_ROWS


def load_records(connection: duckdb.DuckDBPyConnection, entities: Sequence[Entity]) -> None:
    """Views `stored_…` over the snapshots' files, each row with its entity and a number of its own.

    The numbers follow the order of the entities and of their rows. Few records become tables, as each
    question to a view opens its files anew.
    """
    kind = "table" if is_small(entities) else "view"
    numbers = [
        (record, str(entity.snapshot.path(record)), n, (place * len(entities) + n) * _ROWS_PER_FILE)
        for place, record in enumerate(_STORED)
        for n, entity in enumerate(entities)
        if entity.snapshot.has(record)
    ]
    files = [file for _, *file in numbers]
    make_table(connection, "files", {"path": "varchar", "entity": "integer", "first_record": "bigint"}, files)
    for record in _STORED:
        own = [(path, n, first) for of, path, n, first in numbers if of is record]
        connection.execute(f"create {kind} stored_{RECORD_TYPES[record]} as {_stored(record, own)}")
    connection.execute(_PAYMENT_LINKS)


def load_entities(
    connection: duckdb.DuckDBPyConnection, customer: Customer, group_currency: str | None
) -> str:
    """The table of entities; gives the currency the report is in."""
    counts = _counts(connection)
    known = [_base_currency(connection, customer, entity, n) for n, entity in enumerate(customer.entities)]
    has_data = [any(found[n] for found in counts.values()) for n in range(len(known))]
    reported = group_currency or customer.base_currency or _majority(known, has_data)
    make_table(
        connection,
        "entities",
        {
            "entity": "integer",
            "entity_id": "varchar",
            "entity_name": "varchar",
            "sort_name": "varchar",
            "source_instance": "varchar",
            "base_currency": "varchar",
            "digits": "integer",
            "group_currency": "varchar",
            "group_digits": "integer",
            "has_data": "boolean",
            "spends_by_payments": "boolean",
        },
        (
            (
                n,
                entity.id,
                entity.name,
                entity.name.casefold(),
                entity.source_instance,
                known[n],
                minor_digits(known[n]),
                reported,
                minor_digits(reported),
                has_data[n],
                counts[BillPayment][n] > 0 and not counts[Bill][n],
            )
            for n, entity in enumerate(customer.entities)
        ),
    )
    return reported


def missing_data(customer: Customer) -> list[tuple[int, str]]:
    """The optional kinds of record that entities did not bring, numbered and named."""
    names = [
        said(of_one, company=entity.name) if customer.is_group else name
        for entity in customer.entities
        for record, (name, of_one) in _OPTIONAL.items()
        if not entity.snapshot.has(record)
    ]
    return list(enumerate(names))


def _stored(record: type[Any], files: Sequence[tuple[str, int, int]]) -> str:
    """The records in these files, each of an entity, numbered from its first record on."""
    if not files:
        nulls = ", ".join(f'cast(null as {kind}) as "{column}"' for column, kind in columns(record).items())
        return f"select cast(null as bigint) as record, cast(null as integer) as entity, {nulls} where false"
    paths = [path for path, _, _ in files]
    present = {name for path in paths for name in pq.read_schema(path).names}
    listed = ", ".join(map(text_literal, paths))
    read = f"read_parquet([{listed}], file_row_number = true, filename = true, union_by_name = true) as p"
    if len(files) == 1:
        # The engine would expect a join by file to leave few rows, and begin every other join with them.
        ((_, entity, first),) = files
        numbered = f"cast({first} + p.file_row_number as bigint) as record, {entity} as entity"
        return f"select {numbered}, {whole(record, present)} from {read}"  # noqa: S608 (our own names)
    numbered = "f.first_record + p.file_row_number as record, f.entity"
    return (
        f"select {numbered}, {whole(record, present)} from {read} "  # noqa: S608 (our own names)
        "inner join files as f on f.path = p.filename"
    )


# Lists inside lists are taken apart here, where the engine's own way is by far the fastest.
_PAYMENT_LINKS = """
create table payment_links as
with lines as (
    select
        record as payment,
        entity,
        date as paid_on,
        coalesce(status, 'Active') = 'Void' as is_void,
        total_amount > 0 as is_outflow,
        generate_subscripts(lines, 1) as line,
        unnest(lines) as part
    from stored_bill_payments
    where not coalesce(is_deleted, false)
),
links as (
    select
        * exclude (part),
        generate_subscripts(part.links, 1) as place,
        unnest(part.links) as link,
        part.amount - coalesce(list_sum(list_transform(part.links, lambda l: l.amount)), 0) as line_rest
    from lines
)
select * exclude (link), link.id as bill_id, link.amount as amount
from links
where link.type = 'Bill' and link.id is not null
"""


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[type[Any], Counter[int]]:
    """How many records each entity has of the kinds that are data."""
    counted = {record: Counter[int]() for record in (Supplier, Bill, BillPayment, Expense)}
    parts = [
        f"select {place} as place, entity, count(*) from stored_{RECORD_TYPES[record]} "  # noqa: S608 (our own names)
        "where not coalesce(is_deleted, false) group by entity"
        for place, record in enumerate(counted)
    ]
    for place, entity, rows in connection.execute(" union all ".join(parts)).fetchall():
        list(counted.values())[place][entity] = rows
    return counted


def _base_currency(
    connection: duckdb.DuckDBPyConnection, customer: Customer, entity: Entity, number: int
) -> str:
    """The currency of the entity's books; where nobody says, the one most of its records are in."""
    told = entity.base_currency or (None if customer.is_group else customer.base_currency)
    if told:
        return told.strip().upper()
    found = connection.execute(
        """
        select upper(trim(currency)) as named
        from (
            select entity, currency from stored_bills
            union all
            select entity, currency from stored_bill_payments
            union all
            select entity, currency from stored_expenses
        )
        where entity = ? and trim(currency) <> ''
        group by named
        order by count(*) desc, named
        limit 1
        """,
        [number],
    ).fetchall()
    return str(found[0][0]) if found else ""


def _majority(currencies: Sequence[str], has_data: Sequence[bool]) -> str:
    """The currency that most entities with data share; the first in the alphabet where several do."""
    counted = Counter(each for each, counts in zip(currencies, has_data, strict=True) if counts and each)
    return min(counted, key=lambda currency: (-counted[currency], currency), default="")
