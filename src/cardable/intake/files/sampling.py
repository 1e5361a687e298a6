"""The first rows of a grid, and some rows of the rest."""

from typing import Any, Final

import pyarrow as pa

_HEAD: Final = 150
_SAMPLE: Final = 2_000
_SAMPLED_CELLS: Final = 200_000
_LONGEST: Final = 500
"""Longer cells are cut here, never in the grid itself."""

Row = tuple[str | None, ...]


class Sampler:
    """Keeps the first 150 rows, and at most 2,000 of the others, evenly spread, in one pass."""

    def __init__(self, columns: int) -> None:
        self._head: list[Row] = []
        self._kept: list[Row] = []
        self._wanted = max(_HEAD, min(_SAMPLE, _SAMPLED_CELLS // max(columns, 1)))
        self._step = 1

    def add(self, table: Any, above: int) -> None:
        """Take from a table (`row`, then cells) whose first row has `above` rows before it."""
        if above < _HEAD:
            self._head += _rows(table.slice(0, _HEAD - above))
        start = max(_HEAD - above, 0)
        while (above + table.num_rows) // self._step > 2 * self._wanted:
            self._kept, self._step = self._kept[::2], self._step * 2
        first = start + -(above + start - _HEAD) % self._step
        wanted = range(first, table.num_rows, self._step)
        if wanted:
            self._kept += _rows(table.take(pa.array(wanted, pa.int64())))

    def finish(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """The head, and the sample; the head's own rows where there are no others."""
        surplus = len(self._kept) / self._wanted
        if surplus > 1:
            self._kept = [self._kept[int(n * surplus)] for n in range(self._wanted)]
        head = tuple(self._head)
        return head, tuple(self._kept) or head


def _rows(table: Any) -> list[Row]:
    columns = [[_cut(cell) for cell in column.to_pylist()] for column in table.columns[1:]]
    return list(zip(*columns, strict=True)) if columns else []


def _cut(cell: str | None) -> str | None:
    return cell[:_LONGEST] if cell and len(cell) > _LONGEST else cell
