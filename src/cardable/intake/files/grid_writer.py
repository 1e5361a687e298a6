"""Rows of text to a grid: trimmed, numbered, counted, and written to Parquet while the next are read."""

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cardable.intake.files.cells import text_of
from cardable.intake.files.sampling import Sampler
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused
from cardable.language import noted, said

OUTER_BLANKS: Final = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2007\u202f\u2028\u2029\u200b\u2060\u3000\ufeff"
"""What is trimmed from both ends of a cell."""

_ROWS_A_GROUP = 65_536
_WAITING = 2
# Small, so that columns of many different values stop looking for repetition early.
_DICTIONARY_BYTES = 128 << 10

Columns = Sequence[Any]
"""The cells of consecutive rows as Arrow text arrays, one a column."""

_TOO_WIDE: Final = noted(
    "The file has more than {allowed} columns. Delete the columns that hold nothing, and bring it again."
)
_TOO_LONG: Final = noted(
    "The file has more than {allowed} rows. Split it by date into smaller files, and bring those."
)
_TOO_FULL: Final = noted(
    "The file has more than {allowed} cells. Delete unused columns or split it by date, and bring it again."
)


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table that is larger than allowed."""
    if columns > limits.columns:
        raise Refused("TOO_LARGE", said(_TOO_WIDE, allowed=f"{limits.columns:,}"))
    if rows > limits.rows:
        raise Refused("TOO_LARGE", said(_TOO_LONG, allowed=f"{limits.rows:,}"))
    if rows * columns > limits.cells:
        raise Refused("TOO_LARGE", said(_TOO_FULL, allowed=f"{limits.cells:,}"))


class WiderRow(Exception):
    """A row has more cells than the grid has columns."""


class GridWriter:
    """Takes columns of text in row order and ends as a Grid; the work is done on a thread of its own."""

    def __init__(self, data: Path, *, columns: int, limits: Limits) -> None:
        check_size(0, columns, limits)
        self._data, self._limits, self._columns = data, limits, columns
        self.rows = self._written = 0
        self._kinds = [dict.fromkeys(("text", "number", "date", "bool", "filled"), 0) for _ in range(columns)]
        self._sampler = Sampler(columns)
        self._schema = pa.schema([("row", pa.int32()), *((f"c{n}", pa.string()) for n in range(columns))])
        self._parquet = pq.ParquetWriter(
            data,
            self._schema,
            compression="none",
            write_statistics=["row"],
            dictionary_pagesize_limit=_DICTIONARY_BYTES,
        )
        self._thread: ThreadPoolExecutor | None = None
        self._waiting: deque[Future[None]] = deque()
        self._gathered: list[Columns] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread:
            self._thread.shutdown(cancel_futures=True)
        self._parquet.close()

    def add(self, columns: Columns, natives: Mapping[int, Mapping[str, int]] | None = None) -> None:
        """Append rows; a grid wider than `columns` has blanks at the right.

        `natives` counts the cells of a column that were numbers, dates or bools before they were text.
        """
        if len(columns) > self._columns:
            raise WiderRow
        rows = len(columns[0])
        check_size(self.rows + rows, self._columns, self._limits)
        for position, counts in (natives or {}).items():
            for kind, count in counts.items():
                self._kinds[position][kind] += count
        self._gathered.append(columns)
        self.rows += rows
        if self.rows - self._written >= _ROWS_A_GROUP:
            self._hand_over()

    def finish(
        self, *, sheet: str | None = None, hidden: bool = False, encoding: str | None, delimiter: str | None
    ) -> Grid:
        """The grid of all rows added."""
        while self._waiting:
            self._waiting.popleft().result()
        if self._gathered:
            self._write(self._written, self._gathered)
        self._parquet.close()
        for kinds in self._kinds:
            kinds["text"] = kinds["filled"] - kinds["number"] - kinds["date"] - kinds["bool"]
            del kinds["filled"]
        head, sample = self._sampler.finish()
        return Grid(
            sheet=sheet, hidden=hidden, encoding=encoding, delimiter=delimiter, rows=self.rows,
            columns=self._columns, head=head, sample=sample, natives=tuple(self._kinds), data=self._data,
        )  # fmt: skip

    def _hand_over(self) -> None:
        self._thread = self._thread or ThreadPoolExecutor(1)
        while len(self._waiting) >= _WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(self._write, self._written, self._gathered))
        self._written, self._gathered = self.rows, []

    def _write(self, above: int, gathered: Sequence[Columns]) -> None:
        columns = [_trimmed(_joined(gathered, position)) for position in range(self._columns)]
        rows = sum(len(part[0]) for part in gathered)
        for kinds, column in zip(self._kinds, columns, strict=True):
            kinds["filled"] += rows - column.null_count
        numbers = pa.array(range(above + 1, above + rows + 1), pa.int32())
        table = pa.table([numbers, *columns], schema=self._schema)
        self._sampler.add(table, above)
        self._parquet.write_table(table)


def _joined(gathered: Sequence[Columns], position: int) -> Any:
    """A column of all that was gathered, as text."""
    chunks: list[Any] = []
    for part in gathered:
        column = part[position] if position < len(part) else pa.nulls(len(part[0]), pa.string())
        chunks += column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    runs = groupby(chunks, key=lambda chunk: chunk.type)
    return pa.chunked_array([text_of(pa.concat_arrays(list(run))) for _, run in runs], pa.string())


def _trimmed(column: Any) -> Any:
    trimmed = pc.utf8_trim(column, characters=OUTER_BLANKS)
    if pc.min(pc.binary_length(trimmed)).as_py() == 0:
        return pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    return trimmed
