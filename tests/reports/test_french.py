"""Reports in Canadian French: the same figures under other labels, and no English left among ours."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from pptx import Presentation

from cardable.language import speaker
from cardable.language.catalogs import catalog
from cardable.metrics import Analysis
from cardable.reports import Report, Sheet, _workbook, all_reports, report
from cardable.reports._raw_tabs import BILLS
from cardable.reports._summary import Summary, summary
from cardable.reports._summary_notes import notes
from cardable.reports._tabs import CODES
from cardable.reports._translated import in_language
from cardable.reports.spend_analysis import SHEETS

FRENCH = "fr-ca"
SAY = speaker(FRENCH)
WORKBOOKS = ("spend-analysis", "ongoing-insights")
READ_BY_PEOPLE = [each for each in all_reports() if not each.is_for_programs]


@pytest.fixture(scope="module")
def folder(harbor: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every report that people read, in both languages, of one analysis."""
    made = tmp_path_factory.mktemp("french")
    for each in READ_BY_PEOPLE:
        for language in each.languages(["en", FRENCH]):
            each.build(harbor, made / f"{each.key}.{language}", language)
    return made


@pytest.fixture(scope="module")
def slide(folder: Path) -> Any:
    with (folder / f"spend-summary.{FRENCH}").open("rb") as file:
        (only,) = Presentation(file).slides
    return only


def tabs(folder: Path, key: str, language: str) -> Any:
    with (folder / f"{key}.{language}").open("rb") as file:
        return load_workbook(file).worksheets


def is_english(text: str) -> bool:
    """Whether it is a message of ours that French says otherwise."""
    return SAY.again(text) != text


def pairs(folder: Path, key: str) -> Iterator[tuple[Cell, Cell]]:
    for english, french in zip(tabs(folder, key, "en"), tabs(folder, key, FRENCH), strict=True):
        for row, said in zip_longest(english.iter_rows(), french.iter_rows()):
            yield from zip(row, said, strict=True)


@pytest.mark.parametrize("key", WORKBOOKS)
def test_the_workbook_has_the_same_values_under_other_labels(key: str, folder: Path) -> None:
    different = [(each, said) for each, said in pairs(folder, key) if each.value != said.value]
    assert different
    for each, said in different:
        assert said.value == SAY.again(str(each.value)), said.coordinate


@pytest.mark.parametrize("key", WORKBOOKS)
def test_no_heading_or_note_is_left_in_english(key: str, folder: Path) -> None:
    for tab in tabs(folder, key, FRENCH):
        texts = {tab.title, tab.oddFooter.left.text.split(" · ")[1]}
        texts |= {cell.comment.text for row in tab.iter_rows(max_row=2) for cell in row if cell.comment}
        texts |= {str(cell.value) for row in tab.iter_rows(max_row=2) for cell in row if cell.comment}
        texts |= {str(cell.value) for cell in tab["A"] if cell.value} if tab.title == "Client" else set()
        assert [text for text in texts if is_english(text)] == []


@pytest.mark.parametrize("each", READ_BY_PEOPLE, ids=lambda each: each.key)
def test_all_that_is_declared_is_said_in_french(each: Report) -> None:
    known = catalog(FRENCH)._catalog  # type: ignore[attr-defined]
    texts = {each.name, each.meaning}
    for sheet in each.sheets:
        texts |= {f"tab\x04{sheet.name}", sheet.meaning, *(section.name for section in sheet.sections)}
        texts |= {text for column in sheet.columns for text in (column.name, column.meaning)}
        texts |= {sheet.chart.title, sheet.chart.labels, *sheet.chart.bars} if sheet.chart else set()
    assert sorted(text for text in texts if not known.get(text)) == []


def test_codes_of_warnings_are_said_in_french(harbor: Analysis) -> None:
    codes = harbor.connection.sql("select code from warning_texts").fetchall()
    assert [code.replace("_", " ").capitalize() for (code,) in codes if code] == list(CODES)


@pytest.mark.parametrize("key", WORKBOOKS)
def test_tabs_have_short_names_of_their_own(key: str, folder: Path) -> None:
    names = [tab.title.casefold() for tab in tabs(folder, key, FRENCH)]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_numbers_are_shown_as_french_writes_them(folder: Path) -> None:
    formats = {cell.number_format for _, cell in pairs(folder, "spend-analysis") if cell.value is not None}
    shown = {each for each in formats if each != "General"}
    assert {"[$-C0C]#,##0.00", '[$-C0C]0.0"\N{NO-BREAK SPACE}"%', "[$-C0C]yyyy-mm-dd"} <= shown
    assert all(each.startswith("[$-C0C]") for each in shown)


def test_payment_methods_of_records_stay_as_they_are_and_labels_do_not(folder: Path) -> None:
    english, french = (
        {tab.title: tab for tab in tabs(folder, "spend-analysis", each)} for each in ("en", FRENCH)
    )
    methods = [cell.value for cell in french["Analyse des fournisseurs"]["C"]][2:]
    assert methods == [cell.value for cell in english["Supplier Analysis"]["C"]][2:]
    assert "Virement bancaire" in [cell.value for cell in french["Analyse des dépenses"]["A"]]


def test_streamed_tabs_say_why_in_french(harbor: Analysis, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "streamed.xlsx"
    _workbook.write(harbor, path, "Spend Analysis", SHEETS, language=FRENCH, streamed_from=1)
    streamed = load_workbook(path)
    for tab in tabs(folder, "spend-analysis", FRENCH)[4:]:
        why = [cell.value for cell in list(tab.columns)[-1]]
        assert why == [cell.value for cell in list(streamed[tab.title].columns)[-1]]
    assert "Règle 2\N{NO-BREAK SPACE}: le champ «\N{NO-BREAK SPACE}nom du compte" in str(why[1])


def test_a_file_for_programs_is_english_whatever_is_asked(harbor: Analysis, tmp_path: Path) -> None:
    for each in (each for each in all_reports() if each.is_for_programs):
        assert each.languages(["en", FRENCH]) == ("en",)
        for language in ("en", FRENCH):
            each.build(harbor, tmp_path / language, language)
        assert (tmp_path / "en").read_bytes() == (tmp_path / FRENCH).read_bytes()


def test_names_of_files_tell_the_language(harbor: Analysis) -> None:
    name = report("spend-analysis").file_name(harbor, FRENCH)
    assert name == "HarborFoodsGroup_SpendAnalysis_fr_2026-07-01.xlsx"


def shown_on(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        yield shape.name
        yield shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""
        if shape.has_text_frame:
            yield from (run.text.strip() for line in shape.text_frame.paragraphs for run in line.runs)
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if shape.has_chart:
            yield from shape.chart.plots[0].categories
            yield from (series.name for series in shape.chart.series)
    yield from slide.notes_slide.notes_text_frame.text.split("\n")


def test_the_slide_has_no_english_left(slide: Any) -> None:
    assert [text for text in shown_on(slide) if is_english(text)] == []
    assert {each.get("lang") for each in slide._element.iter("{*}rPr")} == {"fr-CA"}


def test_the_slide_writes_numbers_and_days_in_french(slide: Any) -> None:
    text = "\n".join(shown_on(slide)).replace("\N{NO-BREAK SPACE}", "~")
    assert "1er~juill.~2025 – 30~juin~2026" in text.replace(" juill. ", "~juill.~").replace(
        " juin ", "~juin~"
    )
    assert "Payer par carte 105~434~USD de dépenses pourrait rapporter 2~129~USD par an" in text
    assert "105~434,24~USD × 2~% = 2~108,68~USD" in text
    assert "2~% jusqu’à 1~000~000~USD; 1~% au-delà" in text


def test_large_and_odd_figures_are_said_in_french(harbor: Analysis) -> None:
    said = summary(harbor, FRENCH)
    assert said.money(Decimal("-1234567.5")).replace("\N{NO-BREAK SPACE}", "~") == "−1~234~568~USD"
    assert "0,5" in notes(said)
    assert isinstance(said, Summary)


def test_the_chart_of_the_workbook_is_labelled_in_french(folder: Path) -> None:
    (tab,) = (each for each in tabs(folder, "spend-analysis", FRENCH) if each.title == "Analyse des dépenses")
    (chart,) = tab._charts
    assert chart.title.tx.rich.p[0].r[0].t == "Dépenses totales par mode de paiement"
    assert "'Analyse des dépenses'!" in chart.series[0].val.numRef.f


def test_dates_are_days_in_every_language(folder: Path) -> None:
    days = [said for each, said in pairs(folder, "spend-analysis") if isinstance(each.value, datetime)]
    assert days
    assert all(isinstance(each.value, datetime) for each in days)


def test_a_sheet_in_english_is_the_sheet_itself(harbor: Analysis) -> None:
    assert in_language(BILLS, harbor, speaker("en")) is BILLS
    said: Sheet = in_language(BILLS, harbor, SAY)
    assert (said.name, said.json, [each.key for each in said.columns]) == (
        "Factures",
        BILLS.json,
        [each.key for each in BILLS.columns],
    )
