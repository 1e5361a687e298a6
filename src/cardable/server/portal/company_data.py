"""The records a company contributed, in tables to read and as CSV to take along."""

import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from cardable.reports import company_stem
from cardable.server.companies.access import company_for
from cardable.server.companies.models import Company
from cardable.server.organizations.access import member_of
from cardable.server.organizations.roles import may
from cardable.server.portal.company_page import company_page
from cardable.server.portal.record_tables import DATA_TYPES, DataType, Records, records, write_csv
from cardable.server.syncs.models import StoredSnapshot

_ROWS = 50
_LONGEST_TEXT = 200
_MOST_PAGES = 1_000_000


@login_required
def tables(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The first type of data that there is."""
    company = data_company(request, id)
    held = _held(company)
    first = next((each for each in DATA_TYPES if held.get(each.key)), DATA_TYPES[0])
    return redirect("company-data", company.id, first.key)


@login_required
def data(request: HttpRequest, id: uuid.UUID, type: str) -> HttpResponse:
    """The records of one type, to read and to search."""
    company, kind = data_company(request, id), _kind(type)
    text, sort = _asked(request)
    number = _number(request.GET.get("page", ""))
    found = records(company, kind, text=text, sort=sort, start=(number - 1) * _ROWS, size=_ROWS)
    page = Paginator(range(found.total), _ROWS).get_page(number)
    if page.number != number:
        found = records(company, kind, text=text, sort=sort, start=(page.number - 1) * _ROWS, size=_ROWS)
    context = {
        "kind": kind,
        "caption": f"{kind.label} of {company.name}",
        "types": _tabs(company, kind),
        "headings": found.headings,
        "rows": [_cells(found, row) for row in found.rows],
        "width": max(1, len(found.headings)),
        "page": page,
        "text": text,
        "sort": sort,
        "csv": f"{reverse('company-csv', args=[company.id, kind.key])}?{request.GET.urlencode()}",
    }
    return company_page(request, company, "Data", "portal/companies/data.html", **context)


@login_required
def csv(request: HttpRequest, id: uuid.UUID, type: str) -> HttpResponseBase:
    """The matching records as a file."""
    company, kind = data_company(request, id), _kind(type)
    with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
        target = Path(folder) / "records.csv"
        text, sort = _asked(request)
        write_csv(company, kind, target, text=text, sort=sort)
        # An open file outlives its folder.
        file = target.open("rb")
    name = f"{company_stem(company.name)}_{kind.label.title().replace(' ', '')}_{timezone.localdate()}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def data_company(request: HttpRequest, id: uuid.UUID) -> Company:
    """The company, for a member whose role may see what it contributed."""
    member = member_of(request)
    company = company_for(member, id)
    if not may(member, "view data"):
        raise PermissionDenied
    return company


def _kind(key: str) -> DataType:
    for each in DATA_TYPES:
        if each.key == key:
            return each
    raise Http404


def _asked(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("q", "")[:_LONGEST_TEXT].replace("\0", ""), request.GET.get("sort", "")


def _number(text: str) -> int:
    return min(max(1, int(text)), _MOST_PAGES) if text.isdecimal() else 1


def _held(company: Company) -> dict[str, int]:
    """How many records of each type the current snapshots hold; types that never came are left out."""
    held: dict[str, int] = {}
    for rows in StoredSnapshot.objects.filter(company=company, is_current=True).values_list(
        "rows", flat=True
    ):
        for table, count in rows.items():
            key = table.replace("_", "-")
            held[key] = held.get(key, 0) + count
    return held


def _tabs(company: Company, kind: DataType) -> list[dict[str, Any]]:
    held = _held(company)
    return [
        {
            "label": each.label,
            "href": reverse("company-data", args=[company.id, each.key]),
            "current": each is kind,
            "count": held.get(each.key),
        }
        for each in DATA_TYPES
        if each.key in held or each is kind
    ]


def _cells(found: Records, row: tuple[Any, ...]) -> list[tuple[str, Any]]:
    return [(heading.kind, value) for heading, value in zip(found.headings, row, strict=True)]


urlpatterns = [
    path("companies/<uuid:id>/data/", tables, name="company-tables"),
    path("companies/<uuid:id>/data/<slug:type>", data, name="company-data"),
    path("companies/<uuid:id>/data/<slug:type>.csv", csv, name="company-csv"),
]
