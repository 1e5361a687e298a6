"""Reports handed out: streamed from storage as attachments, each written down."""

import uuid
from collections.abc import Iterator
from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cardable.language import said
from cardable.reports import report
from cardable.server import events, storage
from cardable.server.companies.access import company_for
from cardable.server.insights.access import report_file
from cardable.server.insights.making import BUNDLE
from cardable.server.insights.models import ReportFile
from cardable.server.organizations.access import member_of

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "zip": "application/zip",
}


@login_required
@require_safe
def download(request: HttpRequest, id: uuid.UUID, key: str) -> HttpResponseBase:
    """The newest file of one report."""
    try:
        name = report(key).name
    except KeyError as unknown:
        raise Http404 from unknown
    return _handed_out(request, id, key, said("{name} was downloaded.", name=name))


@login_required
@require_safe
def bundle(request: HttpRequest, id: uuid.UUID) -> HttpResponseBase:
    """The newest run's reports in one zip."""
    return _handed_out(request, id, BUNDLE, said("All reports were downloaded."))


def _handed_out(request: HttpRequest, id: uuid.UUID, key: str, words: str) -> HttpResponseBase:
    member = member_of(request)
    company = company_for(member, id)
    file = report_file(company, key)
    response = StreamingHttpResponse(_chunks(file), content_type=_type(file.file_name))
    response["Content-Disposition"] = content_disposition_header(True, file.file_name)
    response["Content-Length"] = str(file.bytes)
    if request.method == "GET":
        events.record("reports.downloaded", words, company=company, actor=str(member))
    return response


def _chunks(file: ReportFile) -> Iterator[bytes]:
    """The file's bytes; Http404 at once, before any header is sent, where it is gone."""
    parts = storage.chunks(file.storage_key)
    try:
        first = next(parts, b"")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return chain([first], parts)


def _type(file_name: str) -> str:
    return _TYPES.get(file_name.rpartition(".")[2], "application/octet-stream")


urlpatterns = [
    path("spend-insights/<uuid:id>/reports/<slug:key>", download, name="report-download"),
    path("spend-insights/<uuid:id>/bundle", bundle, name="report-bundle"),
]
