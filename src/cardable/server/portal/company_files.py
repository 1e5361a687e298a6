"""The files a company uploaded, by day."""

import itertools
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import IO, Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from cardable.language import noted
from cardable.reports import company_stem
from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.connections.models import Upload
from cardable.server.organizations.access import member_of
from cardable.server.portal.company_data import data_company
from cardable.server.portal.company_entities import brought
from cardable.server.portal.company_page import company_page, page_of
from cardable.server.ui.templatetags.ui import again

_SHOWN = 100
_REPORTS = (
    noted("suppliers"),
    noted("bills"),
    noted("payments"),
    noted("expenses"),
    noted("any"),
)
"""What files are asked for, as uploads keep it."""


@login_required
def files(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Every uploaded file, the latest day first."""
    company = data_company(request, id)
    page = page_of(request, _uploads(company).order_by("-received_at", "-id"), _SHOWN)
    days = itertools.groupby(page.object_list, lambda each: timezone.localdate(each.received_at))
    context = {
        "brought": brought(member_of(request), company),
        "page": page,
        "days": [{"day": day, "files": [_shown(company, each) for each in group]} for day, group in days],
    }
    return company_page(request, company, noted("Uploaded files"), "portal/companies/files.html", **context)


@login_required
def file(request: HttpRequest, id: uuid.UUID, upload: uuid.UUID) -> HttpResponseBase:
    """One uploaded file, as it came."""
    kept = _uploads(data_company(request, id)).filter(id=upload).first()
    if kept is None:
        raise Http404
    try:
        parts = storage.chunks(kept.storage_key)
        first = next(parts, b"")
    except FileNotFoundError as fault:
        raise Http404 from fault
    answer = StreamingHttpResponse(itertools.chain([first], parts), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, kept.file_name)
    return answer


@login_required
def files_of_day(request: HttpRequest, id: uuid.UUID, day: str) -> HttpResponseBase:
    """All files of one day in a zip, with a folder for each integration."""
    company = data_company(request, id)
    found = list(_uploads(company).filter(received_at__range=_whole(day)).order_by("received_at", "id"))
    if not found:
        raise Http404
    target = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    _write_zip(target, found)
    target.seek(0)
    name = f"{company_stem(company.name)}_Files_{day}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


def _uploads(company: Company) -> QuerySet[Upload]:
    return Upload.objects.filter(connection__company=company).select_related("connection")


def _shown(company: Company, upload: Upload) -> dict[str, Any]:
    return {
        "name": upload.file_name,
        "size": upload.bytes,
        "note": f"{again(upload.connection.platform_name)}, {gettext(upload.report)}",
        "status": upload.status,
        "href": reverse("company-file", args=[company.id, upload.id]),
    }


def _whole(day: str) -> tuple[datetime, datetime]:
    """The first and the last moment of a day, in the organization's time zone."""
    try:
        start = timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))
        end = timezone.make_aware(datetime.combine(date.fromisoformat(day), time.max))
    except (ValueError, OverflowError) as fault:
        raise Http404 from fault
    return start, end


def _write_zip(target: IO[bytes], uploads: Iterable[Upload]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for upload, name in _named(uploads):
            try:
                parts = storage.chunks(upload.storage_key)
                first = next(parts, b"")
            except FileNotFoundError:
                continue
            with bundle.open(name, "w", force_zip64=True) as entry:
                for part in itertools.chain([first], parts):
                    entry.write(part)


def _named(uploads: Iterable[Upload]) -> Iterator[tuple[Upload, str]]:
    """Each file with its place in the zip; two of one name are told apart by a number."""
    taken: set[str] = set()
    for upload in uploads:
        folder, name = _plain(upload.connection.platform_name), _plain(upload.file_name)
        stem, dot, ending = name.rpartition(".")
        place = f"{folder}/{name}"
        for number in itertools.count(2):
            if place.casefold() not in taken:
                break
            place = f"{folder}/{stem or name} ({number}){dot}{ending if stem else ''}"
        taken.add(place.casefold())
        yield upload, place


def _plain(name: str) -> str:
    """A name that leads nowhere but into its folder."""
    kept = "".join("_" if each in '\\/:*?"<>|' or not each.isprintable() else each for each in name)
    return kept.strip(" .") or "file"


urlpatterns = [
    path("companies/<uuid:id>/files", files, name="company-files"),
    path("companies/<uuid:id>/files/<uuid:upload>", file, name="company-file"),
    path("companies/<uuid:id>/files/<str:day>.zip", files_of_day, name="company-files-of-day"),
]
