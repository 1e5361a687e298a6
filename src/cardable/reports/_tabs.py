"""What stands on a tab beside streamed rows: headings, short tables, labelled values and the chart."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cardable.reports import _chart
from cardable.reports._format import Format
from cardable.reports._part import Part
from cardable.reports._sheet import Analysis, Column, Layout, Section, Sheet
from cardable.reports._style import Style
from cardable.reports._text import clean, looks_like_formula
from cardable.reports._widths import heading_height, widths

_FIRST_DAY = date(1900, 1, 1)


def draw(book: Workbook, tab: Worksheet, sheet: Sheet, analysis: Analysis, style: Style) -> None:
    """Write a tab whose rows are few, each as its level asks."""
    if sheet.layout is Layout.LABELS:
        _labels(tab, sheet, analysis, style)
        return
    columns = sheet.columns_for(analysis.customer)
    top = _headings(tab, sheet, analysis, style)
    rows = analysis.connection.sql(sheet.query("level", *(column.key for column in columns))).fetchall()
    for row, (level, *values) in enumerate(rows, start=top):
        tab.set_row(row, 17)
        for index, (column, value) in enumerate(zip(columns, values, strict=True)):
            quoted = looks_like_formula(value)
            cell = style.value(column.format, level=level, quoted=quoted, is_first=index == 0)
            put(tab, (row, index), value, cell)
    if sheet.chart:
        levels = [level for level, *_ in rows]
        _chart.draw(book, tab, sheet, columns, levels, top=top, style=style)


def table(tab: Worksheet, part: Part, analysis: Analysis, style: Style) -> None:
    """Write a tab of like rows."""
    _table_headings(tab, part, analysis, style)
    for row, values in enumerate(part.values(analysis.connection), start=part.top):
        for index, (column, value) in enumerate(zip(part.columns, values, strict=True)):
            cell = style.value(column.format, quoted=looks_like_formula(value), lined=part.sheet.banner)
            put(tab, (row, index), value, cell)


def streamed_table(tab: Worksheet, part: Part, analysis: Analysis, style: Style) -> None:
    """Write a tab whose rows come later: the headings and, below them, the styles that the rows take."""
    _table_headings(tab, part, analysis, style)
    for row, quoted in ((part.top, False), (part.top + 1, True)):
        for index, column in enumerate(part.columns):
            tab.write_blank(
                row, index, None, style.value(column.format, quoted=quoted, lined=part.sheet.banner)
            )


def _table_headings(tab: Worksheet, part: Part, analysis: Analysis, style: Style) -> None:
    _headings(tab, part.sheet, analysis, style)
    last = part.top + part.rows - 1
    tab.autofilter(part.top - 1, 0, last, len(part.columns) - 1)
    tab.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def put(tab: Worksheet, at: tuple[int, int], value: Any, cell: Any) -> None:
    """Write a value as what it is: text is never a formula, days before 1900 are text."""
    if value is None or value == "":
        tab.write_blank(*at, None, cell)
    elif isinstance(value, bool):
        tab.write_string(*at, "Yes" if value else "No", cell)
    elif isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        if day < _FIRST_DAY:
            tab.write_string(*at, day.isoformat(), cell)
        else:
            tab.write_datetime(*at, day, cell)
    elif isinstance(value, str):
        tab.write_string(*at, clean(value), cell)
    else:
        tab.write_number(*at, value, cell)


def _labels(tab: Worksheet, sheet: Sheet, analysis: Analysis, style: Style) -> None:
    columns = sheet.columns_for(analysis.customer)
    values = analysis.connection.sql(sheet.query(*(column.key for column in columns))).fetchall()[0]
    found = dict(zip(columns, values, strict=True))
    tab.hide_gridlines(2)
    tab.set_column(0, 0, 42)
    tab.set_column(1, 1, _value_width(values))
    tab.set_column(2, 2, 78)
    row = 0
    for section in sheet.sections_for(analysis.customer):
        for column in section.columns:
            _labelled(tab, row, column, found[column], style, section.tone)
            row += 1
    tab.freeze_panes(1, 1)
    _notes(tab, row + 1, sheet, analysis, style)


def _labelled(tab: Worksheet, row: int, column: Column, value: Any, style: Style, tone: str) -> None:
    if row == 0:
        tab.set_row(row, 30)
        tab.write_string(row, 0, column.name, style.title(11))
        put(tab, (row, 1), value, style.title(16))
        tab.write_blank(row, 2, None, style.title(11))
        return
    tab.set_row(row, 18)
    tab.write_string(row, 0, column.name, style.heading_of_line(tone))
    put(tab, (row, 1), value, style.value(column.format, quoted=looks_like_formula(value), wrapped=True))
    tab.write_string(row, 2, column.meaning, style.meaning)


def _notes(tab: Worksheet, row: int, sheet: Sheet, analysis: Analysis, style: Style) -> None:
    """What to know about the data, below the figures."""
    if not sheet.notes:
        return
    notes = analysis.connection.sql(sheet.notes).fetchall()
    if not notes:
        return
    for index, text in enumerate(("Notes on the data", "Records", "What it means")):
        tab.write_string(row, index, text, style.banner("details"))
    for offset, (code, count, message) in enumerate(notes, start=1):
        tab.write_string(
            row + offset, 0, code.replace("_", " ").capitalize(), style.heading_of_line("details")
        )
        put(tab, (row + offset, 1), count, style.value(Format.COUNT))
        tab.write_string(row + offset, 2, clean(message), style.meaning)


def _value_width(values: Sequence[Any]) -> int:
    return min(max(24, *(len(str(value or "")) + 2 for value in values)), 60)


def _headings(tab: Worksheet, sheet: Sheet, analysis: Analysis, style: Style) -> int:
    """Write the headings; the number of rows they take."""
    columns = sheet.columns_for(analysis.customer)
    wide = widths(sheet, columns, analysis.connection, style.money_digits)
    top = 2 if sheet.banner else 1
    index = 0
    for section in sheet.sections_for(analysis.customer):
        if sheet.banner:
            _banner(tab, section, index, style)
        for column in section.columns:
            tab.set_column(index, index, wide[index])
            tab.write_string(top - 1, index, column.name, style.heading(section.tone, column.format))
            tab.write_comment(top - 1, index, column.meaning, _note_size(column.meaning))
            index += 1
    tab.set_row(top - 1, heading_height(columns, wide))
    tab.freeze_panes(top, sheet.frozen)
    tab.repeat_rows(0, top - 1)
    if sheet.pages_wide > 1:
        tab.repeat_columns(0, sheet.frozen - 1)
    if sheet.banner or sheet.layout is Layout.LEVELS:
        tab.hide_gridlines(2)
    return top


def _banner(tab: Worksheet, section: Section, first: int, style: Style) -> None:
    tab.set_row(0, 20)
    tab.write_string(0, first, section.name, style.banner(section.tone))
    for index in range(first + 1, first + len(section.columns)):
        tab.write_blank(0, index, None, style.banner(section.tone))


def _note_size(text: str) -> dict[str, Any]:
    return {"author": "Cardable", "width": 220, "height": 22 + 16 * (len(text) // 36 + 1), "color": "#FFFBEA"}
