"""The tables of one delivery while it is put together, in the caller's DuckDB connection."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb


def quoted(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """The text as an SQL string literal."""
    return "cast(null as varchar)" if text is None else "'" + text.replace("'", "''") + "'"


class Store:
    """A schema of working tables that is dropped with all it holds when the work is done."""

    schema = "any_spreadsheet"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __enter__(self) -> "Store":
        self.run(f"drop schema if exists {self.schema} cascade")
        self.run(f"create schema {self.schema}")
        self._search_path = self.value("select current_setting('search_path')")
        self.run(f"set search_path = '{self.schema}'")
        return self

    def __exit__(self, *raised: object) -> None:
        self.run(f"set search_path = {literal(self._search_path)}")
        self.run(f"drop schema if exists {self.schema} cascade")

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        self._connection.execute(sql, list(values)).fetchall()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, list(values)).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        return self.rows(sql, values)[0]

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        return self.row(sql, values)[0]

    def table(self, name: str, sql: str, values: Sequence[Any] = ()) -> None:
        """Make a table of what the query gives."""
        self.run(f"create or replace table {quoted(name)} as {sql}", values)

    def view(self, name: str, sql: str) -> None:
        self.run(f"create or replace view {quoted(name)} as {sql}")

    def drop(self, name: str) -> None:
        self.run(f"drop table if exists {quoted(name)}")

    def write(self, sql: str, target: Path) -> int:
        """Write what the query gives as Parquet and say how many rows that was."""
        target.parent.mkdir(parents=True, exist_ok=True)
        options = "(format parquet, compression zstd)"
        return int(self.value(f"copy ({sql}) to {literal(str(target))} {options}"))
