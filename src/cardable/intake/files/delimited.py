"""Delimited text to a grid: whole blocks at once by Arrow, and by hand where rows are irregular."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from cardable.intake.files.blocks import blocks, middle
from cardable.intake.files.delimiters import Dialect, dialect_of
from cardable.intake.files.grid_writer import GridWriter, WiderRow, check_size
from cardable.intake.files.irregular import TAIL, ends_open, rows_by_hand, swallows
from cardable.intake.files.transcoding import Utf8, utf8
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused

_SAMPLE: Final = 128 << 10
_BY_HAND: Final = 256 << 10
"""Blocks up to this size are read by hand where Arrow cannot; larger ones are halved first."""

Columns = list[Any]
"""Consecutive rows as Arrow text arrays, one a column."""


def delimited_grid(path: Path, data: Path, limits: Limits) -> Grid:
    """The text file as a grid; no row is lost, whatever its number of fields."""
    scratch = data.with_suffix(".utf8")
    try:
        text = utf8(path, scratch, limits)
        return _grid(text, data, limits)
    finally:
        scratch.unlink(missing_ok=True)


def _grid(text: Utf8, data: Path, limits: Limits) -> Grid:
    dialect = dialect_of(_sample(text))
    try:
        return _written(text, dialect, dialect.width, data, limits)
    except WiderRow:
        widest = max(len(piece) for piece in _pieces(text, dialect, limits))
    return _written(text, dialect, widest, data, limits)


def _sample(text: Utf8) -> str:
    """The beginning of the file, up to a line's end."""
    begin = text.beginning(_SAMPLE)
    return begin[: max(begin.rfind(b"\n"), begin.rfind(b"\r")) + 1 or None].decode("utf-8", "replace")


def _written(text: Utf8, dialect: Dialect, width: int, data: Path, limits: Limits) -> Grid:
    with GridWriter(data, columns=width, limits=limits) as writer:
        for piece in _pieces(text, dialect, limits):
            writer.add(piece)
        if not writer.rows:
            raise Refused("EMPTY")
        return writer.finish(encoding=text.encoding, delimiter=dialect.delimiter)


def _pieces(text: Utf8, dialect: Dialect, limits: Limits) -> Iterator[Columns]:
    for block in blocks(text.path, text.start):
        yield from _parsed(block, dialect, limits)


def _parsed(block: bytes, dialect: Dialect, limits: Limits) -> Iterator[Columns]:
    columns = _by_arrow(block, dialect)
    if columns is not None:
        yield columns
    elif len(block) > _BY_HAND and (cut := middle(block)):
        yield from _parsed(block[:cut], dialect, limits)
        yield from _parsed(block[cut:], dialect, limits)
    else:
        yield _by_hand(block, dialect, limits)


def _by_hand(block: bytes, dialect: Dialect, limits: Limits) -> Columns:
    rows = rows_by_hand(block.decode("utf-8", "replace"), dialect)
    width = max(map(len, rows), default=0)
    check_size(len(rows), width, limits)
    columns = [pa.array(column, pa.string()) for column in zip_longest(*rows)]
    return columns or [pa.nulls(len(rows), pa.string())]


def _by_arrow(block: bytes, dialect: Dialect) -> list[Any] | None:
    """The columns of a block whose rows are all as wide as usual; None where they are not."""
    if not dialect.separator.isascii():
        return None
    quoted = b'"' in block
    names = [f"c{n}" for n in range(dialect.width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.separator,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
            ),
            convert_options=_as_text(names),
        )
    except pa.ArrowInvalid:
        return None
    if quoted and _has_swallowed_rows(table, block, dialect):
        return None
    return list(table.columns)


def _as_text(names: list[str]) -> Any:
    return arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
        check_utf8=False,
    )


def _has_swallowed_rows(table: Any, block: bytes, dialect: Dialect) -> bool:
    """Whether a stray quote made one cell of several rows, or of all that is left of the block."""
    if table.num_rows and ends_open(_last_cell(table), block[-TAIL:].decode("utf-8", "replace")):
        return True
    if table.num_rows >= (block.count(b"\n") or block.count(b"\r")):
        return False
    for column in table.columns:
        several_lines = column.filter(pc.match_substring_regex(column, "[\r\n]"))
        if any(swallows(cell, dialect) for cell in several_lines.to_pylist()):
            return True
    return False


def _last_cell(table: Any) -> list[str]:
    return [
        cell for cell in table.column(table.num_columns - 1).slice(table.num_rows - 1).to_pylist() if cell
    ]
