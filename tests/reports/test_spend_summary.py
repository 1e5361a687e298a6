"""The Spend Summary, read back from the presentation as PowerPoint would."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from cardable.metrics import Analysis, Customer, Parameters, Period, Tier
from cardable.reports import spend_summary
from cardable.reports._logo import UnreadableLogo
from cardable.reports._palette import NotAColor, Palette, contrast
from cardable.reports._summary import MethodSpend, Opportunity, Summary, summary, whole
from cardable.reports._summary_notes import notes
from cardable.reports._summary_words import tiers
from tests.examples import expected

FIGURES = expected()["spendSummary"]


@pytest.fixture(scope="module")
def said(harbor: Analysis) -> Summary:
    return summary(harbor)


@pytest.fixture(scope="module")
def slide(harbor: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("slide") / "harbor.pptx"
    spend_summary.build(harbor, path)
    return opened(path)


def opened(path: Path) -> Any:
    (only,) = Presentation(str(path)).slides
    return only


def drawn(said: Summary, folder: Path) -> Any:
    spend_summary.write(said, folder / "slide.pptx")
    return opened(folder / "slide.pptx")


def text(slide: Any, name: str) -> str:
    (shape,) = (each for each in slide.shapes if each.name == name)
    return str(shape.text_frame.text)


def units(amount: str) -> str:
    return f"{whole(Decimal(amount)):,}"


def table(slide: Any) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for each in slide.shapes
        if each.has_table
        for row in each.table.rows
    ]


def everything(slide: Any) -> str:
    texts = [each.text_frame.text for each in slide.shapes if each.has_text_frame]
    return "\n".join([*texts, *(cell for row in table(slide) for cell in row)])


@pytest.mark.parametrize(
    ("tile", "figure"),
    [
        ("Annual card benefits", "annualCardBenefits"),
        ("Cashback value", "cashbackValue"),
        ("Time saved", "paymentProcessingSavings"),
    ],
)
def test_a_tile_has_its_figure_in_whole_units(slide: Any, tile: str, figure: str) -> None:
    assert text(slide, tile).split("\n")[:2] == [tile, f"USD {units(FIGURES[figure])}"]


def test_the_sentence_names_cardable_spend_and_payments(slide: Any) -> None:
    sentence = text(slide, "Cardable spend and payments")
    assert f"USD {units(FIGURES['cardableSpend'])} of cardable spend" in sentence
    assert f"{FIGURES['cardablePayments']} cardable payments" in sentence
    assert f"{len(FIGURES['cardableSuppliers'])} of 8 suppliers" in sentence


def test_the_table_lists_the_top_opportunities(slide: Any) -> None:
    heading, *rows = table(slide)
    assert heading == ["Supplier name", "Annual spend", "Settlement terms (days)", "Current payment method"]
    assert rows == [
        [
            each["supplierName"],
            units(each["annualSpend"]),
            str(each["settlementTermsDays"]),
            each["currentPaymentMethod"],
        ]
        for each in FIGURES["topSupplierOpportunities"]
    ]


def test_the_chart_holds_the_exact_spend_of_every_method(slide: Any) -> None:
    (chart,) = (each.chart for each in slide.shapes if each.has_chart)
    shown = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    rows = expected()["spendAnalysis"]["spendAnalysisTab"]
    spends = {row["paymentMethod"]: float(row["totalSpend"]) for row in rows}
    assert shown == {method: spends[method] for method in shown}
    assert list(shown.values()) == sorted(shown.values(), reverse=True)


def test_the_footnote_states_what_the_figures_rest_on(slide: Any) -> None:
    footnote = text(slide, "Footnote")
    assert "2% of the first USD 1,000,000; 1% above" in footnote
    assert "3 minutes a payment at USD 40 an hour" in footnote
    assert "1 record left out for want of an exchange rate" in footnote


def test_the_notes_have_the_arithmetic_to_the_cent(slide: Any) -> None:
    said = slide.notes_slide.notes_text_frame.text
    assert "USD 105,434.24 × 2% = USD 2,108.68" in said
    assert "10 payments × 3 minutes ÷ 60 = 0.5 hours; × USD 40 an hour = USD 20.00" in said


def test_customer_and_period_are_named(slide: Any) -> None:
    assert "Harbor Foods Group" in text(slide, "Customer and period")
    assert "1 Jul 2025 – 30 Jun 2026" in text(slide, "Customer and period")


def test_no_placeholder_is_left_empty_and_every_shape_is_described(slide: Any) -> None:
    assert [each.has_text_frame and each.text_frame.text != "" for each in slide.placeholders] == [True]
    described = {each.name: each._element.xpath(".//p:cNvPr")[0].get("descr") for each in slide.shapes}
    assert [name for name, text in described.items() if not text] == ["Top band", "Rule"]


def test_nothing_of_the_template_is_left(harbor: Analysis, tmp_path: Path) -> None:
    spend_summary.build(harbor, tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    names = set(zipfile.ZipFile(tmp_path / "a.pptx").namelist())
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    assert len(deck.slide_master.slide_layouts) == 1
    assert (deck.core_properties.author, deck.core_properties.comments) == ("Cardable", "")
    assert deck.slide_width == Inches(13.333)


def test_the_same_figures_make_the_same_bytes(harbor: Analysis, tmp_path: Path) -> None:
    for name in ("a", "b"):
        spend_summary.build(harbor, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_times_inside_are_those_of_the_run_date(harbor: Analysis, tmp_path: Path) -> None:
    spend_summary.build(harbor, tmp_path / "a.pptx")
    with zipfile.ZipFile(tmp_path / "a.pptx") as package:
        assert {each.date_time for each in package.infolist()} == {(2026, 7, 1, 0, 0, 0)}
        (book,) = (name for name in package.namelist() if name.endswith(".xlsx"))
        (tmp_path / "book.xlsx").write_bytes(package.read(book))
    core = zipfile.ZipFile(tmp_path / "book.xlsx").read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2026-07-01T"}


def test_a_customer_without_suppliers_gets_an_honest_slide(tmp_path: Path) -> None:
    customer = Customer(id="c", name="New Co", entities=())
    analysis = Analysis(customer, Period.ending(date(2026, 6, 30), 12), date(2026, 7, 1), Parameters()).run()
    spend_summary.build(analysis, tmp_path / "a.pptx")
    shown = everything(opened(tmp_path / "a.pptx"))
    assert "No spend that could move to card was found" in shown
    assert "No supplier opportunities in this period" in shown
    assert not [each for each in opened(tmp_path / "a.pptx").shapes if each.has_table or each.has_chart]


def test_fewer_opportunities_make_a_shorter_table(said: Summary, tmp_path: Path) -> None:
    assert len(table(drawn(replace(said, opportunities=said.opportunities[:1]), tmp_path))) == 2


def test_more_opportunities_than_fit_are_counted(said: Summary, tmp_path: Path) -> None:
    slide = drawn(replace(said, opportunities=said.opportunities * 4), tmp_path)
    assert len(table(slide)) == 8
    assert "(7 of 12)" in everything(slide)


def test_unknown_terms_are_a_dash(said: Summary, tmp_path: Path) -> None:
    without = Opportunity("Somebody", Decimal(1), None, "Unknown")
    assert table(drawn(replace(said, opportunities=(without,)), tmp_path))[1][2] == "-"


def test_a_long_name_is_shortened_and_nothing_leaves_the_page(said: Summary, tmp_path: Path) -> None:
    huge = replace(
        said,
        customer="Consolidated Industrial Holdings & Logistics of North America " * 3,
        opportunities=(Opportunity("W" * 200, Decimal(98765432109876), 3650, "Bank Transfer"),),
        benefits=Decimal(1234592581479),
        cardable_spend=Decimal(123456789012345),
    )
    slide = drawn(huge, tmp_path)
    assert "…" in text(slide, "Customer and period")
    assert table(slide)[1][0].endswith("…")
    assert all(each.left + each.width <= Inches(13.34) for each in slide.shapes)


def test_a_right_to_left_name_does_not_turn_its_sentence(said: Summary, tmp_path: Path) -> None:
    name = "شركة المرفأ"
    slide = drawn(
        replace(said, customer=name, opportunities=(Opportunity(name, Decimal(5), 1, "Check"),)), tmp_path
    )
    assert f"\u200e{name}\u200e" in text(slide, "Customer and period")
    (frame,) = (each for each in slide.shapes if each.has_table)
    assert frame.table.cell(1, 0).text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"


def test_months_other_than_twelve_are_said(said: Summary, tmp_path: Path) -> None:
    half = replace(said, period=Period.ending(date(2026, 6, 30), 6))
    assert "scaled from 6 months" in everything(drawn(half, tmp_path))
    assert "× 12 ÷ 6" in notes(half)


def test_what_stands_on_the_issuer_colour_can_be_read() -> None:
    for color in ("#FFF200", "#000", "#C8102E", "#808080", "#FFFFFF", "0a7", "#777777"):
        palette = Palette.of(color)
        assert contrast(palette.accent, palette.on_accent) >= 4.5, color
        assert contrast(palette.strong, "FFFFFF") >= 4.5, color


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(NotAColor, match="'blue'"):
        Palette.of("blue")


def test_the_logo_keeps_its_shape(said: Summary, tmp_path: Path) -> None:
    Image.new("RGB", (300, 700), (0, 80, 160)).save(tmp_path / "logo.png")
    parameters = replace(said.parameters, issuer_logo=str(tmp_path / "logo.png"), issuer_name="North Bank")
    slide = drawn(replace(said, parameters=parameters), tmp_path)
    (logo,) = (each for each in slide.shapes if each.name == "Issuer logo")
    assert logo.height / logo.width == pytest.approx(700 / 300, rel=0.01)


def test_a_logo_that_is_no_picture_is_refused(said: Summary, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>")
    parameters = replace(said.parameters, issuer_logo=str(tmp_path / "logo.svg"))
    with pytest.raises(UnreadableLogo, match=r"'logo\.svg' cannot be read; bring a PNG or JPEG"):
        drawn(replace(said, parameters=parameters), tmp_path)


def test_cashback_tiers_are_told_in_words(said: Summary) -> None:
    three = (
        Tier(up_to=Decimal(1000), rate=Decimal("0.03")),
        Tier(up_to=Decimal(5000), rate=Decimal("0.0175")),
        Tier(up_to=None, rate=Decimal("0.01")),
    )
    told = tiers(replace(said, parameters=replace(said.parameters, cashback_tiers=three)))
    assert told == "3% of the first USD 1,000; 1.75% up to USD 5,000; 1% above"


def test_parts_that_do_not_add_up_when_rounded_are_said(said: Summary, tmp_path: Path) -> None:
    odd = replace(said, cashback=Decimal("0.50"), time_saved=Decimal("0.50"), benefits=Decimal("1.00"))
    assert "may not add up" in text(drawn(odd, tmp_path), "Footnote")


def test_negative_spend_of_a_method_stays_on_the_chart(said: Summary, tmp_path: Path) -> None:
    methods = (*said.methods[:1], MethodSpend("Other", "Unknown", Decimal(-300)))
    slide = drawn(replace(said, methods=methods), tmp_path)
    (chart,) = (each.chart for each in slide.shapes if each.has_chart)
    assert min(chart.plots[0].series[0].values) == -300
