"""The tables of one delivery while it is put together, in the caller's DuckDB connection."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from cardable.records import text_literal


def quoted(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """The text as an SQL string literal."""
    return "cast(null as varchar)" if text is None else text_literal(text)


_SMALL: Final = 20_000
_SCHEMA: Final = "any_spreadsheet"
_SETTINGS: Final = {
    "search_path": _SCHEMA,
    # A join then keeps the order of its left side, so that the same files always give the same Parquet.
    "disabled_optimizers": "build_side_probe_side",
}


class Store:
    """A schema of working tables that is dropped with all it holds when the work is done."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, rows: int) -> None:
        self._connection = connection
        self._is_small = rows <= _SMALL

    def __enter__(self) -> "Store":
        self.run(f"drop schema if exists {_SCHEMA} cascade")
        self.run(f"create schema {_SCHEMA}")
        # Of few rows, waking a second thread takes longer than what it would do.
        settings = _SETTINGS | ({"threads": "1"} if self._is_small else {})
        self._kept = {name: str(self.value(f"select current_setting('{name}')")) for name in settings}
        self._set(settings)
        return self

    def __exit__(self, *raised: object) -> None:
        self._set(self._kept)
        self.run(f"drop schema if exists {_SCHEMA} cascade")

    def _set(self, settings: Mapping[str, str]) -> None:
        for name, value in settings.items():
            self.run(f"set {name} = {literal(value)}")

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
        """Name what the query gives; few rows are kept, as planning views within views costs more."""
        kind = "table" if self._is_small else "view"
        self.run(f"create or replace {kind} {quoted(name)} as {sql}")

    def no_rows(self, name: str, types: Mapping[str, str]) -> None:
        """Make a table of these columns that holds nothing."""
        columns = ", ".join(f"{quoted(column)} {form}" for column, form in types.items())
        self.run(f"create or replace table {quoted(name)} ({columns})")

    def drop(self, name: str) -> None:
        self.run(f"drop table if exists {quoted(name)}")

    def write(self, sql: str, target: Path) -> int:
        """Write what the query gives as Parquet and say how many rows that was."""
        target.parent.mkdir(parents=True, exist_ok=True)
        # Names and words repeat, IDs do not: a dictionary that grows with them costs more than it saves.
        options = "(format parquet, compression snappy, dictionary_size_limit 1000)"
        return int(self.value(f"copy ({sql}) to {literal(str(target))} {options}"))
