"""The records a company contributed, in tables to read and as CSV to take along."""

import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cardable.language import noted, said
from cardable.reports import company_stem
from cardable.server import events
from cardable.server.companies.access import company_for
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection
from cardable.server.organizations.access import member_of
from cardable.server.organizations.roles import may
from cardable.server.portal.company_entities import brought
from cardable.server.portal.company_page import company_page
from cardable.server.portal.record_tables import DATA_TYPES, DataType, Records, records, write_csv
from cardable.server.syncs.counted import SetAside, counted, set_aside
from cardable.server.syncs.models import StoredSnapshot
from cardable.server.syncs.requests import readable_again, request_reading
from cardable.server.ui.templatetags.ui import again

_ROWS = 50
_BY_UPLOAD = _("The data came by file upload. Newer data comes when the customer brings newer files.")
_NO_DATA = _("No data has been received yet.")
_LONGEST_TEXT = 200
_MOST_PAGES = 1_000_000


@dataclass(frozen=True)
class Stored:
    """The snapshots that a page shows, and what else there is."""

    folders: tuple[str, ...]
    rows: Mapping[str, int]
    """Type of data to how many records of it there are; types that never came are left out."""
    connection: Connection | None
    """Whose data is shown, where it is not the data that counts."""
    why: SetAside | None
    others: tuple[tuple[Connection, SetAside], ...]
    """Connections whose data is kept aside and not shown."""

    @property
    def query(self) -> str:
        return f"?connection={self.connection.id}" if self.connection else ""


@login_required
def tables(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The first type of data that there is."""
    company = data_company(request, id)
    stored = _stored(request, company)
    first = next((each for each in DATA_TYPES if stored.rows.get(each.key)), DATA_TYPES[0])
    return redirect(reverse("company-data", args=[company.id, first.key]) + stored.query)


@login_required
def data(request: HttpRequest, id: uuid.UUID, type: str) -> HttpResponse:
    """The records of one type, to read and to search."""
    company, kind = data_company(request, id), _kind(type)
    stored, told = _stored(request, company), brought(member_of(request), company)
    text, sort = _asked(request)
    number = _number(request.GET.get("page", ""))
    found = records(stored.folders, kind, text=text, sort=sort, start=(number - 1) * _ROWS, size=_ROWS)
    page = Paginator(range(found.total), _ROWS).get_page(number)
    if page.number != number:
        found = records(
            stored.folders, kind, text=text, sort=sort, start=(page.number - 1) * _ROWS, size=_ROWS
        )
    context = {
        "kind": kind,
        "caption": gettext("%(records)s of %(name)s") % {"records": kind.label, "name": company.name},
        "types": _tabs(company, kind, stored),
        "headings": found.headings,
        "rows": [_cells(found, row) for row in found.rows],
        "width": max(1, len(found.headings)),
        "page": page,
        "text": text,
        "sort": sort,
        "csv": f"{reverse('company-csv', args=[company.id, kind.key])}?{request.GET.urlencode()}",
        "brought": told,
        "stored": stored,
        "everything": stored.query or "?",
        "can_refresh": may(member_of(request), "update reports"),
        "not_refreshed": why_not_refreshed(company, has_data=bool(stored.rows or told.below)),
    }
    return company_page(request, company, noted("Data"), "portal/companies/data.html", **context)


@login_required
def csv(request: HttpRequest, id: uuid.UUID, type: str) -> HttpResponseBase:
    """The matching records as a file."""
    company, kind = data_company(request, id), _kind(type)
    with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
        target = Path(folder) / "records.csv"
        text, sort = _asked(request)
        write_csv(_stored(request, company).folders, kind, target, text=text, sort=sort)
        # An open file outlives its folder.
        file = target.open("rb")
    name = f"{company_stem(company.name)}_{kind.name.title().replace(' ', '')}_{timezone.localdate()}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@login_required
@require_POST
def refresh(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Read anew what could not be read."""
    company = data_company(request, id)
    waiting = list(readable_again(company))
    for connection in waiting:
        request_reading(connection)
    if not waiting:
        messages.info(request, why_not_refreshed(company, has_data=True))
        return redirect("company-tables", company.id)
    names = ", ".join(each.platform_name for each in waiting)
    words = said("The files from {names} are read again.", names=names)
    events.record("read.requested", words, company=company, actor=str(member_of(request)))
    told = gettext("The files from {names} are read again. Its progress shows here.")
    messages.success(request, told.format(names=", ".join(again(each.platform_name) for each in waiting)))
    return redirect("company-history", company.id)


def why_not_refreshed(company: Company, *, has_data: bool) -> str:
    """Why data cannot be read anew; empty where it can."""
    if readable_again(company).exists():
        return ""
    return str(_BY_UPLOAD if has_data else _NO_DATA)


def data_company(request: HttpRequest, id: uuid.UUID) -> Company:
    """The company whose contributed data the address is about; Http404 for strangers."""
    return company_for(member_of(request), id)


def _kind(key: str) -> DataType:
    for each in DATA_TYPES:
        if each.key == key:
            return each
    raise Http404


def _asked(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("q", "")[:_LONGEST_TEXT].replace("\0", ""), request.GET.get("sort", "")


def _number(text: str) -> int:
    return min(max(1, int(text)), _MOST_PAGES) if text.isdecimal() else 1


def _stored(request: HttpRequest, company: Company) -> Stored:
    """What counts, or what one connection brought that is kept aside."""
    aside = set_aside([company.id])
    others = list(Connection.objects.filter(id__in=aside).order_by("counted_since"))
    wanted = request.GET.get("connection", "")
    connection = next((each for each in others if str(each.id) == wanted), None)
    found = counted().filter(company=company).order_by("created_at", "id")
    if connection:
        found = StoredSnapshot.objects.filter(connection=connection, is_current=True)
    rows: dict[str, int] = {}
    for snapshot in found:
        for table, count in snapshot.rows.items():
            key = table.replace("_", "-")
            rows[key] = rows.get(key, 0) + count
    return Stored(
        folders=tuple(each.storage_prefix for each in found),
        rows=rows,
        connection=connection,
        why=aside[connection.id] if connection else None,
        others=tuple((each, aside[each.id]) for each in others if each is not connection),
    )


def _tabs(company: Company, kind: DataType, stored: Stored) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "href": reverse("company-data", args=[company.id, each.key]) + stored.query,
            "current": each is kind,
            "count": stored.rows.get(each.key),
        }
        for each in DATA_TYPES
        if each.key in stored.rows or each is kind
    ]


def _cells(found: Records, row: tuple[Any, ...]) -> list[tuple[str, Any]]:
    return [(heading.kind, value) for heading, value in zip(found.headings, row, strict=True)]


urlpatterns = [
    path("companies/<uuid:id>/data/", tables, name="company-tables"),
    path("companies/<uuid:id>/refresh", refresh, name="company-refresh"),
    path("companies/<uuid:id>/data/<slug:type>", data, name="company-data"),
    path("companies/<uuid:id>/data/<slug:type>.csv", csv, name="company-csv"),
]
