"""Spend Summary: one slide that says what moving spend to card could be worth."""

from pathlib import Path
from typing import Any

from cardable.reports import _presentation as presentation
from cardable.reports._palette import Palette
from cardable.reports._report import Report
from cardable.reports._sheet import Analysis
from cardable.reports._slide import draw
from cardable.reports._summary import MethodSpend, Opportunity, Summary, Warning, headline
from cardable.reports._summary_notes import notes

_TOTALS = (
    "cardable_suppliers_count, cardable_spend, cardable_payments, cashback_value, time_saved_hours, "
    "time_saved_value, annual_card_benefits"
)


def summary(analysis: Analysis) -> Summary:
    """The slide's figures, as the metrics have them."""
    suppliers = _rows(analysis, "customer_row", "suppliers_count")[0][0]
    cardable, spend, payments, cashback, hours, time_saved, benefits = _rows(
        analysis, "summary_row", _TOTALS
    )[0]
    return Summary(
        customer=analysis.customer.name,
        period=analysis.period,
        run_date=analysis.run_date,
        currency=analysis.base_currency,
        decimals=analysis.digits,
        suppliers=suppliers,
        cardable_suppliers=cardable,
        cardable_spend=spend,
        cardable_payments=payments,
        cashback=cashback,
        hours_saved=hours,
        time_saved=time_saved,
        benefits=benefits,
        methods=tuple(
            MethodSpend(*row)
            for row in _rows(
                analysis, "method_rows", "method, category, total_spend", "level = 'method'", "position"
            )
        ),
        opportunities=tuple(
            Opportunity(*row)
            for row in _rows(
                analysis,
                "opportunity_rows",
                "supplier_name, annual_spend, settlement_terms_days, current_method",
                order="position",
            )
        ),
        warnings=tuple(
            Warning(*row) for row in _rows(analysis, "warnings", "code, count, message", order="position")
        ),
        parameters=analysis.parameters,
    )


def build(analysis: Analysis, path: Path) -> None:
    """Write the slide of an analysis."""
    write(summary(analysis), path)


def write(said: Summary, path: Path) -> None:
    """Write the slide that says this, with notes that explain each figure."""
    parameters = said.parameters
    palette = Palette.of(parameters.issuer_color)
    deck = presentation.empty(palette)
    slide = draw(deck, said, palette, Path(parameters.issuer_logo) if parameters.issuer_logo else None)
    slide.notes_slide.notes_text_frame.text = notes(said)
    presentation.describe(
        deck,
        title=f"Spend Summary: {said.customer}",
        subject=headline(said),
        author=parameters.issuer_name or "Cardable",
        day=said.run_date,
    )
    presentation.save(deck, path, day=said.run_date)


def _rows(
    analysis: Analysis, table: str, columns: str, where: str = "true", order: str = "1"
) -> list[tuple[Any, ...]]:
    return analysis.connection.sql(f"select {columns} from {table} where {where} order by {order}").fetchall()  # noqa: S608


REPORT = Report(
    key="spend-summary",
    name="Spend Summary",
    file_stem="SpendSummary",
    extension="pptx",
    position=1,
    meaning="One slide for the customer: what moving spend to card could be worth, and where to start.",
    build=build,
)
