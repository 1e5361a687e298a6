"""The form that brings files: they stream to storage before anything else of it is believed.

That takes as long as the customer's line does, so no transaction is held meanwhile; the rows of the files are
made in one of their own, once all is there.
"""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cardable.server.companies.folders import upload_key
from cardable.server.connections.models import Connection, Upload
from cardable.server.link import files, steps
from cardable.server.link.meanings import about
from cardable.server.link.receiving import Incoming, Received
from cardable.server.link.reports import Report
from cardable.server.link.systems import catalogue
from cardable.server.link.visits import Elsewhere, Visit, connection_of, entered, link_page
from cardable.server.syncs.requests import request_inspection
from cardable.server.tenancy import own_transactions

_FORM_BYTES = 1024 * 1024

Place = tuple[Visit, Connection, Report]


@own_transactions
@csrf_exempt
@link_page
def report(request: HttpRequest, **address: Any) -> HttpResponseBase:
    """One report's screen, and what is brought to it."""
    with transaction.atomic():
        visit, connection, step = _place(request, **address)
        if request.method != "POST":
            return files.step_shown(request, visit, connection, step)
        if int(request.META.get("CONTENT_LENGTH") or 0) > files.MOST_FILES * _limit() + _FORM_BYTES:
            fault = gettext("That is too much at once. Bring at most {count} files of 10 MB each.")
            fault = fault.format(count=files.MOST_FILES)
            return files.step_shown(request, visit, connection, step, faults=[fault], status=413)
        room = _room(connection, step)
    incoming = Incoming(
        request,
        lambda id: upload_key(connection.organization_id, connection.company_id, id),
        limit=_limit(),
        room=room,
        most=files.MOST_FILES,
    )
    request.upload_handlers = [incoming]
    return _heard_out(request, incoming, address)


def _heard_out(request: HttpRequest, incoming: Incoming, address: dict[str, Any]) -> HttpResponseBase:
    """The answer to a form; of one that is not ours, or that ends in a fault, nothing is kept."""
    is_kept = False
    try:
        response: HttpResponseBase = _take(request, incoming, address)
        is_kept = response.status_code != 403
    finally:
        incoming.end()
        if not is_kept:
            incoming.discard()
    return response


@csrf_protect
def _take(request: HttpRequest, incoming: Incoming, address: dict[str, Any]) -> HttpResponse:
    """The files of the form, each with its inspection asked for."""
    _ = request.POST  # Whoever did not look for the form's token has not read the form yet.
    incoming.end()
    with transaction.atomic():
        visit, connection, step = _place(request, **address)
        # Two forms at once must not bring more together than one may.
        Connection.objects.select_for_update().get(id=connection.id)
        incoming.keep_only(_room(connection, step))
        replaced = _replaced(request, connection, step)
        uploads = [_upload(connection, step, file, replaced) for file in incoming.received]
        return _answer(request, visit, connection, step, uploads, incoming)


def _answer(
    request: HttpRequest,
    visit: Visit,
    connection: Connection,
    step: Report,
    uploads: list[Upload],
    incoming: Incoming,
) -> HttpResponse:
    faults = [about(each.name, each.why) for each in incoming.refused]
    if not uploads:
        faults = faults or [gettext("Choose a file first.")]
        return files.step_shown(request, visit, connection, step, faults=faults, status=422)
    for fault in faults:
        messages.error(request, fault)
    if len(uploads) == 1 and not faults:
        return redirect(visit.url("link-check", connection.id, uploads[0].id))
    return redirect(steps.address(visit, connection, step.key))


def _place(
    request: HttpRequest, slug: str, company_id: uuid.UUID, connection_id: uuid.UUID, report: str
) -> Place:
    visit = entered(request, slug, company_id)
    connection = connection_of(visit, connection_id)
    step = files.step_of(connection, report)
    if step is None:
        raise Elsewhere(steps.address(visit, connection, steps.COMPLETE))
    if not visit.offer.takes(catalogue()[connection.system]):
        raise Elsewhere(steps.address(visit, connection, steps.DONE))
    if not steps.has_agreed(connection):
        raise Elsewhere(steps.address(visit, connection, steps.CONSENT))
    return visit, connection, step


def _upload(connection: Connection, step: Report, file: Received, replaces: list[str]) -> Upload:
    made = Upload.objects.create(
        id=file.id,
        organization_id=connection.organization_id,
        connection=connection,
        report=step.key,
        file_name=file.name,
        bytes=file.bytes,
        sha256=file.sha256,
        storage_key=file.key,
        replaces=replaces,
    )
    request_inspection(made)
    return made


def _replaced(request: HttpRequest, connection: Connection, step: Report) -> list[str]:
    """The confirmed files that the new ones take the place of, where the customer says so."""
    if request.POST.get("instead") != "yes":
        return []
    confirmed = connection.uploads.filter(report=step.key, status="Confirmed")
    return [str(id) for id in confirmed.values_list("id", flat=True)]


def _room(connection: Connection, step: Report) -> int:
    kept = connection.uploads.filter(report=step.key).exclude(status="Replaced").count()
    return max(0, files.MOST_FILES - kept)


def _limit() -> int:
    limit: int = settings.ENVIRONMENT.upload_bytes
    return limit
