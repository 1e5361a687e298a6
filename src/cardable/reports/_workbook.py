"""A workbook from its sheets: the look is drafted first, then the rows of long sheets join it."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cardable.reports import _bulk, _tabs
from cardable.reports._part import Part, parts
from cardable.reports._sheet import Analysis, Layout, Sheet
from cardable.reports._style import FONT, Style

ROW_LIMIT = 1_048_576
"""The rows an Excel worksheet can have."""
STREAMED_FROM = 8_000
"""The cells from which having the database make a tab is quicker than writing it cell by cell."""
_A4 = 9


def workbook(title: str, sheets: Sequence[Sheet]) -> Callable[[Analysis, Path], None]:
    """What builds the workbook of these sheets."""

    def build(analysis: Analysis, path: Path) -> None:
        write(analysis, path, title, sheets)

    return build


def write(
    analysis: Analysis,
    path: Path,
    title: str,
    sheets: Sequence[Sheet],
    *,
    row_limit: int = ROW_LIMIT,
    streamed_from: int = STREAMED_FROM,
) -> None:
    """Write the workbook; a sheet of more than `row_limit` rows goes on in another, “Bills (2)”."""
    draft = BytesIO()
    streamed: dict[int, Part] = {}
    with Workbook(draft, {"in_memory": True, "default_format_properties": FONT}) as book:
        style = Style(book, analysis.parameters.issuer_color, analysis.digits)
        _describe(book, analysis, title)
        for sheet in sheets:
            if sheet.groups_only and not analysis.customer.is_group:
                continue
            for number, part in enumerate(parts(sheet, analysis, row_limit), start=1):
                tab = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} ({number})")
                tab.set_tab_color(style.tone(sheet.sections[0].tone))
                _set_up_page(tab, analysis, sheet, title)
                if sheet.layout is not Layout.TABLE:
                    _tabs.draw(book, tab, sheet, analysis, style)
                elif part.rows * len(part.columns) < streamed_from:
                    _tabs.table(tab, part, analysis, style)
                else:
                    _tabs.streamed_table(tab, part, analysis, style)
                    streamed[len(book.worksheets())] = part
    _bulk.fill(draft, path, streamed, analysis.connection, analysis.run_date)


def _set_up_page(tab: Worksheet, analysis: Analysis, sheet: Sheet, title: str) -> None:
    tab.set_landscape()
    tab.set_paper(_A4)
    tab.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    tab.fit_to_pages(sheet.pages_wide, 0)
    named = f"{analysis.customer.name[:100]} · {title} · {analysis.period.start} to {analysis.period.end}"
    tab.set_footer(f"&L&8{named.replace('&', '&&')}&R&8{sheet.name} · &P / &N")


def _describe(book: Workbook, analysis: Analysis, title: str) -> None:
    book.set_properties(
        {
            "title": f"{title} · {analysis.customer.name}",
            "subject": f"{analysis.period.start} to {analysis.period.end}",
            "author": analysis.parameters.issuer_name or "Cardable",
            "company": analysis.parameters.issuer_name,
            "comments": "Made with Cardable",
            "created": datetime.combine(analysis.run_date, time()),
        }
    )
