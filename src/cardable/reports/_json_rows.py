"""Rows of metrics as JSON text, made by the database a row at a time, however many there are."""

from collections.abc import Iterator, Sequence
from typing import Any

from duckdb import DuckDBPyConnection
from duckdb.sqltypes import DuckDBPyType

from cardable.metrics import Analysis
from cardable.reports._format import Format
from cardable.reports._sheet import Column
from cardable.reports._values import camel

_AT_ONCE = 10_000


def json_rows(analysis: Analysis, query: str, columns: Sequence[Column]) -> Iterator[str]:
    """Each row of the query as a JSON object: the columns that have a JSON name, under that name."""
    named = [each for each in columns if each.json]
    types = _types(analysis, query) if any(each.format is Format.LIST for each in named) else {}
    pairs = ", ', ', ".join(
        f"'\"{each.json}\": ', coalesce({_text(each, types.get(each.key), analysis.digits)}, 'null')"
        for each in named
    )
    made = analysis.connection.cursor().execute(f"select concat('{{', {pairs}, '}}') from ({query})")  # noqa: S608
    return _fetched(made)


def _types(analysis: Analysis, query: str) -> dict[str, DuckDBPyType]:
    relation = analysis.connection.sql(query)
    return dict(zip(relation.columns, relation.types, strict=True))


def _fetched(made: DuckDBPyConnection) -> Iterator[str]:
    while rows := made.fetchmany(_AT_ONCE):
        yield from (text for (text,) in rows)


def _text(column: Column, kind: DuckDBPyType | None, digits: int) -> str:
    """The SQL that writes the column's value; null where it does not apply."""
    key = f'"{column.key}"'
    match column.format:
        case Format.MONEY:
            return f"cast(cast({key} as decimal(38, {digits})) as varchar)"
        case Format.SHARE:
            return f"cast(cast(cast({key} as decimal(30, 12)) * 100 as decimal(33, 2)) as varchar)"
        case Format.DAYS:
            return f"cast(cast({key} as decimal(38, 2)) as varchar)"
        case Format.COUNT | Format.WHOLE_DAYS:
            return f"cast(cast({key} as bigint) as varchar)"
        case Format.FLAG:
            return f"case when {key} then '\"Yes\"' when not {key} then '\"No\"' end"
        case Format.AMOUNT | Format.RATE:
            return f"cast({key} as varchar)"
        case Format.DAY:
            return f"'\"' || cast({key} as date) || '\"'"
        case Format.LIST:
            return f"cast(to_json({_camel_cased(key, kind)}) as varchar)"
        case _:
            return f"cast(to_json({key}) as varchar)"


def _camel_cased(key: str, kind: DuckDBPyType | None) -> str:
    """A list of structs, their members named as JSON names them."""
    inside: Any = kind.children[0][1] if kind else None
    if inside is None or inside.id != "struct":
        return key
    members = ", ".join(f'"{camel(name)}" := each."{name}"' for name, _kind in inside.children)
    return f"list_transform({key}, lambda each: struct_pack({members}))"
