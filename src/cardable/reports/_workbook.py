"""A workbook from its sheets: the look is drafted first, then the rows of long sheets join it."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cardable.language import ENGLISH, Speaker, speaker
from cardable.metrics import Analysis
from cardable.reports import _bulk, _tabs
from cardable.reports._occasion import Occasion, usual_occasion
from cardable.reports._part import Part, parts
from cardable.reports._report import Build
from cardable.reports._sheet import Sheet
from cardable.reports._style import FONT, Style
from cardable.reports._translated import in_language

ROW_LIMIT = 1_048_576
"""The rows an Excel worksheet can have."""
STREAMED_FROM = 8_000
"""The cells from which having the database make a tab is quicker than writing it cell by cell."""
_A4 = 9


def workbook(
    title: str, sheets: Sequence[Sheet], *, occasion: Callable[[Analysis], Occasion] = usual_occasion
) -> Build:
    """What builds the workbook of these sheets."""

    def build(analysis: Analysis, path: Path, language: str = ENGLISH) -> None:
        write(analysis, path, title, sheets, occasion=occasion(analysis), language=language)

    return build


def write(
    analysis: Analysis,
    path: Path,
    title: str,
    sheets: Sequence[Sheet],
    *,
    occasion: Occasion | None = None,
    language: str = ENGLISH,
    row_limit: int = ROW_LIMIT,
    streamed_from: int = STREAMED_FROM,
) -> None:
    """Write the workbook; a sheet of more than `row_limit` rows goes on in another, “Bills (2)”."""
    occasion = occasion or usual_occasion(analysis)
    say = speaker(language if any(sheet.explained for sheet in sheets) else ENGLISH)
    title = say(title)
    draft = BytesIO()
    streamed: dict[int, Part] = {}
    with Workbook(draft, {"in_memory": True, "default_format_properties": FONT}) as book:
        style = Style(book, analysis.parameters.issuer_color, analysis.digits, say)
        _describe(book, analysis, title, occasion, say)
        period = _days(occasion, say) + _settings(analysis, say)
        footer = f"{analysis.customer.name[:90]} · {title} · {period}"
        for sheet in sheets:
            if sheet.groups_only and not analysis.customer.is_group:
                continue
            if sheet.prepare:
                sheet.prepare(analysis)
            sheet = in_language(sheet, analysis, say)
            pages = parts(sheet, analysis, row_limit=row_limit, long_from=streamed_from)
            for number, part in enumerate(pages, start=1):
                tab = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} ({number})")
                tab.set_tab_color(style.tone(sheet.sections[0].tone))
                _set_up_page(tab, sheet, footer)
                _tabs.draw(book, tab, part, analysis, style)
                if part.is_long:
                    streamed[len(book.worksheets())] = part
    _bulk.fill(draft, path, streamed, analysis.connection, occasion.run_date)


def _set_up_page(tab: Worksheet, sheet: Sheet, footer: str) -> None:
    tab.set_landscape()
    tab.set_paper(_A4)
    tab.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    tab.fit_to_pages(sheet.pages_wide, 0)
    tab.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8{sheet.name} · &P / &N")


def _describe(book: Workbook, analysis: Analysis, title: str, occasion: Occasion, say: Speaker) -> None:
    book.set_properties(
        {
            "title": f"{title} · {analysis.customer.name}",
            "subject": _days(occasion, say),
            "author": analysis.parameters.issuer_name or "Cardable",
            "company": analysis.parameters.issuer_name,
            "comments": say("Made with Cardable") + _settings(analysis, say),
            "created": datetime.combine(occasion.run_date, time()),
        }
    )


def _days(occasion: Occasion, say: Speaker) -> str:
    return say.within("the days of a report", "{start} to {end}", start=occasion.start, end=occasion.end)


def _settings(analysis: Analysis, say: Speaker) -> str:
    """Which settings made it, where the issuer numbers them."""
    version = analysis.parameters.version
    return " · " + say("report settings {version}", version=say.again(version)) if version else ""
