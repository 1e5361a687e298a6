"""Settings > Audit log: who did what, when, from where and about which company."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cardable.server.audit import listing
from cardable.server.audit.actions import HEADINGS
from cardable.server.audit.models import Entry
from cardable.server.organizations.access import member_of


@login_required
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """The entries that match, newest first."""
    query = listing.query_of(request.GET)
    before = request.GET.get("before", "")
    is_later = before.isdecimal() and len(before) < 19
    lines, further = listing.page_of(query, int(before) if is_later else None)
    filters = request.GET.copy()
    filters.pop("before", None)
    context = {
        "query": query,
        "lines": lines,
        "further": further,
        "is_later": is_later,
        "filters": filters.urlencode(),
        "is_filtered": query != listing.Query(),
        "kinds": [("", gettext("All")), *((group, str(words)) for group, words in HEADINGS.items())],
        "company_name": _name_of(query, lines),
    }
    return render(request, "portal/settings/audit.html", context)


@login_required
@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The same entries for a spreadsheet."""
    return _export(request, listing.as_csv, "text/csv; charset=utf-8", "csv")


@login_required
@require_safe
def as_ndjson(request: HttpRequest) -> HttpResponseBase:
    """The same entries for a program, an object a line."""
    return _export(request, listing.as_ndjson, "application/x-ndjson", "ndjson")


def _export(
    request: HttpRequest,
    write: Callable[[Iterator[dict[str, Any]]], Iterator[str]],
    content_type: str,
    extension: str,
) -> HttpResponseBase:
    member = member_of(request)
    rows = listing.every(member.organization_id, listing.query_of(request.GET))
    response = StreamingHttpResponse(write(rows), content_type=content_type)
    name = f"audit-log_{timezone.localdate().isoformat()}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _name_of(query: listing.Query, lines: list[listing.Line]) -> str:
    """What the company asked for was called last."""
    if query.company is None:
        return ""
    shown = next((line.entry.company for line in lines if line.entry.company), "")
    latest = Entry.objects.filter(company_id=query.company).order_by("-id")
    return shown or latest.values_list("company", flat=True).first() or gettext("an unknown company")


urlpatterns = [
    path("settings/audit/", audit_log, name="settings-audit"),
    path("settings/audit/export.csv", as_csv, name="settings-audit-csv"),
    path("settings/audit/export.ndjson", as_ndjson, name="settings-audit-ndjson"),
]
