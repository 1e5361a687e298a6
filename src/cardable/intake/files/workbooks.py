"""Workbooks (xlsx, xlsb, xls, ods) to grids, one a sheet."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, Final

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from cardable.intake.files.cells import column_of
from cardable.intake.files.grid_writer import GridWriter, WiderRow, check_size
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused
from cardable.language import noted, said

_ROWS_AT_ONCE: Final = 4096
_TOO_MANY: Final = noted(
    "The file has more than {allowed} sheets. Delete the sheets that are not needed, and bring it again."
)

_Part = Callable[[], CalamineSheet]
"""Parses a sheet, or waits for it."""


class SharesOverlap(Exception):
    """The rows of a sheet were not in order, so its shares are not below each other."""


def workbook_grids(shares: Sequence[Path], data: Path, limits: Limits) -> list[Grid]:
    """Every sheet that holds anything, hidden ones too; their data beside `data`, numbered.

    A workbook comes whole or in shares: workbooks with the same sheets whose rows lie below each other.
    """
    workbooks = [_opened(path) for path in shares]
    sheets = [each for each in workbooks[0].sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.sheets:
        raise Refused("TOO_LARGE", said(_TOO_MANY, allowed=f"{limits.sheets:,}"))
    grids = []
    with ThreadPoolExecutor(2) as pool:
        for number, about in enumerate(sheets):
            parts = _parts(workbooks, about.name, pool)
            grid = _grid(about, parts, data.with_stem(f"{data.stem}-{number}"), limits)
            grids += [grid] if grid else []
    return grids


def _opened(path: Path) -> CalamineWorkbook:
    with _parsing():
        return CalamineWorkbook.from_path(str(path))


def _parts(workbooks: Sequence[CalamineWorkbook], name: str, pool: ThreadPoolExecutor) -> list[_Part]:
    """The sheet's part in each share, all being parsed at once where there are several."""
    if len(workbooks) > 1:
        return [pool.submit(_sheet, workbook, name).result for workbook in workbooks]
    sheet = _sheet(workbooks[0], name)
    return [lambda: sheet]


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    with _parsing():
        return workbook.get_sheet_by_name(name)


@contextmanager
def _parsing() -> Iterator[None]:
    """Whatever the parser fails of is the file's fault; where it panics, it does so outside Exception."""
    try:
        yield
    except PasswordError as error:
        raise Refused("PASSWORD") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise Refused("DAMAGED") from error


def _grid(about: SheetMetadata, parts: Sequence[_Part], data: Path, limits: Limits) -> Grid | None:
    width = _width(parts[:1]) or _width(parts)
    if not width:
        return None
    try:
        return _written(about, parts, width, data, limits)
    except WiderRow:
        return _written(about, parts, _width(parts), data, limits)


def _width(parts: Sequence[_Part]) -> int:
    return max(end[1] + 1 if (end := part().end) else 0 for part in parts)


def _written(about: SheetMetadata, parts: Sequence[_Part], width: int, data: Path, limits: Limits) -> Grid:
    with GridWriter(data, columns=width, limits=limits) as writer:
        for sheet in (part() for part in parts):
            if sheet.start and writer.rows > sheet.start[0]:
                raise SharesOverlap
            check_size(sheet.end[0] + 1 if sheet.end else 0, width, limits)
            for cells in _in_columns(sheet, above=writer.rows):
                converted = [column_of(column) for column in cells]
                writer.add(
                    [column for column, _ in converted],
                    {position: counts for position, (_, counts) in enumerate(converted) if counts},
                )
        hidden = about.visible != SheetVisibleEnum.Visible
        return writer.finish(sheet=about.name, hidden=hidden, encoding=None, delimiter=None)


def _in_columns(sheet: CalamineSheet, above: int) -> Iterator[list[tuple[Any, ...]]]:
    """The cells below the first `above` rows from column A on, some thousand rows at a time."""
    blank_rows, blank_columns = sheet.start or (0, 0)
    rows: Iterator[list[Any]] = sheet.iter_rows()
    if above:
        # A share's blank rows stand for those of the shares above it, but for a gap between them.
        rows = chain(repeat([""] * sheet.width, blank_rows - above), sheet.to_python())
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        yield [("",) * len(chunk)] * blank_columns + list(zip(*chunk, strict=True))
