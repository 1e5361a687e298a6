"""Recognised tables built by hand, so that each test says just what came in."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from cardable.intake.fields import EXTRA_FIELDS, FIELDS
from cardable.intake.model import Column, FileReading, Grid, Table
from cardable.intake.templates import TEMPLATES
from cardable.integrations.any_spreadsheet import Delivery, assemble
from cardable.records.rows import from_row

Row = Sequence[str | None]
_numbers = count()


@dataclass
class Files:
    """A desk to lay files on and read them from."""

    work: Path

    def table(
        self,
        kind: str,
        uses: Sequence[str | None],
        rows: Iterable[Row],
        *,
        file: str | None = None,
        headers: Sequence[str] | None = None,
        date_order: str | Mapping[str, str] = "YMD",
        decimal_mark: str = ".",
        skipped: Mapping[int, str] | None = None,
        above: Sequence[Row] = (),
        **more: Any,
    ) -> FileReading:
        """A file of one table; `uses` says what each column is, the heading names itself."""
        names = list(headers or [use or f"column {place}" for place, use in enumerate(uses)])
        cells = [list(row) for row in rows]
        grid = self._grid(
            [*above, names, *cells], len(names), more.pop("sheet", None), more.pop("hidden", False)
        )
        columns = tuple(
            _column(place, name, use, cells, date_order, decimal_mark)
            for place, (name, use) in enumerate(zip(names, uses, strict=True))
        )
        table = Table(
            grid=grid,
            kind=kind,
            header_row=len(above),
            rows=sum(any(row) for row in cells),
            skipped=dict(skipped or {}),
            date_order=date_order if isinstance(date_order, str) else "YMD",
            decimal_mark=decimal_mark,
            columns=columns,
            **more,
        )
        return FileReading(file=file or f"{kind}.csv", sha256="0" * 64, bytes=1, tables=(table,))

    def template(self, kind: str, text: str, *, file: str | None = None) -> FileReading:
        """A file in the layout of a template; headers are those of the text's first row."""
        uses = TEMPLATES[kind].uses
        headers, *rows = list(csv.reader(io.StringIO(text.strip())))
        blank = [[cell.strip() or None for cell in row] for row in rows]
        return self.table(kind, [uses[header] for header in headers], blank, headers=headers, file=file)

    def _grid(self, rows: Sequence[Row], width: int, sheet: str | None, hidden: bool) -> Grid:
        padded = [[*(cell or None for cell in row), *[None] * (width - len(row))] for row in rows]
        arrays = {"row": pa.array(range(1, len(padded) + 1), pa.int32())}
        arrays |= {f"c{n}": pa.array([row[n] for row in padded], pa.string()) for n in range(width)}
        data = self.work / f"grid-{next(_numbers)}.parquet"
        self.work.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(arrays), data)
        head = tuple(tuple(row) for row in padded[:100])
        natives = tuple({"text": len(padded)} for _ in range(width))
        return Grid(
            sheet=sheet, hidden=hidden, encoding="utf-8", delimiter=",", rows=len(padded), columns=width,
            head=head, sample=head, natives=natives, data=data,
        )  # fmt: skip

    def read(self, *readings: FileReading, **options: Any) -> "Result":
        work = self.work / f"out-{next(_numbers)}"
        return Result(assemble(readings, _connection(), work, **options))


def _column(
    place: int, name: str, use: str | None, cells: Sequence[Row], order: str | Mapping[str, str], mark: str
) -> Column:
    values = tuple(row[place] for row in cells if len(row) > place and row[place])
    extra = use if use in EXTRA_FIELDS else None
    return Column(
        position=place,
        name=name,
        field=use if use in FIELDS else None,
        extra_field=extra,
        confidence=1.0,
        reason="",
        samples=tuple(value for value in values[:3] if value),
        date_order=_order(use, order),
        decimal_mark=mark
        if use and ("amount" in use or use in ("exchange_rate", "remaining_credit"))
        else None,
    )


def _order(use: str | None, order: str | Mapping[str, str]) -> str | None:
    if use is None or "date" not in use:
        return None
    return order if isinstance(order, str) else order.get(use, "YMD")


@dataclass(frozen=True)
class Result:
    """A delivery, with its records read back."""

    delivery: Delivery

    def records(self, record: type[Any], company: int = 0) -> list[Any]:
        path = self.delivery.companies[company].tables[record]
        return [from_row(record, row) for row in rows_of(path)]

    def only(self, record: type[Any]) -> Any:
        (one,) = self.records(record)
        return one

    def problem_rows(self) -> list[dict[str, Any]]:
        return rows_of(self.delivery.problem_rows)

    def codes(self) -> list[str]:
        return [notice.code for notice in self.delivery.notices]


def rows_of(path: Path) -> list[dict[str, Any]]:
    connection = _connection()
    connection.execute("select * from read_parquet(?)", [str(path)])
    names = [column[0] for column in connection.description or ()]
    return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """One for all: a delivery leaves nothing of its own in a connection, and opening one takes long."""
    return duckdb.connect()
