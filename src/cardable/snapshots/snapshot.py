"""Snapshots: written whole or not at all, read as tables or as records."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from cardable.records import RECORD_TYPES, columns, table_name, whole
from cardable.records.rows import from_row, to_row

Record = TypeVar("Record")
Source = duckdb.DuckDBPyRelation | Path | Iterable[Any]
"""Where a table comes from: a relation with the record's columns, such a Parquet file, or records."""

_DESCRIPTION = "snapshot.json"


@dataclass(frozen=True)
class Snapshot:
    """The data held for a company at one moment: a folder that never changes once it is there."""

    folder: Path

    @property
    def as_of(self) -> date | None:
        """The day the data stands for."""
        day = self._described["as_of"]
        return date.fromisoformat(day) if day else None

    @cached_property
    def _described(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / _DESCRIPTION).read_text("utf-8")))

    def path(self, record: type[Any]) -> Path:
        return self.folder / f"{table_name(record)}.parquet"

    def has(self, record: type[Any]) -> bool:
        """Whether records of this type were brought, even if there were none."""
        return self.path(record).exists()

    def rows(self, record: type[Any]) -> int:
        """How many records of this type there are."""
        return int(self._described["rows"].get(table_name(record), 0))

    def relation(self, connection: duckdb.DuckDBPyConnection, record: type[Any]) -> duckdb.DuckDBPyRelation:
        """The records as a table; an empty one where the type was not brought."""
        if self.has(record):
            kept = connection.read_parquet(str(self.path(record)))
            return kept.project(whole(record, kept.columns))
        return connection.sql(_empty(record))

    def read(self, record: type[Record]) -> tuple[Record, ...]:
        """The records themselves, in the order they were written."""
        with duckdb.connect() as connection:
            relation = self.relation(connection, record)
            names = relation.columns
            return tuple(from_row(record, dict(zip(names, row, strict=True))) for row in relation.fetchall())


def write(
    folder: Path,
    tables: Mapping[type[Any], Source],
    *,
    as_of: date | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Snapshot:
    """Write a snapshot to `folder`, which must not exist; it appears whole or not at all.

    A connection that is there already saves opening one, which costs more than writing a small table.
    Raises FileExistsError where the folder is there already.
    """
    if folder.exists():
        raise FileExistsError(f"snapshot {folder.name!r} is already written")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        with nullcontext(connection) if connection else duckdb.connect() as database:
            rows = {
                table_name(record): _write_table(database, draft, record, source)
                for record, source in tables.items()
            }
        described = {"as_of": as_of.isoformat() if as_of else None, "rows": rows}
        (draft / _DESCRIPTION).write_text(json.dumps(described, indent=1, sort_keys=True), "utf-8")
        _publish(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Snapshot(folder)


def _publish(draft: Path, folder: Path) -> None:
    try:
        os.replace(draft, folder)
    except OSError as fault:
        if folder.exists():
            raise FileExistsError(f"snapshot {folder.name!r} was written meanwhile") from fault
        raise


def _write_table(
    connection: duckdb.DuckDBPyConnection, folder: Path, record: type[Any], source: Source
) -> int:
    target = folder / f"{table_name(record)}.parquet"
    if isinstance(source, Path):
        relation = connection.read_parquet(str(source))
        if _kinds(relation).items() <= _kinds(connection.sql(_empty(record))).items():
            shutil.copyfile(source, target)
            return int(pq.read_metadata(target).num_rows)
    elif isinstance(source, duckdb.DuckDBPyRelation):
        relation = source
    else:
        relation = connection.from_arrow(_arrow(connection, record, source))
    _typed(relation, record).write_parquet(str(target), compression="zstd")
    return int(pq.read_metadata(target).num_rows)


def _kinds(relation: duckdb.DuckDBPyRelation) -> dict[str, str]:
    return dict(zip(relation.columns, map(str, relation.types), strict=True))


def _typed(relation: duckdb.DuckDBPyRelation, record: type[Any]) -> duckdb.DuckDBPyRelation:
    kinds = columns(record).items()
    return relation.project(whole(record, relation.columns)).project(
        ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in kinds)
    )


def _arrow(connection: duckdb.DuckDBPyConnection, record: type[Any], records: Iterable[Any]) -> pa.Table:
    schema = connection.sql(_empty(record)).to_arrow_table().schema
    return pa.Table.from_pylist([to_row(each) for each in records], schema=schema)


def _empty(record: type[Any]) -> str:
    if record not in RECORD_TYPES:
        raise KeyError(f"{record.__name__} is not a record type")
    selected = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in columns(record).items())
    return f"select {selected} where false"
