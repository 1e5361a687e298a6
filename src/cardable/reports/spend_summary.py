"""Spend Summary: one slide that says what moving spend to card could be worth."""

from pathlib import Path

from cardable.language import ENGLISH
from cardable.metrics import Analysis
from cardable.reports import _presentation as presentation
from cardable.reports._palette import Palette
from cardable.reports._report import Report
from cardable.reports._slide import draw
from cardable.reports._summary import Summary, summary
from cardable.reports._summary_notes import notes
from cardable.reports._summary_words import headline


def build(analysis: Analysis, path: Path, language: str = ENGLISH) -> None:
    """Write the slide of an analysis."""
    write(summary(analysis, language), path)


def write(said: Summary, path: Path) -> None:
    """Write the slide that says this, with notes that explain each figure."""
    parameters = said.parameters
    palette = Palette.of(parameters.issuer_color)
    deck = presentation.empty(palette)
    slide = draw(deck, said, palette, Path(parameters.issuer_logo) if parameters.issuer_logo else None)
    slide.notes_slide.notes_text_frame.text = notes(said)
    presentation.describe(
        deck,
        title=said.say("Spend Summary") + said.say.colon + said.customer,
        subject=headline(said),
        author=parameters.issuer_name or "Cardable",
        day=said.run_date,
        say=said.say,
    )
    presentation.save(deck, path, day=said.run_date)


REPORT = Report(
    key="spend-summary",
    name="Spend Summary",
    file_stem="SpendSummary",
    extension="pptx",
    position=1,
    meaning="One slide for the customer: what moving spend to card could be worth, and where to start.",
    build=build,
)
