"""Workbooks (xlsx, xlsb, xls, ods) to grids, one a sheet."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from cardable.intake.files.cells import column_of
from cardable.intake.files.grid_writer import GridWriter, check_size
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused, too_many

_ROWS_AT_ONCE: Final = 4096


def workbook_grids(path: Path, data: Path, limits: Limits) -> list[Grid]:
    """Every sheet that holds anything, hidden ones too; their data beside `data`, numbered."""
    workbook = _opened(path)
    sheets = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.sheets:
        raise too_many("sheets", limits.sheets, "Delete the sheets that are not needed, and bring it again.")
    grids = []
    for number, about in enumerate(sheets):
        sheet = _sheet(workbook, about.name)
        if sheet.end is not None:
            target = data.with_stem(f"{data.stem}-{number}")
            grids.append(
                _grid(sheet, target, limits, sheet.end, hidden=about.visible != SheetVisibleEnum.Visible)
            )
    return grids


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Refused("PASSWORD") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("DAMAGED") from error


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("DAMAGED") from error


def _grid(sheet: CalamineSheet, data: Path, limits: Limits, end: tuple[int, int], *, hidden: bool) -> Grid:
    rows, width = end[0] + 1, end[1] + 1
    check_size(rows, width, limits)
    with GridWriter(data, columns=width, limits=limits) as writer:
        for cells in _in_columns(sheet):
            converted = [column_of(column) for column in cells]
            writer.add(
                [array for array, _ in converted],
                {position: counts for position, (_, counts) in enumerate(converted) if counts},
            )
        return writer.finish(sheet=sheet.name, hidden=hidden, encoding=None, delimiter=None)


def _in_columns(sheet: CalamineSheet) -> Iterator[list[tuple[Any, ...]]]:
    """The cells from A1 on, some thousand rows at a time, column by column."""
    rows = sheet.iter_rows()
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        yield list(zip(*chunk, strict=True))
