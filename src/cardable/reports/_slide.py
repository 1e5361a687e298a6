"""The Spend Summary's one slide, drawn with native shapes on a 16:9 page."""

from pathlib import Path
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from cardable.language import ENGLISH, Speaker, noted
from cardable.reports import _summary_words as words
from cardable.reports._format import in_language
from cardable.reports._logo import add_logo
from cardable.reports._measure import fitting, kept_apart, lines, shortened, width
from cardable.reports._palette import MUTED, Palette
from cardable.reports._shapes import (
    ACCENT,
    CARD,
    INK,
    STRONG,
    TINT,
    UNKNOWN,
    Box,
    Color,
    Line,
    Run,
    TableColumn,
    TableLook,
    band,
    describe,
    fill_text,
    paint,
    panel,
    speak,
    table,
    text_box,
)
from cardable.reports._spoken import day, number
from cardable.reports._summary import MethodSpend, Opportunity, Summary, whole
from cardable.reports._values import rounded

_LEFT, _RIGHT = 0.6, 12.733
_FULL = _RIGHT - _LEFT
_HALF = 5.75
_TABLE_LEFT = _LEFT + _HALF + 0.55
_TABLE_WIDTH = _RIGHT - _TABLE_LEFT
_PARTS = 3.78  # where the chart and the table begin
_MOST_ROWS = 7


def draw(deck: Any, summary: Summary, palette: Palette, logo: Path | None) -> Any:
    """Add the slide to the deck, its shapes in reading order."""
    slide = deck.slides.add_slide(deck.slide_master.slide_layouts[0])
    _title(slide, summary)
    band(slide, noted("Top band"), Box(0, 0, 13.333, 0.14), ACCENT)
    _customer(slide, summary)
    add_logo(slide, Box(_RIGHT - 2.2, 0.3, 2.2, 0.52), summary.parameters.issuer_name, logo, summary.say)
    _lead(slide, summary)
    _tiles(slide, summary, palette)
    _spend_by_method(slide, summary)
    _opportunities(slide, summary)
    _footnote(slide, summary)
    if summary.say.language != ENGLISH:
        speak(slide, summary.say)
    return slide


def _title(slide: Any, summary: Summary) -> None:
    text, title = words.headline(summary), slide.shapes.title
    title.name = noted("Headline")
    title.left, title.top, title.width, title.height = Box(_LEFT, 0.9, _FULL, 0.54).emu
    size = fitting(text, _FULL - 0.1, 26, least=16, bold=True)
    fill_text(title.text_frame, (Line((Run(text, size, INK, True),)),), anchor=MSO_ANCHOR.MIDDLE)
    describe(title, text)


def _customer(slide: Any, summary: Summary) -> None:
    say = summary.say
    days = f"{day(summary.period.start, say)} – {day(summary.period.end, say)}"
    period = say("Spend Summary") + ", " + days
    room = _FULL - 2.5 - width(f"   |   {period}", 12)
    size = fitting(summary.customer, room, 15, least=12, bold=True)
    name = kept_apart(shortened(summary.customer, room, size, bold=True))
    runs = Run(name, size, STRONG, True), Run("   |   ", 12, UNKNOWN), Run(period, 12, MUTED)
    text_box(
        slide,
        noted("Customer and period"),
        Box(_LEFT, 0.38, _FULL - 2.4, 0.36),
        (Line(runs),),
        anchor=MSO_ANCHOR.MIDDLE,
    )


def _lead(slide: Any, summary: Summary) -> None:
    parts = words.lead(summary)
    size = fitting("".join(part for part, _ in parts), _FULL - 0.2, 15, least=11, bold=True)
    runs = tuple(Run(part, size, STRONG if stressed else INK, stressed) for part, stressed in parts)
    why = Line((Run(words.because(summary), 12, MUTED),), before=3)
    text_box(slide, noted("Cardable spend and payments"), Box(_LEFT, 1.45, _FULL, 0.58), (Line(runs), why))


def _tiles(slide: Any, summary: Summary, palette: Palette) -> None:
    """Three tiles that read as a sum: benefits = cashback + time saved."""
    top, tall, first, other, sign = 2.16, 1.3, 4.3, 3.55, 0.366
    say = summary.say
    hours = say(
        "{hours} hours: {rule}",
        hours=number(rounded(summary.hours_saved, 1), say),
        rule=words.time_rule(summary, short=True),
    )
    tiles = (
        (say("Annual card benefits"), summary.benefits, say("Cashback value and time saved, a year"), first),
        (say("Cashback value"), summary.cashback, words.tiers(summary), other),
        (say("Time saved"), summary.time_saved, hours, other),
    )
    size = min(
        fitting(summary.money(amount), wide - 0.44, 30, least=11, bold=True) for _, amount, _, wide in tiles
    )
    left = _LEFT
    for index, (label, amount, rule, wide) in enumerate(tiles):
        text: Color = palette.on_accent if index == 0 else INK
        content = (
            Line((Run(label, 13, text, True),)),
            Line((Run(summary.money(amount), size, text if index == 0 else STRONG, True),), before=3),
            Line((Run(shortened(rule, wide - 0.44, 10.5), 10.5, text if index == 0 else MUTED),), before=4),
        )
        panel(slide, label, Box(left, top, wide, tall), ACCENT if index == 0 else TINT, content)
        left += wide
        if index < 2:
            mark = Line((Run("=+"[index], 22, MUTED, True),), PP_ALIGN.CENTER)
            text_box(
                slide,
                (noted("Equals"), noted("Plus"))[index],
                Box(left, top, sign, tall),
                (mark,),
                anchor=MSO_ANCHOR.MIDDLE,
            )
            left += sign


def _spend_by_method(slide: Any, summary: Summary) -> None:
    unit = f", {summary.currency}" if summary.currency else ""
    _heading(slide, summary.say("Spend by payment method") + unit, _LEFT, _HALF)
    shown = sorted((each for each in summary.methods if each.spend != 0), key=lambda each: -each.spend)
    if not shown:
        _nothing(slide, summary.say("No spend in this period"), _LEFT, _HALF)
        return
    _key(slide, summary)
    _chart(slide, summary, shown)


def _heading(slide: Any, text: str, left: float, wide: float) -> None:
    line = Line((Run(text, 14, INK, True),))
    text_box(slide, text, Box(left, _PARTS, wide, 0.3), (line,), anchor=MSO_ANCHOR.MIDDLE)


def _nothing(slide: Any, text: str, left: float, wide: float) -> None:
    line = Line((Run(text, 13, MUTED),), PP_ALIGN.CENTER)
    panel(slide, text, Box(left, _PARTS + 0.45, wide, 1.9), TINT, (line,))


def _key(slide: Any, summary: Summary) -> None:
    say = summary.say
    methods = words.either(summary.parameters.cardable_methods, say)
    movable, by_card = say("could move to card ({methods})", methods=methods), say("card")
    rest, room = say("other or unknown"), _HALF + 0.3
    size = fitting(f"■ {movable}   ■ {by_card}   ■ {rest}", room, 10.5, least=8)
    runs = (
        *(Run("■ ", size, STRONG), Run(f"{movable}   ", size, MUTED)),
        *(Run("■ ", size, CARD), Run(f"{by_card}   ", size, MUTED)),
        *(Run("■ ", size, UNKNOWN), Run(rest, size, MUTED)),
    )
    text_box(slide, noted("Key to the chart"), Box(_LEFT, _PARTS + 0.32, room, 0.24), (Line(runs),))


def _chart(slide: Any, summary: Summary, shown: list[MethodSpend]) -> None:
    data: Any = CategoryChartData(number_format="#,##0.00")  # type: ignore[no-untyped-call]
    say = summary.say
    data.categories = [say(each.method) for each in shown]
    data.add_series(say("Total spend"), [each.spend for each in shown])
    box = Box(_LEFT - 0.1, _PARTS + 0.6, _HALF + 0.2, min(2.1, 0.15 + 0.42 * len(shown)))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.emu, data)
    frame.name = noted("Spend by payment method chart")
    spoken = "; ".join(f"{say(each.method)} {summary.money(each.spend)}" for each in shown)
    describe(frame, say("Bar chart of total spend by payment method: {bars}", bars=spoken))
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(11)
    chart.font.color.theme_color = INK
    _axes(chart)
    _bars(chart.plots[0], summary, shown)


def _axes(chart: Any) -> None:
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    axis = chart.category_axis
    axis.reverse_order = True
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    axis.format.line.fill.solid()
    axis.format.line.fill.fore_color.theme_color = UNKNOWN


def _bars(plot: Any, summary: Summary, shown: list[MethodSpend]) -> None:
    plot.gap_width = 45
    plot.vary_by_categories = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _number_format(summary, shown), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.font.size, labels.font.bold = Pt(11), True
    labels._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")
    series = plot.series[0]
    series.invert_if_negative = False
    for index, each in enumerate(shown):
        paint(series.points[index].format.fill, _bar_color(summary, each))


def _bar_color(summary: Summary, each: MethodSpend) -> Color:
    if each.method in summary.parameters.cardable_methods:
        return STRONG
    return CARD if each.category == "Card" else UNKNOWN


def _number_format(summary: Summary, shown: list[MethodSpend]) -> str:
    say, largest = summary.say, max(abs(each.spend) for each in shown)
    billions = say.within("behind a number of billions", "B")
    millions = say.within("behind a number of millions", "M")
    if largest < 10**8:
        return in_language("#,##0", say.language)
    if any(each.spend < 0 for each in shown):
        return f'[>=1000000000]#,##0,,,"{billions}";[<0]-#,##0;#,##0'
    if largest < 10**12:
        return f'[>=1000000000]#,##0.0,,,"{billions}";[>=1000000]#,##0.0,,"{millions}";#,##0'
    return f'[>=1000000000]#,##0,,,"{billions}";[>=1000000]#,##0,,"{millions}";#,##0'


def _opportunities(slide: Any, summary: Summary) -> None:
    rows, say = summary.opportunities[:_MOST_ROWS], summary.say
    some = ""
    if len(rows) < len(summary.opportunities):
        shown, all_of_them = len(rows), len(summary.opportunities)
        some = " " + say.within("a part", "({shown} of {all})", shown=shown, all=all_of_them)
    unit = f", {summary.currency}" if summary.currency else ""
    title = say("Top supplier opportunities")
    _heading(slide, f"{title}{unit}{some}", _TABLE_LEFT, _TABLE_WIDTH)
    if not rows:
        _nothing(slide, say("No supplier opportunities in this period"), _TABLE_LEFT, _TABLE_WIDTH)
        return
    size = 12.0 if len(rows) <= 4 else 10.5
    columns = _table_columns(summary, size)
    room = (columns[0].width - 0.12) * (1.85 if len(rows) <= 4 else 1)  # two lines where there is room
    cells = [_cells(each, room, size, say) for each in rows]
    look = TableLook(size=size, row_height=min(0.52, 1.9 / len(rows)))
    frame = table(
        slide, say("Top supplier opportunities table"), (_TABLE_LEFT, _PARTS + 0.36), columns, cells, look
    )
    describe(frame, title + say.colon + "; ".join(", ".join(row) for row in cells))


def _table_columns(summary: Summary, size: float) -> tuple[TableColumn, ...]:
    say = summary.say
    longest = max(width(number(whole(each.annual_spend), say), size) for each in summary.opportunities)
    spend = min(2.0, max(1.15, longest + 0.2))
    method = max(1.5, *(width(say(each.method), size) + 0.35 for each in summary.opportunities))
    terms = 1.2
    while lines(say("Settlement terms (days)"), terms - 0.12, 10.5, bold=True) > 2:
        terms += 0.05
    return (
        TableColumn(say("Supplier name"), _TABLE_WIDTH - spend - terms - method, gap=0),
        TableColumn(say("Annual spend"), spend, PP_ALIGN.RIGHT),
        TableColumn(say("Settlement terms (days)"), terms, PP_ALIGN.RIGHT),
        TableColumn(say("Current payment method"), method, gap=0.25),
    )


def _cells(each: Opportunity, room: float, size: float, say: Speaker) -> tuple[str, str, str, str]:
    terms = "-" if each.terms_days is None else number(each.terms_days, say)
    name = shortened(each.supplier_name, room, size, bold=True)
    return name, number(whole(each.annual_spend), say), terms, say(each.method)


def _footnote(slide: Any, summary: Summary) -> None:
    band(slide, "Rule", Box(_LEFT, 6.58, _FULL, 0.01), UNKNOWN)
    text, room, size = words.footnote(summary), _FULL - 0.3, 9.5
    if lines(text, room, size) > 3:
        text = shortened(text, room * 2.75, size) + " " + summary.say("More in the notes.")
    text_box(slide, noted("Footnote"), Box(_LEFT, 6.66, _FULL, 0.56), (Line((Run(text, size, MUTED),)),))
