"""Which rows of a grid are records: how many there are, and which only look like some."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cardable.intake.model import Grid
from cardable.intake.recognise.lexicon import cell_words
from cardable.language import noted

_SUSPECTS = 20_000
_AFTER_TOTAL = r"(?:$|[\s:.=_\d(-])"


@lru_cache(maxsize=1)
def _total() -> str:
    """An expression for cells that begin as a total does."""
    return rf"^\W*(?:{_any_of('total')})"


@lru_cache(maxsize=1)
def _footer() -> str:
    """An expression for cells of remarks and page ends below a table."""
    return rf"^\W*(?:{_any_of('footer')}|(?:page|seite|página|pagina) \d+|\(?\d+ rows? (?:affected|selected))"


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(cell_words()[words], key=len, reverse=True))


def _begins(expression: str, cell: str) -> bool:
    return re.match(expression, cell, re.I) is not None


def count_rows(grid: Grid, first: int) -> int:
    """How many rows from the 0-based `first` on have any value."""
    file = pq.ParquetFile(grid.data)
    wanted = max(0, grid.rows - first)
    if not wanted or not grid.columns:
        return 0
    for position in range(grid.columns):
        nulls = _null_count(file, position + 1)
        if nulls == 0:
            return wanted
    filled: pa.Array | None = None
    for position in range(grid.columns):
        column = file.read(columns=[f"c{position}"]).column(0).slice(first)
        valid = pc.is_valid(column).combine_chunks()
        filled = valid if filled is None else pc.or_(filled, valid)
        if pc.all(filled).as_py():
            return wanted
    return int(pc.sum(filled).as_py() or 0)


def _null_count(file: pq.ParquetFile, column: int) -> int | None:
    """How many cells of a column are empty, from the file's own statistics."""
    total = 0
    for group in range(file.metadata.num_row_groups):
        statistics = file.metadata.row_group(group).column(column).statistics
        if statistics is None or statistics.null_count is None:
            return None
        total += statistics.null_count
    return total


def skipped_rows(
    grid: Grid, first: int, names: Sequence[str | None], uses: Mapping[int, str | None]
) -> dict[int, str]:
    """1-based row to why it is no record, for repeated headers, totals and footers below the header."""
    if grid.rows <= first:
        return {}
    leading = _leading_columns(grid, uses)
    if not leading:
        return {}
    suspects = _suspects(grid, first, names, leading)
    if not suspects:
        return {}
    chosen = pq.read_table(grid.data).take(pa.array(suspects[:_SUSPECTS]))
    columns = [chosen.column(f"c{c}").to_pylist() for c in range(grid.columns)]
    found = {}
    for at, row in enumerate(suspects[:_SUSPECTS]):
        reason = _why(tuple(column[at] for column in columns), names, uses)
        if reason:
            found[row + 1] = reason
    return found


def _leading_columns(grid: Grid, uses: Mapping[int, str | None]) -> list[int]:
    """The columns whose cells can show a row to be no record: the first, and those that name things."""
    telling = [
        c for c, use in uses.items() if use in ("supplier_name", "supplier_id", "document_id", "description")
    ]
    return sorted({*range(min(2, grid.columns)), *telling})


def _suspects(grid: Grid, first: int, names: Sequence[str | None], leading: Sequence[int]) -> list[int]:
    table = pq.read_table(grid.data, columns=[f"c{c}" for c in leading])
    flagged: pa.Array | None = None
    for position in leading:
        column = table.column(f"c{position}").slice(first)
        hit = pc.match_substring_regex(column, rf"(?i)(?:{_total()}{_AFTER_TOTAL}|{_footer()})")
        name = names[position] if position < len(names) else None
        if name:
            hit = pc.or_kleene(hit, pc.equal(column, name))
        hit = pc.fill_null(hit, False)
        flagged = hit if flagged is None else pc.or_(flagged, hit)
    nothing = None
    for position in leading:
        empty = pc.is_null(table.column(f"c{position}").slice(first))
        nothing = empty if nothing is None else pc.and_(nothing, empty)
    flagged = pc.or_(flagged, nothing) if _worth_a_look(nothing) else flagged
    return [int(i) + first for i in pc.indices_nonzero(flagged).to_pylist()]


def _worth_a_look(nothing: pa.ChunkedArray | None) -> bool:
    return nothing is not None and int(pc.sum(nothing).as_py() or 0) < _SUSPECTS


def _why(
    row: tuple[str | None, ...], names: Sequence[str | None], uses: Mapping[int, str | None]
) -> str | None:
    filled = [(c, cell) for c, cell in enumerate(row) if cell]
    if not filled:
        return None
    same = sum(c < len(names) and cell == names[c] for c, cell in filled)
    if same >= max(1, 0.6 * len(filled)):
        return noted("The header again.")
    first = filled[0][1]
    identified = _has(row, uses, _DATES) or _has(row, uses, _DOCUMENTS)
    if (
        any(_begins(_total() + _AFTER_TOTAL, cell) for _, cell in filled[:3])
        and not identified
        and _is_total(row, filled, uses)
    ):
        return noted("A total.")
    if _begins(_footer(), first) and len(filled) <= 2:
        return noted("A remark below the table.")
    amounts = [c for c, _ in filled if (uses.get(c) or "").endswith("amount") or uses.get(c) == "amount_due"]
    if amounts and len(amounts) == len(filled) and len(uses) > len(amounts):
        return noted("A total without a name.")
    if len(filled) == 1 and len(names) > 3 and sum(use is not None for use in uses.values()) > 2:
        return noted("A remark: one cell only.")
    return None


_DATES = frozenset({"issue_date", "payment_date", "due_date"})
_DOCUMENTS = frozenset({"document_id", "payment_reference", "supplier_id", "tax_number"})


def _has(row: Sequence[str | None], uses: Mapping[int, str | None], wanted: frozenset[str]) -> bool:
    return any(
        cell and uses.get(c) in wanted and not _begins(_total() + _AFTER_TOTAL, cell)
        for c, cell in enumerate(row)
    )


def _is_total(
    row: Sequence[str | None], filled: Sequence[tuple[int, str]], uses: Mapping[int, str | None]
) -> bool:
    """Whether a row that begins like a total is one, and not a company whose name does."""
    tellable = any(use in _DATES | _DOCUMENTS for use in uses.values())
    if tellable:
        return True
    text = filled[0][1]
    return _begins(_total() + r"\W*$", text) or ":" in text
