"""What a run found, read from its Parquet tables; questions carry their values apart from their words."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar, cast

import duckdb

from cardable.server.insights import copies
from cardable.server.insights.figure_rows import (
    DataWarning,
    EntitySpend,
    Method,
    MonthOfNew,
    Opportunity,
    SupplierDetails,
    SupplierLine,
    Tier,
    Totals,
)

Row = TypeVar("Row")
Values = Sequence[object]


class NoFigures(Exception):
    """The figures of a run are not there any more."""


@dataclass(frozen=True)
class Selection:
    """Which rows of a table: a condition of our own words, and the values it is about."""

    condition: str = "true"
    values: tuple[object, ...] = ()

    @classmethod
    def where(cls, *asked: tuple[object, str, list[object]]) -> "Selection":
        """The rows for which every condition holds that is asked for, each with its values."""
        held = [(condition, values) for is_asked, condition, values in asked if is_asked]
        return cls(
            " and ".join(["true", *(condition for condition, _ in held)]),
            tuple(value for _, values in held for value in values),
        )


ALL = Selection()


@dataclass(frozen=True)
class Figures:
    """The tables of one run; raises NoFigures where they are gone."""

    prefix: str

    def totals(self) -> Totals:
        (found,) = self._rows(Totals, "customer_row, summary_row, terms_row")
        return found

    def tiers(self) -> tuple[Tier, ...]:
        return self._rows(Tier, "tier_rows")

    def methods(self) -> tuple[Method, ...]:
        """The fixed rows of Spend Analysis."""
        return self._rows(Method, "method_rows")

    def entities(self) -> tuple[EntitySpend, ...]:
        return self._rows(EntitySpend, "entity_rows")

    def opportunities(self) -> tuple[Opportunity, ...]:
        return self._rows(Opportunity, "opportunity_rows")

    def warnings(self) -> tuple[DataWarning, ...]:
        return self._rows(DataWarning, "warnings")

    def notices(self) -> list[dict[str, Any]]:
        """What was said of the files while they were read: code, message, file, rows."""
        try:
            text = copies.readable(f"{self.prefix}/figures/notices.json").read_text("utf-8")
        except FileNotFoundError:
            return []
        return cast("list[dict[str, Any]]", json.loads(text))

    def new_suppliers(self) -> tuple[MonthOfNew, ...]:
        """How many suppliers each month brought, by their first record of the period."""
        return self._rows(
            MonthOfNew,
            """(
                select
                    cast(date_trunc('month', first_seen) as date) as month,
                    count(*) as suppliers_count,
                    sum(total_spend) as total_spend
                from supplier_rows
                where first_seen is not null
                group by month
                order by month
            )""",
        )

    def supplier(self, ref: str) -> SupplierDetails | None:
        found = self._rows(SupplierDetails, "supplier_rows where ref = ?", ref)
        return found[0] if found else None

    def suppliers(
        self, chosen: Selection = ALL, *, order: str = "position", limit: int = 50, offset: int = 0
    ) -> tuple[SupplierLine, ...]:
        return self.page(SupplierLine, "supplier_rows", chosen, order=order, limit=limit, offset=offset)

    def page(
        self, row: type[Row], table: str, chosen: Selection, *, order: str, limit: int, offset: int
    ) -> tuple[Row, ...]:
        """So many chosen rows of a table, in an order of our own words."""
        rest = f"{table} where {chosen.condition} order by {order} limit ? offset ?"
        return self._rows(row, rest, *chosen.values, limit, offset)

    def value(self, expressions: str, table: str, chosen: Selection = ALL) -> tuple[Any, ...]:
        """The one row of sums over the chosen rows of a table."""
        question = f"select {expressions} from {table} where {chosen.condition}"  # noqa: S608 (our own words)
        with self.answer(question, chosen.values) as found:
            return cast("tuple[Any, ...]", found.fetchone())

    @contextmanager
    def answer(self, question: str, values: Values = ()) -> Iterator[duckdb.DuckDBPyConnection]:
        """The answer to a question of our own words about the run's tables, to be fetched."""
        bound: list[object] = []
        with closing(_database().cursor()) as cursor:
            yield cursor.execute(self._with_tables(question, bound), [*bound, *values])

    def _rows(self, row: type[Row], rest: str, *values: object) -> tuple[Row, ...]:
        columns = ", ".join(field.name for field in fields(cast("Any", row)))
        with self.answer(f"select {columns} from {rest}", values) as found:  # noqa: S608 (names of fields)
            return tuple(row(*each) for each in found.fetchall())

    def _with_tables(self, question: str, bound: list[object]) -> str:
        """The question, with each table it names made known as the file it lies in."""
        named = []
        for table in _TABLES:
            if table in question:
                named.append(f"{table} as (from read_parquet(?))")
                bound.append(str(self._file(table)))
        return f"with {', '.join(named)} {question}"

    def _file(self, table: str) -> object:
        try:
            return copies.readable(f"{self.prefix}/figures/{table}.parquet")
        except FileNotFoundError as missing:
            raise NoFigures(self.prefix) from missing


_TABLES = (
    "customer_row",
    "summary_row",
    "terms_row",
    "tier_rows",
    "method_rows",
    "entity_rows",
    "opportunity_rows",
    "warnings",
    "supplier_rows",
    "bill_rows",
    "payment_rows",
    "expense_rows",
)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One DuckDB in memory for the whole process, which may read the figures' folders and nothing else."""
    folders = filter(None, (copies.storage_folder(), copies.copies_folder()))
    database = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    database.execute("set allowed_directories = $folders", {"folders": [str(each) for each in folders]})
    database.execute("set enable_external_access = false")
    database.execute("set lock_configuration = true")
    return database
