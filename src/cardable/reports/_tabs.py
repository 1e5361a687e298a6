"""What stands on a tab beside streamed rows: headings, short tables, labelled values and the chart."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cardable.language import noted
from cardable.metrics import Analysis
from cardable.reports import _chart
from cardable.reports._format import Format
from cardable.reports._part import Part
from cardable.reports._sheet import Column, Layout, Section, Sheet
from cardable.reports._style import Style
from cardable.reports._text import clean, looks_like_formula
from cardable.reports._widths import heading_height, widths

_FIRST_DAY = date(1900, 1, 1)
_LABEL_WIDTH, _MEANING_WIDTH = 44, 100
_LONG_NOTE = 140
"""The letters that a line of meaning holds, about."""
CODES = (
    noted("No rate"),
    noted("Optional data missing"),
    noted("Spend from payments"),
    noted("Unassigned"),
    noted("No due date"),
    noted("Due before issue"),
    noted("Negative bill"),
    noted("Possible duplicate"),
    noted("Derived payment"),
)
"""The codes of the warnings in words."""


def draw(book: Workbook, tab: Worksheet, part: Part, analysis: Analysis, style: Style) -> None:
    """Write the tab; of a long part the headings and, below them, the styles that its rows will take."""
    if part.sheet.layout is Layout.LABELS:
        _labels(tab, part, analysis, style)
    elif part.sheet.layout is Layout.LEVELS:
        _levels(book, tab, part, analysis, style)
    else:
        _table(tab, part, style)


def _table(tab: Worksheet, part: Part, style: Style) -> None:
    _headings(tab, part, style)
    last = part.top + part.rows - 1
    tab.autofilter(part.top - 1, 0, last, len(part.columns) - 1)
    tab.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    lined = part.sheet.banner
    if part.is_long:
        for row, quoted in ((part.top, False), (part.top + 1, True)):
            for index, column in enumerate(part.columns):
                tab.write_blank(row, index, None, style.value(column.format, quoted=quoted, lined=lined))
        return
    for row, values in enumerate(part.sample, start=part.top):
        for index, (column, value) in enumerate(zip(part.columns, values, strict=True)):
            cell = style.value(column.format, quoted=looks_like_formula(value), lined=lined)
            put(tab, (row, index), value, cell)


def _levels(book: Workbook, tab: Worksheet, part: Part, analysis: Analysis, style: Style) -> None:
    _headings(tab, part, style)
    levels = [level for (level,) in analysis.connection.execute(part.sheet.query("level")).fetchall()]
    for row, (level, values) in enumerate(zip(levels, part.sample, strict=True), start=part.top):
        tab.set_row(row, 17)
        for index, (column, value) in enumerate(zip(part.columns, values, strict=True)):
            quoted = looks_like_formula(value)
            cell = style.value(column.format, level=level, quoted=quoted, is_first=index == 0)
            put(tab, (row, index), value, cell)
    # The last row, the whole, stays whatever is filtered.
    tab.autofilter(part.top - 1, 0, part.top + part.rows - 2, len(part.columns) - 1)
    if part.sheet.chart:
        _chart.draw(book, tab, part, part.sheet.chart, levels, style=style)


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


def _labels(tab: Worksheet, part: Part, analysis: Analysis, style: Style) -> None:
    (values,) = part.sample
    found = dict(zip(part.columns, values, strict=True))
    tab.hide_gridlines(2)
    label_width = max(_LABEL_WIDTH, *(len(column.name) + 2 for column in part.columns))
    for index, width in enumerate((label_width, _value_width(values), _MEANING_WIDTH)):
        tab.set_column(index, index, width)
    row = 0
    for section in part.sheet.sections_for(analysis.customer):
        for column in section.columns:
            _labelled(tab, row, column, found[column], style, section.tone)
            row += 1
    tab.freeze_panes(1, 1)
    _notes(tab, row + 1, part.sheet, analysis, style)


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
    notes = analysis.connection.execute(sheet.notes).fetchall()
    if not notes:
        return
    say = style.say
    for index, text in enumerate((say("Notes on the data"), say("Records"), say("What it means"))):
        tab.write_string(row, index, text, style.banner("details"))
    for offset, (code, count, message) in enumerate(notes, start=1):
        words = clean(say.again(message))
        if len(words) > _LONG_NOTE:
            tab.set_row(row + offset, 28)
        tab.write_string(row + offset, 0, say(_in_words(code)), style.heading_of_line("details"))
        put(tab, (row + offset, 1), count, style.value(Format.COUNT))
        tab.write_string(row + offset, 2, words, style.meaning)


def _in_words(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _value_width(values: Sequence[Any]) -> int:
    return min(max(24, *(len(str(value or "")) + 2 for value in values)), 60)


def _headings(tab: Worksheet, part: Part, style: Style) -> None:
    sheet, row = part.sheet, part.top - 1
    wide = _wide_enough(part, widths(part.columns, part.sample, style.money_digits))
    for index, (section, column) in enumerate(_placed(part)):
        tab.set_column(index, index, wide[index])
        tab.write_string(row, index, column.name, style.heading(section.tone, column.format))
        if sheet.explained:
            tab.write_comment(row, index, column.meaning, _note_size(column.meaning))
        if sheet.banner:
            name = section.name if column is section.columns[0] else ""
            put(tab, (0, index), name, style.banner(section.tone))
    tab.set_row(row, heading_height(part.columns, wide))
    tab.freeze_panes(part.top, sheet.frozen)
    tab.repeat_rows(0, row)
    if sheet.pages_wide > 1:
        tab.repeat_columns(0, sheet.frozen - 1)
    if sheet.banner:
        tab.set_row(0, 20)
    if sheet.banner or sheet.layout is Layout.LEVELS:
        tab.hide_gridlines(2)


def _wide_enough(part: Part, wide: list[int]) -> list[int]:
    """The widths, where a banner over a single column fits in it."""
    alone = {
        id(section.columns[0]): len(section.name) + 6
        for section in part.sheet.sections
        if len(section.columns) == 1
    }
    if not part.sheet.banner:
        return wide
    return [max(width, alone.get(id(column), 0)) for column, width in zip(part.columns, wide, strict=True)]


def _placed(part: Part) -> list[tuple[Section, Column]]:
    """Each column of the part with its section."""
    return [
        (section, column)
        for section in part.sheet.sections
        for column in section.columns
        if column in part.columns
    ]


def _note_size(text: str) -> dict[str, Any]:
    return {"author": "Cardable", "width": 220, "height": 22 + 16 * (len(text) // 36 + 1), "color": "#FFFBEA"}
