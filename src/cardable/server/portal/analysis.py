"""A company's analysis on screen: its overview and its suppliers."""

import uuid
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language, gettext

from cardable.language import ENGLISH
from cardable.language.formats import FORMATS
from cardable.server.companies.access import family_of
from cardable.server.insights.supplier_list import (
    LARGEST,
    ONLY,
    PAID_BY,
    SORTS,
    VERDICTS,
    SupplierQuery,
    supplier_list,
)
from cardable.server.portal import analysis_overview as overview
from cardable.server.portal.analysis_addresses import Addresses
from cardable.server.portal.analysis_frame import OVERVIEW, SUPPLIERS, Frame, frame_of
from cardable.server.portal.analysis_warnings import told_warnings

PAGE_ROWS = 50
_LONGEST_TEXT = 200
_LARGEST_DRAWN = 10
_READ_FOR_SETTLEMENT = 60


@login_required
def analysis(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The overview: key figures, charts and what to know about the data."""
    frame = frame_of(request, id)
    if isinstance(frame, HttpResponse):
        return frame
    to, figures, totals = Addresses(frame.company), frame.figures, frame.totals
    methods = figures.methods()
    largest = figures.suppliers(limit=_READ_FOR_SETTLEMENT)
    top = [each for each in largest[:_LARGEST_DRAWN] if each.total_spend > 0]
    settled = overview.settled(largest)
    new = overview.new_by_month(figures.new_suppliers(), totals)
    return frame.page(
        "overview",
        OVERVIEW,
        figures=overview.key_figures(totals, methods[-1], to),
        methods=methods,
        overall=methods[-1],
        method_chart=overview.method_chart(methods, totals, to),
        tiers=overview.tier_lines(figures.tiers(), totals.cardable_spend),
        opportunities=figures.opportunities(),
        largest=top,
        supplier_chart=overview.supplier_chart(top, totals, to),
        settled=settled,
        settlement_chart=overview.settlement_chart(methods[-1], settled, to),
        new=new,
        new_count=sum(each.suppliers_count for each in new),
        months_not_told=overview.months_not_told(totals),
        month_chart=overview.month_chart(new, to),
        warnings=told_warnings(figures, to),
        notices=figures.notices(),
        **_entities(frame, to),
    )


def _entities(frame: Frame, to: Addresses) -> dict[str, Any]:
    """The companies of a group, with those that have an analysis of their own."""
    entities = frame.figures.entities()
    if len(entities) < 2 and not frame.company.children_count:
        return {"entities": ()}
    known = {str(each.id) for each in family_of(frame.member, frame.company)} - {str(frame.company.id)}
    return {
        "entities": [(each, each.company_id in known) for each in entities],
        "entity_chart": overview.entity_chart(entities, frame.totals, to),
    }


@login_required
def suppliers(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Every supplier of the period, searched, filtered and sorted."""
    frame = frame_of(request, id)
    if isinstance(frame, HttpResponse):
        return frame
    query = supplier_query(request.GET)
    found = supplier_list(frame.figures, query)
    return frame.page(
        "suppliers",
        SUPPLIERS,
        query=query,
        found=found,
        unassigned=frame.totals.total_spend - found.total_spend if not query.is_narrowed else 0,
        page=Paginator(cast("Sequence[Any]", found), PAGE_ROWS).get_page(request.GET.get("page")),
        methods=[("", gettext("Any")), *((each, gettext(each)) for each in PAID_BY)],
        verdicts=[("", gettext("Any")), *((each, gettext(each).capitalize()) for each in VERDICTS)],
        parts=[("", gettext("All")), *((key, gettext(words)) for key, (words, _) in ONLY.items())],
    )


def supplier_query(given: Any) -> SupplierQuery:
    """What an address asks of the suppliers; what it cannot mean is left out."""
    sort = given.get("sort", "")
    return SupplierQuery(
        text=given.get("q", "").strip()[:_LONGEST_TEXT].replace("\0", ""),
        method=_one_of(given.get("method", ""), PAID_BY),
        verdict=_one_of(given.get("verdict", ""), VERDICTS),
        low=_amount(given.get("low", "")),
        high=_amount(given.get("high", "")),
        first=month_of(given.get("first", "")),
        only=_one_of(given.get("only", ""), ONLY),
        sort=sort if sort.removeprefix("-") in SORTS else LARGEST,
    )


def _one_of(text: str, known: Any) -> str:
    return text if text in known else ""


def month_of(text: str) -> str:
    """`2026-04` where the text is a month, else nothing."""
    year, dash, month = text.partition("-")
    is_month = len(text) == 7 and dash and year.isdecimal() and month.isdecimal() and text.isascii()
    return text if is_month else ""


def _plain(text: str) -> str:
    """A number as it is typed in the reader's language, in digits and a point."""
    marks = FORMATS[get_language() or ENGLISH]
    spaceless = "".join(text.split())
    return spaceless.replace(marks.group, "").replace(marks.decimal, ".")


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(_plain(text))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < Decimal(10) ** 18 else None


urlpatterns = [
    path("spend-insights/<uuid:id>/", analysis, name="analysis"),
    path("spend-insights/<uuid:id>/suppliers", suppliers, name="analysis-suppliers"),
]
