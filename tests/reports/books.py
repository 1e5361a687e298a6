"""Workbooks read back, by a reader that had no part in writing them."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

Table = list[dict[str, Any]]


def table(path: Path, tab: str, *, header: int = 1) -> Table:
    """The rows of a tab under the headings of its row `header`."""
    names, *rows = load_workbook(path)[tab].iter_rows(min_row=header, values_only=True)
    return [dict(zip(map(str, names), row, strict=True)) for row in rows]


def labels(path: Path, tab: str) -> dict[str, Any]:
    """The values of a tab that has a label in the first column and its value in the second."""
    return {str(row[0]): row[1] for row in load_workbook(path)[tab].iter_rows(values_only=True) if row[0]}


def shown(value: Any, *, percent: bool = False) -> str | None:
    """A figure as the worked example writes it: two decimals half-up, percentages of a hundred, ISO days."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(repr(value)) * (100 if percent else 1)
        return str(number.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return value if value is None else str(value)


def written_out(path: Path) -> str:
    """A workbook as text: tabs, what is frozen, widths, and each cell with its value and look."""
    lines: list[str] = []
    for tab in load_workbook(path).worksheets:
        lines += [f"# {tab.title}", *_frame(tab), ""]
        lines += [_described(cell) for row in tab.iter_rows() for cell in row if _says_something(cell)]
        lines += ["", ""]
    return "\n".join(lines).rstrip() + "\n"


def _frame(tab: Worksheet) -> Iterator[str]:
    yield f"cells {tab.dimensions}, frozen at {tab.freeze_panes}, filter {tab.auto_filter.ref}"
    setup = tab.page_setup
    yield f"print {setup.orientation}, {setup.fitToWidth or 1} wide, titles {tab.print_title_rows}"
    yield f"footer {tab.oddFooter.left.text} | {tab.oddFooter.right.text}"
    yield f"tab colour {tab.sheet_properties.tabColor.rgb}, charts {len(tab._charts)}"
    widths = ((letter, each.width) for letter, each in sorted(tab.column_dimensions.items()))
    yield "widths " + " ".join(f"{letter} {width:.1f}" for letter, width in widths)


def _says_something(cell: Cell) -> bool:
    return cell.value is not None or cell.fill.fgColor.rgb != "00000000"


def _described(cell: Cell) -> str:
    value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    look = [cell.number_format] if cell.number_format != "General" else []
    if cell.fill.fgColor.rgb != "00000000":
        look.append(f"on {cell.fill.fgColor.rgb[2:]}")
    if cell.font.b:
        look.append("bold")
    if cell.alignment.indent > 1:
        look.append(f"indent {cell.alignment.indent:.0f}")
    if cell.comment:
        look.append(f"note: {cell.comment.text}")
    return f"{cell.coordinate} {value!r}" + (f"  [{'; '.join(look)}]" if look else "")
