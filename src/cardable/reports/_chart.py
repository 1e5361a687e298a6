"""A native bar chart under a short table."""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from cardable.reports._palette import INK, LINE
from cardable.reports._sheet import Column, Sheet
from cardable.reports._style import Style

_WIDTH, _HEIGHT = 760, 330


def draw(
    book: Workbook,
    tab: Worksheet,
    sheet: Sheet,
    columns: Sequence[Column],
    levels: Sequence[str],
    *,
    top: int,
    style: Style,
) -> None:
    """Draw the rows of the chart's level as bars, below the table."""
    assert sheet.chart
    names = [column.name for column in columns]
    rows = [top + offset for offset, level in enumerate(levels) if level == sheet.chart.level]
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.chart.lengths,
            "categories": _cells(sheet.name, rows, names.index(sheet.chart.labels)),
            "values": _cells(sheet.name, rows, names.index(sheet.chart.lengths)),
            "fill": {"color": style.tone("spend")},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "#,##0", "font": _font(9)},
        }
    )
    chart.set_title({"name": sheet.chart.title, "name_font": _font(13, bold=True), "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": _font(10), "line": {"color": f"#{LINE}"}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "num_format": "#,##0"})
    chart.set_chartarea({"border": {"color": f"#{LINE}"}})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    tab.insert_chart(top + len(levels) + 1, 0, chart, {"description": sheet.chart.title})


def _cells(tab: str, rows: Sequence[int], column: int) -> str:
    """The reference to these cells of a column, which need not lie next to one another."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and stretches[-1][-1] == row - 1:
            stretches[-1].append(row)
        else:
            stretches.append([row])
    listed = ",".join(f"'{tab}'!{xl_range_abs(each[0], column, each[-1], column)}" for each in stretches)
    return f"=({listed})" if len(stretches) > 1 else f"={listed}"


def _font(size: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": "Calibri", "size": size, "bold": bold, "color": f"#{INK}"}
