"""The check screen: the customer sees what was understood of a file, mends it, and says it is right."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from cardable.server.connections.models import Connection, Upload
from cardable.server.link import steps
from cardable.server.link.check import ShownTable, changes, shown_tables
from cardable.server.link.meanings import about
from cardable.server.link.visits import Visit
from cardable.server.syncs.requests import request_inspection
from cardable.server.ui.templatetags.ui import again

Choices = dict[str, dict[str, Any]]

_SLOW_AFTER_SECONDS = 120
_NO_GUESS = object()


@steps.with_files
def check(request: HttpRequest, visit: Visit, connection: Connection, upload_id: uuid.UUID) -> HttpResponse:
    """What one file holds, to be mended and confirmed."""
    upload = connection.uploads.filter(id=upload_id).first()
    if upload is None or upload.status == "Replaced":
        return redirect(steps.address(visit, connection, connection.step))
    if request.method == "POST" and upload.status in ("Read", "Confirmed"):
        return _answered(request, visit, connection, upload)
    return _shown(request, visit, connection, upload)


def _answered(request: HttpRequest, visit: Visit, connection: Connection, upload: Upload) -> HttpResponse:
    """Read again with what was changed, or take the file as it is."""
    choices, faults = changes(upload, request.POST)
    if faults:
        return _shown(request, visit, connection, upload, faults=faults, status=422)
    here = visit.url("link-check", connection.id, upload.id)
    if _reads_anew(upload, choices):
        upload.choices, upload.status, upload.rejects_accepted = choices, "Received", False
        upload.asked_at = timezone.now()
        upload.save(update_fields=["choices", "status", "rejects_accepted", "asked_at"])
        request_inspection(upload)
        return redirect(here)
    upload.choices = choices
    if request.POST.get("do") != "confirm":
        upload.save(update_fields=["choices"])
        return redirect(here)
    upload.rejects_accepted = "accept" in request.POST
    faults = _obstacles(upload)
    if faults:
        return _shown(request, visit, connection, upload, faults=faults, status=422)
    upload.status, upload.confirmed_at = "Confirmed", timezone.now()
    upload.save(update_fields=["choices", "status", "confirmed_at", "rejects_accepted"])
    connection.uploads.filter(id__in=upload.replaces, status="Confirmed").update(status="Replaced")
    return redirect(_next(visit, connection, upload))


def _reads_anew(upload: Upload, choices: Choices) -> bool:
    """Whether the choices say something else than what was read.

    A guess confirmed is none, nor the currency of amounts that named none: they stay the same.
    """
    guessed: dict[tuple[str, str], str] = {}
    for table in shown_tables(upload):
        if table.dates:
            guessed[table.sheet, "date_order"] = table.dates["chosen"]
        if table.currencies and table.currencies["is_open"]:
            guessed[table.sheet, "currency"] = choices.get(table.sheet, {}).get("currency", "")
        elif table.currencies:
            guessed[table.sheet, "currency"] = table.currencies["chosen"]
    return _beyond(choices, guessed) != _beyond(upload.choices, guessed)


def _beyond(choices: Choices, guessed: Mapping[tuple[str, str], str]) -> Choices:
    """The choices without those that only say what was guessed."""
    told = {
        sheet: {name: value for name, value in each.items() if guessed.get((sheet, name), _NO_GUESS) != value}
        for sheet, each in choices.items()
    }
    return {sheet: each for sheet, each in told.items() if each}


def _obstacles(upload: Upload) -> list[str]:
    """Why a file cannot be taken as it is."""
    found = [_lacks(table, thing) for table in shown_tables(upload) for thing in table.lacking]
    found += [
        _asks_currency(table)
        for table in shown_tables(upload)
        if table.currencies and not table.currencies["chosen"]
    ]
    if not found and not upload.reading.get("usable"):
        found.append(
            gettext(
                "There is no row in this file that we can use. Change what the columns mean, or remove it."
            )
        )
    if not found and upload.reading.get("needs_acceptance") and not upload.rejects_accepted:
        found.append(
            gettext("More than 5% of the rows cannot be used. Say that you want to go on without them.")
        )
    return found


def _lacks(table: ShownTable, thing: str) -> str:
    if not table.sheet:
        return gettext("No column says {thing}. Choose the one that does.").format(thing=thing)
    words = gettext("Sheet “{sheet}”: No column says {thing}. Choose the one that does.")
    return words.format(sheet=table.sheet, thing=thing)


def _asks_currency(table: ShownTable) -> str:
    if not table.sheet:
        return gettext("Say which currency these amounts are in.")
    return gettext("Sheet “{sheet}”: Say which currency these amounts are in.").format(sheet=table.sheet)


def _next(visit: Visit, connection: Connection, upload: Upload) -> str:
    """The next file of the step that waits for a check, else the step itself."""
    waiting = connection.uploads.filter(report=upload.report, status="Read").order_by("received_at").first()
    if waiting:
        return visit.url("link-check", connection.id, waiting.id)
    return steps.address(visit, connection, upload.report)


def _shown(
    request: HttpRequest,
    visit: Visit,
    connection: Connection,
    upload: Upload,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_waiting = upload.status in ("Received", "Reading")
    if upload.status == "Refused" and not faults:
        return _refused(request, visit, connection, upload)
    tables = [] if is_waiting else shown_tables(upload)
    return steps.shown(
        request,
        visit,
        "check",
        upload.report,
        connection,
        status=status,
        upload=upload,
        is_waiting=is_waiting,
        is_slow=(timezone.now() - upload.asked_at).total_seconds() > _SLOW_AFTER_SECONDS,
        tables=tables,
        left_out=[each for each in tables if each.is_left_out],
        rejected=sum(each.rejected for each in tables),
        counted=sum(each.rejected + (each.summary.rows if each.summary else 0) for each in tables),
        faults=faults or [],
        usable=bool(upload.reading.get("usable")),
        needs_acceptance=bool(upload.reading.get("needs_acceptance") and upload.reading.get("usable")),
        here=visit.url("link-check", connection.id, upload.id),
        back=steps.address(visit, connection, upload.report),
        remove=visit.url("link-remove", connection.id, upload.id),
        rejects=visit.url("link-rejects", connection.id, upload.id),
    )


def _refused(request: HttpRequest, visit: Visit, connection: Connection, upload: Upload) -> HttpResponse:
    messages.error(request, about(upload.file_name, again(upload.refusal)))
    return redirect(steps.address(visit, connection, upload.report))
