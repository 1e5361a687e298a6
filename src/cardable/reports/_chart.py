"""A native bar chart under a short table."""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from cardable.reports._palette import INK, LINE
from cardable.reports._part import Part
from cardable.reports._sheet import Chart, Column
from cardable.reports._style import Style

_WIDTH, _HEIGHT = 760, 330
_TONES = ("spend", "bills")


def draw(
    book: Workbook, tab: Worksheet, part: Part, wanted: Chart, levels: Sequence[str], *, style: Style
) -> None:
    """Draw the rows of the chart's level as bars, below the table."""
    names = [column.name for column in part.columns]
    rows = [row for row, level in enumerate(levels, start=part.top) if level == wanted.level]
    chart = book.add_chart({"type": "bar"})
    for bars, tone in zip(wanted.bars, _TONES, strict=False):
        column = part.columns[names.index(bars)]
        chart.add_series(
            {
                "name": column.name,
                "categories": _cells(part.sheet.name, rows, names.index(wanted.labels)),
                "values": _cells(part.sheet.name, rows, names.index(bars)),
                "fill": {"color": style.tone(tone)},
                "gap": 45,
                "data_labels": {"value": True, "num_format": _label_format(column, style), "font": _font(9)},
            }
        )
    chart.set_title({"name": wanted.title, "name_font": _font(13, bold=True), "overlay": False})
    chart.set_legend({"none": True} if len(wanted.bars) == 1 else {"position": "bottom", "font": _font(9)})
    chart.set_y_axis({"reverse": True, "num_font": _font(10), "line": {"color": f"#{LINE}"}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"color": f"#{LINE}"}})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    tab.insert_chart(part.top + len(levels) + 1, 0, chart, {"description": wanted.title})


def _label_format(column: Column, style: Style) -> str:
    return style.number_format(column.format, 0)


def _cells(tab: str, rows: Sequence[int], column: int) -> str:
    """The reference to these cells of a column, which need not lie next to one another."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and stretches[-1][-1] == row - 1:
            stretches[-1].append(row)
        else:
            stretches.append([row])
    name = tab.replace("'", "''")
    listed = ",".join(f"'{name}'!{xl_range_abs(each[0], column, each[-1], column)}" for each in stretches)
    return f"=({listed})" if len(stretches) > 1 else f"={listed}"


def _font(size: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": "Calibri", "size": size, "bold": bold, "color": f"#{INK}"}
