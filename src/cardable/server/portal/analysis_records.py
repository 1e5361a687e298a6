"""The records behind the figures of an analysis, on screen and as a download."""

import csv
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import said
from cardable.reports import company_stem
from cardable.server import events
from cardable.server.insights.record_list import KINDS, NEWEST, Kind, RecordQuery, record_list
from cardable.server.insights.supplier_list import METHODS, PAID_BY
from cardable.server.portal.analysis import PAGE_ROWS, month_of
from cardable.server.portal.analysis_frame import Frame, frame_of
from cardable.server.written import safe

_LONGEST_TEXT = 200
_KEPT = ("supplier", "method", "entity", "month", "rule")
"""Filters that figures lead to and no field of the toolbar shows."""
RULES = {
    1: _("the payment method that was recorded"),
    2: _("the name of the account it was paid from"),
    3: _("its note, then its reference"),
    4: _("nothing: no field tells"),
}


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    words: str
    href: str


@login_required
def records(request: HttpRequest, id: uuid.UUID, type: str) -> HttpResponse:
    """Bills, payments or expenses, with why each counts as it does."""
    kind = _kind(type)
    frame = frame_of(request, id)
    if isinstance(frame, HttpResponse):
        return frame
    query = record_query(kind, request.GET)
    found = record_list(frame.figures, query)
    return frame.page(
        "records",
        kind.key,
        kind=kind,
        query=query,
        found=found,
        page=Paginator(cast("Sequence[Any]", found), PAGE_ROWS).get_page(request.GET.get("page")),
        parts=[
            ("", gettext("All")),
            *((key, gettext(words)) for key, (words, _condition) in kind.only.items()),
        ],
        methods=[("", gettext("Any")), *((each, gettext(each)) for each in METHODS)],
        chips=list(_chips(request, frame, query)),
        kept=[(name, request.GET[name]) for name in _KEPT if request.GET.get(name)],
        caption=gettext("{records} of the period").format(records=kind.label),
        csv=f"{reverse('analysis-csv', args=[frame.company.id, kind.key])}?{request.GET.urlencode()}",
        rules=RULES,
        is_group=len(frame.figures.entities()) > 1,
    )


@login_required
def download(request: HttpRequest, id: uuid.UUID, type: str) -> HttpResponseBase:
    """The records asked for as CSV, in a form that no spreadsheet takes for a formula."""
    kind = _kind(type)
    frame = frame_of(request, id)
    if isinstance(frame, HttpResponse):
        raise Http404
    found = record_list(frame.figures, record_query(kind, request.GET))
    response = StreamingHttpResponse(_lines(found.csv_rows()), content_type="text/csv; charset=utf-8")
    name = f"{company_stem(frame.company.name)}_{kind.name}_{frame.totals.end_date.isoformat()}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    words = said("{records} of the analysis were downloaded.", records=kind.name)
    events.record("records.downloaded", words, company=frame.company, actor=str(frame.member))
    return response


def record_query(kind: Kind, given: Any) -> RecordQuery:
    """What an address asks of the records; what it cannot mean is left out."""
    sort, method, paid = given.get("sort", ""), given.get("method", ""), given.get("paid", "")
    only, rule = given.get("only", ""), given.get("rule", "")
    return RecordQuery(
        kind=kind,
        text=given.get("q", "").strip()[:_LONGEST_TEXT].replace("\0", ""),
        supplier=given.get("supplier", "")[:64].replace("\0", ""),
        method=method if method in PAID_BY else "",
        paid=paid if paid in METHODS and kind.own_method else "",
        entity=given.get("entity", "")[:_LONGEST_TEXT].replace("\0", ""),
        month=month_of(given.get("month", "")),
        rule=int(rule) if rule in ("1", "2", "3", "4") and kind.own_method else None,
        only=only if only in kind.only else "",
        sort=sort if sort.removeprefix("-") in kind.orders() else NEWEST,
    )


def _kind(key: str) -> Kind:
    try:
        return KINDS[key]
    except KeyError as unknown:
        raise Http404 from unknown


def _chips(request: HttpRequest, frame: Frame, query: RecordQuery) -> Iterator[Chip]:
    """Those filters in words."""
    if query.supplier:
        supplier = frame.figures.supplier(query.supplier)
        name = (supplier.supplier_name or supplier.supplier_id) if supplier else gettext("unknown")
        yield Chip(gettext("Supplier: {name}").format(name=name), _without(request, "supplier"))
    if query.method:
        words = gettext("Suppliers mostly paid by: {method}").format(method=gettext(query.method))
        yield Chip(words, _without(request, "method"))
    if query.entity:
        names = [each.company_name for each in frame.figures.entities() if each.company_id == query.entity]
        words = gettext("Company: {name}").format(name=next(iter(names), gettext("unknown")))
        yield Chip(words, _without(request, "entity"))
    if query.month:
        yield Chip(gettext("Month: {month}").format(month=query.month), _without(request, "month"))
    if query.rule:
        words = gettext("Method known from {source}").format(source=RULES[query.rule])
        yield Chip(words, _without(request, "rule"))


def _without(request: HttpRequest, name: str) -> str:
    asked = request.GET.copy()
    for each in (name, "page"):
        asked.pop(each, None)
    return f"?{asked.urlencode()}"


class _Echo:
    def write(self, text: str) -> str:
        return text


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


urlpatterns = [
    path("spend-insights/<uuid:id>/records/<slug:type>", records, name="analysis-records"),
    path("spend-insights/<uuid:id>/records/<slug:type>.csv", download, name="analysis-csv"),
]
