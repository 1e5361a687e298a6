"""Customers who come back: one more agreement, and all their connections in one list."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cardable.server import events
from cardable.server.connections.consents import additional_text, has_agreed_to, record_consent
from cardable.server.connections.models import Connection, ConnectionEvent
from cardable.server.connections.status import refresh
from cardable.server.link import steps
from cardable.server.link.systems import catalogue
from cardable.server.link.visits import NotValid, Visit, admitted, of_connection
from cardable.server.presentation.look import look_of

_LISTED = ("Linked", "Unlinked", "Deauthorized")


def asks_more(visit: Visit, connection: Connection) -> bool:
    """Whether the issuer asks for an agreement that the company has not given yet."""
    look = look_of(visit.organization, company=visit.company.name)
    return look.options.additional_consent and not has_agreed_to(additional_text(look), connection)


@of_connection
def additional(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """The additional consent; whoever does not agree goes on all the same."""
    if not asks_more(visit, connection):
        return redirect(steps.address(visit, connection, connection.step))
    text = additional_text(look_of(visit.organization, company=visit.company.name))
    if request.method == "POST":
        if request.POST.get("do") == "agree" and request.POST.get("mark") == text.mark:
            record_consent(connection, text, request)
            words = f"{visit.company.name} gave the additional consent."
            events.record("connection.consented", words, company=visit.company)
        return redirect(steps.address(visit, connection, connection.step))
    return steps.shown(request, visit, "additional", steps.DONE, connection, text=text)


@admitted
def connections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All connections of the company, each to be disconnected or taken up again."""
    _must_manage(visit)
    found = Connection.objects.filter(company=visit.company, status__in=_LISTED).order_by("created_at")
    return steps.shown(request, visit, "connections", steps.DONE, None, connections=list(found))


@admitted
@require_POST
def disconnect(request: HttpRequest, visit: Visit, connection_id: uuid.UUID) -> HttpResponse:
    """Nothing more is read; what was read stays."""
    _must_manage(visit)
    found = Connection.objects.filter(company=visit.company, id=connection_id, status="Linked").first()
    if found and Connection.objects.filter(id=found.id, status="Linked").update(status="Unlinked"):
        ConnectionEvent.objects.create(
            organization=visit.organization, connection=found, kind="Unlinked", reason="By the customer."
        )
        refresh(visit.company)
        words = f"{visit.company.name} disconnected {found.platform_name}."
        events.record("connection.disconnected", words, company=visit.company)
        messages.success(request, f"{found.platform_name} is disconnected. What you shared is kept.")
    return redirect(visit.url("link-connections"))


@admitted
@require_POST
def reconnect(request: HttpRequest, visit: Visit, connection_id: uuid.UUID) -> HttpResponse:
    """Through the agreement again, and on to newer files."""
    _must_manage(visit)
    gone = Connection.objects.filter(company=visit.company, status__in=("Unlinked", "Deauthorized"))
    found = gone.filter(id=connection_id, is_streaming=False).first()
    if found is None or found.system not in catalogue():
        return redirect(visit.url("link-connections"))
    found.status, found.step, found.skipped = "PendingAuth", steps.CONSENT, []
    found.save(update_fields=["status", "step", "skipped"])
    ConnectionEvent.objects.create(
        organization=visit.organization, connection=found, kind="Started", reason="By the customer."
    )
    refresh(visit.company)
    words = f"{visit.company.name} takes up {found.platform_name} again."
    events.record("connection.reconnected", words, company=visit.company)
    return redirect(steps.address(visit, found, steps.CONSENT))


def _must_manage(visit: Visit) -> None:
    """Only behind one-time links: whoever has an address that works for ever may not sever anything."""
    if not (look_of(visit.organization).options.manage_connections and visit.organization.one_time_links):
        raise NotValid
