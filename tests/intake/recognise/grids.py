"""Small grids made from text, as the readers would make them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cardable.intake.model import Grid, Table
from cardable.intake.recognise import recognise

Rows = list[list[str | None]]


def rows_of(text: str, delimiter: str = ",") -> Rows:
    """The rows of a small table written one line a row; empty cells are None."""
    lines = [line.strip().split(delimiter) for line in text.strip("\n").splitlines()]
    width = max(len(line) for line in lines)
    return [[(cell.strip() or None) for cell in line] + [None] * (width - len(line)) for line in lines]


def grid_of(
    rows: Rows, folder: Path, *, native: dict[int, str] | None = None, delimiter: str | None = ","
) -> Grid:
    """A grid of these rows; `native` names the columns whose cells are true numbers or dates."""
    width = len(rows[0]) if rows else 0
    data = folder / "grid.parquet"
    columns = {f"c{c}": pa.array([row[c] for row in rows], pa.string()) for c in range(width)}
    pq.write_table(pa.table({"row": pa.array(range(1, len(rows) + 1), pa.int32()), **columns}), data)
    return Grid(
        sheet=None,
        encoding="utf-8",
        delimiter=delimiter,
        rows=len(rows),
        columns=width,
        head=tuple(tuple(row) for row in rows[:150]),
        sample=tuple(tuple(row) for row in rows[150:] or rows),
        natives=tuple(_natives(rows, c, (native or {}).get(c)) for c in range(width)),
        data=data,
    )


def _natives(rows: Rows, column: int, kind: str | None) -> dict[str, int]:
    filled = sum(row[column] is not None for row in rows)
    return {"text": 1, kind: filled - 1} if kind else {"text": filled}


def recognised(text: str, folder: Path, *, delimiter: str = ",", file: str = "export.csv") -> Table:
    """What a small table written as text is recognised as."""
    return recognise(grid_of(rows_of(text, delimiter), folder, delimiter=delimiter), file=file)
