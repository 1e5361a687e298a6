"""Files of untrusted bytes to grids of text; runs in the child process only."""

from pathlib import Path
from tempfile import TemporaryDirectory

from cardable.intake.files.archives import check_archive
from cardable.intake.files.delimited import delimited_grid
from cardable.intake.files.formats import Format, format_of, misnamed
from cardable.intake.files.html_tables import html_grids
from cardable.intake.files.shares import shared_out
from cardable.intake.files.workbooks import SharesOverlap, workbook_grids
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused

__all__ = ["Refused", "grids", "misnamed"]


def grids(path: Path, data: Path, limits: Limits) -> list[Grid]:
    """The tables of a file as text, their Parquet files at `data` or beside it; raises Refused."""
    if path.stat().st_size == 0:
        raise Refused("EMPTY")
    kind = format_of(path)
    if kind is Format.TEXT:
        return [delimited_grid(path, data, limits)]
    if kind is Format.HTML:
        found = html_grids(path, data, limits)
    elif kind is Format.XLS:
        found = workbook_grids([path], data, limits)
    else:
        found = _of_archive(path, data, limits)
    if not found:
        raise Refused("WEB_PAGE" if kind is Format.HTML else "NO_TABLE")
    return found


def _of_archive(path: Path, data: Path, limits: Limits) -> list[Grid]:
    large_sheets = check_archive(path, limits)
    if not large_sheets:
        return workbook_grids([path], data, limits)
    with TemporaryDirectory(dir=data.parent) as folder:
        shares = shared_out(path, large_sheets, Path(folder))
        del large_sheets
        try:
            return workbook_grids(shares or [path], data, limits)
        except SharesOverlap:
            return workbook_grids([path], data, limits)
