"""The order of the journey: which step comes next, and where a customer continues."""

from collections.abc import Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from cardable.language import noted
from cardable.server.connections.models import Connection
from cardable.server.link.entities import awaits_choice, entities_in
from cardable.server.link.reports import received, reports_of
from cardable.server.link.systems import system
from cardable.server.link.visits import View, Visit, of_connection
from cardable.server.presentation.look import look_of
from cardable.server.ui.templatetags.ui import again
from cardable.server.ui.templatetags.ui_parts import Step

SOFTWARE, CONSENT, HOW, COMPLETE, DONE = "software", "consent", "how", "complete", "done"
CONNECT, CONNECTED, ENTITIES = "connect", "connected", "entities"
"""The steps of software that is connected to, in the place of reports, and of files with companies."""
_LABELS = {
    SOFTWARE: noted("Choose your software"),
    CONSENT: noted("Agree to share"),
    HOW: noted("What happens next"),
    ENTITIES: noted("Choose companies"),
    COMPLETE: noted("Finish"),
    CONNECT: noted("Connect"),
    CONNECTED: noted("Finish"),
}


def order(connection: Connection | None, *, has_files: bool = True) -> list[tuple[str, str]]:
    """Every step with its label, in order; before software is chosen nobody knows the reports.

    `has_files` says whether there is software then that asks for any. Companies are chosen only where
    the files hold several.
    """
    chosen = system(connection.system) if connection else None
    reports = [(report.key, gettext(report.title)) for report in reports_of(chosen)] if chosen else []
    is_live = chosen.is_live if chosen else not has_files
    unknown = [] if chosen or is_live else [("suppliers", gettext("Bring your reports"))]
    first, last = (CONNECT, CONNECTED) if is_live else (HOW, COMPLETE)
    has_entities = connection is not None and bool(entities_in(connection))
    begin, end = _labelled(SOFTWARE, CONSENT, first), _labelled(*([ENTITIES] if has_entities else []), last)
    return [*begin, *reports, *unknown, *end]


def _labelled(*keys: str) -> list[tuple[str, str]]:
    return [(key, gettext(_LABELS[key])) for key in keys]


def after(connection: Connection, step: str) -> str:
    """The step that follows."""
    keys = [key for key, _ in order(connection)]
    return keys[keys.index(step) + 1]


def before(connection: Connection, step: str) -> str:
    """The step that this one follows."""
    keys = [key for key, _ in order(connection)]
    return keys[keys.index(step) - 1]


def has_agreed(connection: Connection) -> bool:
    return connection.step != CONSENT


def reach(connection: Connection, step: str) -> None:
    """Remember how far the customer came; going back to look does not lose the place."""
    keys = [key for key, _ in order(connection)]
    if connection.step == DONE or step not in keys:
        return
    if connection.step not in keys or keys.index(step) > keys.index(connection.step):
        connection.step = step
        connection.save(update_fields=["step"])


def address(visit: Visit, connection: Connection | None, step: str) -> str:
    """Where a step is."""
    if connection is None or step == SOFTWARE:
        return visit.url("link-software")
    if step == DONE:
        return visit.url("link-manage", connection.id)
    if step in (CONSENT, HOW, ENTITIES, COMPLETE, CONNECT, CONNECTED):
        return visit.url(f"link-{step}", connection.id)
    return visit.url("link-report", connection.id, step)


def with_files(view: View) -> View:
    """A page about files; who connected to software is led to where its journey is."""
    return _of_kind(view, is_live=False)


def without_files(view: View) -> View:
    """A page of software that is connected to."""
    return _of_kind(view, is_live=True)


def _of_kind(view: View, *, is_live: bool) -> View:
    @of_connection
    @wraps(view)
    def guarded(request: HttpRequest, visit: Visit, connection: Connection, **named: Any) -> HttpResponseBase:
        chosen = system(connection.system)
        if chosen is None or chosen.is_live != is_live:
            return redirect(address(visit, connection, connection.step))
        return view(request, visit, connection, **named)

    return guarded


def begun(visit: Visit) -> Connection | None:
    """The connection whose journey is not over yet, else the newest one that works."""
    mine = visit.connections.filter(is_streaming=False)
    return (
        mine.filter(status="PendingAuth").exclude(step=DONE).order_by("-created_at").first()
        or mine.filter(status__in=("Linked", "PendingAuth")).order_by("-created_at").first()
    )


def shown(
    request: HttpRequest,
    visit: Visit,
    template: str,
    current: str,
    connection: Connection | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A screen of the Link, with the issuer, the steps and the way out around it."""
    leaving = visit.url("link-exit") + (f"?from={connection.id}" if connection else "")
    chosen = system(connection.system) if connection else None
    look = look_of(
        visit.organization,
        company=visit.company.name,
        platform=again(connection.platform_name) if connection else "",
    )
    everything = {
        "visit": visit,
        "look": look,
        "hide_secured": not look.options.secured_by,
        "issuer": visit.organization,
        "company": visit.company,
        "connection": connection,
        "system": chosen,
        "steps": _steps(connection, current, has_files=visit.offer.has_files),
        "exit_href": leaving,
        "shell": "ui/link.html",
        **context,
    }
    return render(request, f"link/{template}.html", everything, status=status)


def _steps(connection: Connection | None, current: str, *, has_files: bool) -> Sequence[Step]:
    if current == DONE:
        return ()
    steps = order(connection, has_files=has_files)
    keys = [key for key, _ in steps]
    here = keys.index(current) if current in keys else 0
    reached = _reached(connection, keys, here)
    over = {key for at, key in enumerate(keys) if at < max(here, reached)}
    if connection:
        over -= _still_open(connection)
    return [
        Step(label, "current" if at == here else "done" if key in over else "to come")
        for at, (key, label) in enumerate(steps)
    ]


def _still_open(connection: Connection) -> set[str]:
    """Reports that neither came nor were skipped, and companies not chosen, though the customer is past."""
    chosen = system(connection.system)
    confirmed = connection.uploads.filter(status="Confirmed").values_list("report", flat=True)
    closed = {*confirmed, *received(connection), *connection.skipped}
    unchosen = {ENTITIES} if awaits_choice(connection, entities_in(connection)) else set()
    return unchosen | (set(chosen.reports) - closed) if chosen else set()


def _reached(connection: Connection | None, keys: Sequence[str], here: int) -> int:
    if connection and connection.step == DONE:
        return len(keys)
    return keys.index(connection.step) if connection and connection.step in keys else here
