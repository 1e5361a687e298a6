"""Files of untrusted bytes to grids of text; runs in the child process only."""

from pathlib import Path

from cardable.intake.files.archives import check_archive
from cardable.intake.files.delimited import delimited_grid
from cardable.intake.files.formats import Format, format_of
from cardable.intake.files.html_tables import html_grids
from cardable.intake.files.workbooks import workbook_grids
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused

__all__ = ["Refused", "grids"]


def grids(path: Path, data: Path, limits: Limits) -> list[Grid]:
    """The tables of a file as text, their Parquet files at `data` or beside it; raises Refused."""
    if path.stat().st_size == 0:
        raise Refused("EMPTY")
    kind = format_of(path)
    if kind is Format.TEXT:
        return [delimited_grid(path, data, limits)]
    if kind is Format.HTML:
        found = html_grids(path, data, limits)
    else:
        if kind is not Format.XLS:
            check_archive(path, limits)
        found = workbook_grids(path, data, limits)
    if not found:
        raise Refused("WEB_PAGE" if kind is Format.HTML else "NO_TABLE")
    return found
