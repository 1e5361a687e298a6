"""Dates as people write them, as SQL expressions over a text cell."""

from collections.abc import Iterable

from cardable.records import text_literal

_MONTHS = (
    "january jan janvier janv januar jaenner jänner enero ene januari janeiro gennaio gen stycznia styczen "
    "styczeń sty ledna leden led januára január ianuarie tammikuu ocak",
    "february feb fevrier février fevr févr fev février februar februari febrero feb fevereiro febbraio "
    "lutego luty lut unora února unor únor uno úno februarie februára február helmikuu subat şubat",
    "march mar mars marz märz maerz mrz maart mrt marzo março marco marca marzec brezna března brezen "
    "březen bre bře martie maaliskuu mart",
    "april apr avril avr abril abr aprile kwietnia kwiecien kwiecień kwi dubna duben dub aprilie apríla "
    "apríl huhtikuu nisan",
    "may mai mei mayo maio maggio mag maja maj kvetna května kveten květen kve kvě máj mája toukokuu mayis "
    "mayıs",
    "june jun juin juni junio junho giugno giu czerwca czerwiec cze cervna června cerven červen iunie júna "
    "jún kesakuu kesäkuu haziran",
    "july jul juillet juil juli julio julho luglio lug lipca lipiec lip cervence července cervenec "
    "červenec iulie júla júl heinakuu heinäkuu temmuz",
    "august aug aout août augustus agosto ago sierpnia sierpien sierpień sie srpna srpen srp augusti elokuu "
    "agustos ağustos augusta",
    "september sep sept septembre septiembre setiembre set setembro settembre wrzesnia września wrzesien "
    "wrzesień wrz zari září zar zář septembrie syyskuu eylul eylül septembra",
    "october oct octobre oktober okt octubre outubro out ottobre ott pazdziernika października pazdziernik "
    "październik paz paź rijna října rijen říjen rij říj octombrie lokakuu ekim októbra október",
    "november nov novembre noviembre novembro listopada listopad lis noiembrie marraskuu kasim kasım "
    "novembra",
    "december dec decembre décembre dezember dez diciembre dic dezembro dicembre grudnia grudzien grudzień "
    "gru prosince prosinec pro decembrie joulukuu aralik aralık decembra",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""Month names and their short forms in a dozen languages; none means two months."""

_FIRST, _LAST = "DATE '1900-01-01'", "DATE '2199-12-31'"
_NO_DATE = r"[-–—/.\s0:]+|n/?a|null|none|nil|nat|tbd"


def plain(cell: str, order: str | None, samples: Iterable[str] = ()) -> str:
    """The cell as a date where it is written in the usual way of its order, with the samples' separator."""
    return _within(_usual(cell, order, samples))


def rich(cell: str, order: str | None, year: int | None = None) -> str:
    """The cell as a date, read in the column's one order; a time or letters behind it do not matter.

    `year` is for dates without one.
    """
    return _within(f"coalesce({', '.join(_readings(_tidy(cell), order, year))})")


def is_no_date(cell: str) -> str:
    """Whether the cell stands for no date: dashes, 00:00:00, 0000-00-00."""
    return f"regexp_full_match(lower({cell}), {text_literal(_NO_DATE)})"


def _within(expression: str) -> str:
    return f"case when {expression} between {_FIRST} and {_LAST} then {expression} end"


def _usual(cell: str, order: str | None, samples: Iterable[str]) -> str:
    if order in ("DMY", "MDY"):
        first = next(iter(samples), "")
        mark = next((each for each in first if each in "/.-"), "/")
        parts = ("%d", "%m") if order == "DMY" else ("%m", "%d")
        return f"cast(try_strptime({cell}, '{mark.join((*parts, '%Y'))}') as DATE)"
    return f"try_cast({cell} as DATE)"


def _tidy(cell: str) -> str:
    """Lower case, plain digits and blanks, Chinese and Japanese marks as dashes."""
    wide = "０１２３４５６７８９\u00a0\u202f\u2009年月．／"
    return f"lower(translate({cell}, {text_literal(wide + '日号')}, {text_literal('0123456789   --./')}))"


def _readings(text: str, order: str | None, year: int | None) -> list[str]:
    found = [_numeric(text, r"^(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\D.*)?$", "YMD")]
    if order in ("DMY", "MDY"):
        short = r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|'?\d{2})(?:\D.*)?$"
        found.append(_numeric(text, short, order))
        compact = f"case when regexp_full_match({text}, '\\d{{7}}') then '0' || {text} else {text} end"
        found.append(_numeric(compact, r"^(\d{2})(\d{2})(\d{4})$", order))
        found.append(_numeric(text, r"^(\d{2})(\d{2})(\d{2})$", order))
    if order == "YMD":
        found.append(_numeric(text, r"^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D.*)?$", order))
        found.append(_numeric(text, r"^(\d{2})(\d{2})(\d{2})$", order))
    found.append(_numeric(text, r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:\D.*)?$", "YMD"))
    if order == "DM" and year is not None:
        padded = f"case when regexp_full_match({text}, '\\d{{3}}') then '0' || {text} else {text} end"
        found.append(_numeric(f"({padded}) || ' {year}'", r"^(\d{1,2})[-/. ]?(\d{2})\.? (\d{4})$", "DMY"))
    found += [_serial(text), _worded(text), _month_only(text)]
    return found


def _numeric(text: str, pattern: str, order: str) -> str:
    part = {
        letter: f"regexp_extract({text}, {text_literal(pattern)}, {order.index(letter) + 1})"
        for letter in "DMY"
    }
    joined = f"{_year(part['Y'])} || '-' || {part['M']} || '-' || {part['D']}"
    return f"case when regexp_matches({text}, {text_literal(pattern)}) then try_cast({joined} as DATE) end"


def _year(text: str) -> str:
    """Two digits below 70 are of this century."""
    digits = f"replace({text}, '''', '')"
    century = f"(case when {digits} < '70' then '20' else '19' end)"
    return f"case when length({digits}) = 2 then {century} || {digits} else {digits} end"


def _serial(text: str) -> str:
    """A spreadsheet's day number, from 1954 to 2119."""
    number = f"try_cast(regexp_extract({text}, '^\\d+') as INTEGER)"
    return (
        f"case when regexp_full_match({text}, '\\d{{5}}([.,]\\d*)?') and {number} between 20000 and 80000 "
        f"then DATE '1899-12-30' + {number} end"
    )


def _worded(text: str) -> str:
    """A date with the month's name; the last name counts, as weekdays come first. No day means the first."""
    names = f"map {{{', '.join(f'{text_literal(name)}: {number}' for name, number in MONTHS.items())}}}"
    month = (
        f"list_last(list_filter(list_transform(regexp_extract_all({text}, '\\p{{L}}+'), "
        f"lambda word: {names}[word]), lambda found: found is not null))"
    )
    numbers = f"regexp_extract_all({text}, '\\d+')"
    first, second = f"{numbers}[1]", f"{numbers}[2]"
    ordered = (
        f"case when {second} is null then {_year(first)} || '-' || ({month}) || '-1' "
        f"when length({first}) = 4 then {first} || '-' || ({month}) || '-' || {second} "
        f"else {_year(second)} || '-' || ({month}) || '-' || {first} end"
    )
    return f"case when regexp_matches({text}, '\\p{{L}}{{3}}') then try_cast({ordered} as DATE) end"


def _month_only(text: str) -> str:
    """A month and a year stand for the first of that month."""
    year_first = _numeric(f"({text} || '-1')", r"^(\d{4})[-/. ](\d{1,2})-(1)$", "YMD")
    month_first = _numeric(f"('1-' || {text})", r"^(1)-(\d{1,2})[-/. ](\d{4})$", "DMY")
    return f"coalesce({year_first}, {month_first})"
