"""A sheet in another language: its labels, and in its cells the words that are ours."""

from dataclasses import replace
from itertools import count

from cardable.language import ENGLISH, Speaker
from cardable.metrics import Analysis
from cardable.reports._sheet import Chart, Column, Section, Sheet

_NUMBERS = count(1)
"""Every table of words has a name of its own, as reports may be made at the same time."""


def in_language(sheet: Sheet, analysis: Analysis, say: Speaker) -> Sheet:
    """The sheet as the speaker says it; what a program reads stays as it is."""
    if say.language == ENGLISH or not sheet.explained:
        return sheet
    return replace(
        sheet,
        name=say.within("tab", sheet.name),
        meaning=say(sheet.meaning),
        table=_table(sheet, analysis, say),
        sections=tuple(_section(each, say) for each in sheet.sections),
        chart=_chart(sheet.chart, say) if sheet.chart else None,
    )


def _section(section: Section, say: Speaker) -> Section:
    return Section(say(section.name), section.tone, tuple(_column(each, say) for each in section.columns))


def _column(column: Column, say: Speaker) -> Column:
    return replace(column, name=say(column.name), meaning=say(column.meaning))


def _chart(chart: Chart, say: Speaker) -> Chart:
    return replace(
        chart, title=say(chart.title), labels=say(chart.labels), bars=tuple(say(each) for each in chart.bars)
    )


def _table(sheet: Sheet, analysis: Analysis, say: Speaker) -> str:
    """The sheet's table with our sentences said again.

    Each different sentence is said once, however many rows have it; the database puts it in their place.
    """
    ours = [column for column in sheet.columns if column.ours]
    if not ours:
        return sheet.table
    queries = [f"select distinct {each.key} from {sheet.table} where {each.ours}" for each in ours]  # noqa: S608
    rows = analysis.connection.execute(" union ".join(queries)).fetchall()
    sentences = [sentence for (sentence,) in rows if sentence]
    # No temporary table: long tabs are made over cursors of their own, which see none.
    words = f"said_{next(_NUMBERS)}"
    analysis.connection.execute(
        f"create table {words} as select unnest($1::varchar[]) as sentence, unnest($2::varchar[]) as words",
        [sentences, [say.again(each) for each in sentences]],
    )
    said = ", ".join(f"coalesce({each.key}_said.words, {each.key}) as {each.key}" for each in ours)
    joined = " ".join(
        f"left join {words} as {each.key}_said on {each.ours} and {each.key}_said.sentence = {each.key}"
        for each in ours
    )
    return f"(select r.* replace ({said}) from {sheet.table} as r {joined})"  # noqa: S608
