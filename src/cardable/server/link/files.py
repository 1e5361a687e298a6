"""The step of one report: export it, bring it, check it; or go on without it."""

import csv
import io
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext
from django.views.decorators.http import require_POST

from cardable.intake.templates import TEMPLATES
from cardable.language import ENGLISH
from cardable.server import storage
from cardable.server.connections.jobs import remove_files
from cardable.server.connections.models import Connection, Upload
from cardable.server.deferring import company_lock, enqueue
from cardable.server.link import steps
from cardable.server.link.reports import REPORTS, Report, kinds_in, received, reports_of
from cardable.server.link.summaries import of_upload
from cardable.server.link.systems import System, catalogue, system
from cardable.server.link.visits import Visit, admitted
from cardable.server.syncs.jobs import rejects_key
from cardable.server.syncs.requests import request_inspection
from cardable.server.ui.templatetags.ui import again

MOST_FILES = 20
ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xls,.xlsb"
_SAID_FROM = 4
"""The column of rejected rows from which on we speak."""
_WAITING = ("Received", "Reading")


@steps.with_files
@require_POST
def go_on(request: HttpRequest, visit: Visit, connection: Connection, report: str) -> HttpResponse:
    """On to the next step, with the report or, where that is allowed, without it."""
    step = step_of(connection, report)
    if step is None:
        raise Http404
    uploads = connection.uploads.filter(report=step.key)
    has_it = step.key in received(connection) or uploads.filter(status="Confirmed").exists()
    if not has_it and not step.loses:
        return redirect(steps.address(visit, connection, step.key))
    skipped = [key for key in connection.skipped if key != step.key] + ([] if has_it else [step.key])
    if skipped != connection.skipped:
        connection.skipped = skipped
        connection.save(update_fields=["skipped"])
    following = steps.after(connection, step.key)
    steps.reach(connection, following)
    return redirect(steps.address(visit, connection, following))


@steps.with_files
@require_POST
def remove(request: HttpRequest, visit: Visit, connection: Connection, upload_id: uuid.UUID) -> HttpResponse:
    """Take a file back."""
    upload = connection.uploads.filter(id=upload_id).first()
    if upload is None:
        return redirect(steps.address(visit, connection, connection.step))
    place, name, words = upload.report, upload.file_name, gettext("{file} was removed.")
    if _come_back(connection, upload):
        words = gettext("{file} was removed. The files it took the place of are back; check them again.")
    enqueue(
        remove_files,
        lock=company_lock(connection.company_id),
        organization_id=connection.organization_id,
        prefixes=[upload.storage_key, rejects_key(upload)],
    )
    upload.delete()
    messages.success(request, words.format(file=name))
    return redirect(steps.address(visit, connection, place))


def _come_back(connection: Connection, upload: Upload) -> bool:
    """Whether files are back that this one alone took the place of; they are read and checked anew."""
    if upload.status != "Confirmed":
        return False
    others = connection.uploads.filter(status="Confirmed").exclude(id=upload.id)
    still = {id for replaced in others.values_list("replaces", flat=True) for id in replaced}
    back = connection.uploads.filter(id__in=set(upload.replaces) - still, status="Replaced")
    for each in back:
        each.status, each.asked_at = "Received", timezone.now()
        each.save(update_fields=["status", "asked_at"])
        request_inspection(each)
    return bool(back)


@steps.with_files
def rejected_rows(
    request: HttpRequest, visit: Visit, connection: Connection, upload_id: uuid.UUID
) -> HttpResponse:
    """The rows that could not be used, with the reason, as CSV."""
    upload = connection.uploads.filter(id=upload_id).first()
    if upload is None:
        raise Http404
    try:
        content = b"".join(storage.chunks(rejects_key(upload)))
    except FileNotFoundError as fault:
        raise Http404 from fault
    stem = upload.file_name.rpartition(".")[0] or upload.file_name
    return _download(_in_words(content), gettext("{file} - rows to look at").format(file=stem) + ".csv")


def _in_words(content: bytes) -> bytes:
    """Rejected rows with what is said of them in the reader's language; all else is as the file had it."""
    if get_language() == ENGLISH:
        return content
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    next(rows)
    writer.writerow(_headings())
    writer.writerows((*row[:_SAID_FROM], *map(again, row[_SAID_FROM:])) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _headings() -> list[str]:
    return [
        pgettext("heading of rejected rows", "sheet"),
        pgettext("heading of rejected rows", "row"),
        pgettext("heading of rejected rows", "column"),
        pgettext("heading of rejected rows", "value"),
        pgettext("heading of rejected rows", "what is wrong"),
        pgettext("heading of rejected rows", "what to do"),
    ]


@admitted
def template(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """A spreadsheet with the headings we know, and one row that shows how to fill it in."""
    found = TEMPLATES.get(kind)
    if found is None:
        raise Http404
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(found.headers)
    writer.writerow(column.worked for column in found.columns)
    return _download(text.getvalue().encode("utf-8-sig"), found.file)


def step_shown(
    request: HttpRequest,
    visit: Visit,
    connection: Connection,
    step: Report,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One report's screen: what came, how to export it, and where to bring it."""
    chosen = _system(connection)
    every = list(connection.uploads.filter(report=step.key).order_by("received_at"))
    uploads = [each for each in every if each.status != "Replaced"]
    elsewhere = [each for each in received(connection).get(step.key, ()) if each.report != step.key]
    waiting = [each for each in uploads if each.status in _WAITING]
    confirmed = [each for each in uploads if each.status == "Confirmed"]
    return steps.shown(
        request,
        visit,
        "report",
        step.key,
        connection,
        status=status,
        report=step,
        export=chosen.exports[step.key],
        templates=[(kind, TEMPLATES[kind].file) for kind in step.templates],
        files=[_listed(visit, connection, each) for each in uploads],
        replaced=[each for each in every if each.status == "Replaced"],
        may_replace=bool(confirmed),
        replaces=bool(connection.linked_at),
        faults=faults or [],
        waiting=waiting,
        is_slow=any((timezone.now() - each.asked_at).total_seconds() > 120 for each in waiting),
        unchecked=[each for each in uploads if each.status == "Read"],
        elsewhere=elsewhere,
        wrong_kind=confirmed and not elsewhere and not any(_fits(step, each) for each in confirmed),
        may_go_on=bool(confirmed or elsewhere),
        accepted=ACCEPTED,
        most=MOST_FILES,
        back=steps.address(visit, connection, steps.before(connection, step.key)),
        other=visit.url("link-software"),
    )


def _fits(step: Report, upload: Upload) -> bool:
    return step.key == "any" or step.key in kinds_in(upload)


def _listed(visit: Visit, connection: Connection, upload: Upload) -> dict[str, Any]:
    """One file of the step, as the list shows it."""
    can_be_checked = upload.status in ("Read", "Confirmed")
    if upload.status == "Refused":
        note = again(upload.refusal)
    elif upload.status in _WAITING:
        note = gettext("We are reading it.")
    else:
        note = ", ".join(each.words for each in of_upload(upload)) or gettext("No rows we can use.")
    return {
        "name": upload.file_name,
        "size": upload.bytes,
        "note": note,
        "status": upload.status,
        "check": visit.url("link-check", connection.id, upload.id) if can_be_checked else "",
        "is_confirmed": upload.status == "Confirmed",
        "remove": visit.url("link-remove", connection.id, upload.id),
    }


def _system(connection: Connection) -> System:
    return catalogue()[connection.system]


def step_of(connection: Connection, key: str) -> Report | None:
    """The report of this step, where the connection's software asks for it."""
    chosen = system(connection.system)
    return REPORTS.get(key) if chosen and REPORTS.get(key) in reports_of(chosen) else None


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _attachment(name)
    return response


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
