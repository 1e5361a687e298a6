"""What a customer has connected: looked at, let go and taken up again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST

from cardable.language import noted, said
from cardable.server import events
from cardable.server.connections.changes import NotLinked, unlink
from cardable.server.connections.models import LET_GO, Connection, ConnectionEvent
from cardable.server.connections.status import refresh
from cardable.server.link import steps
from cardable.server.link.visits import Visit, admitted, must_offer, of_connection
from cardable.server.syncs.counted import counted, set_aside
from cardable.server.ui.templatetags.ui import again

_CUSTOMER = noted("the customer")


@admitted
def connections(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every connection the company ever finished, with what can be done with it."""
    _must_manage(visit)
    found = visit.connections.filter(status__in=("Linked", *LET_GO))
    return steps.shown(
        request,
        visit,
        "connections",
        steps.DONE,
        None,
        held=list(found.order_by("-linked_at", "-created_at")),
        let_go=LET_GO,
        aside=set_aside([visit.company.id]),
    )


@of_connection
def disconnect(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """The question whether to, and the end of reading; what was read is kept."""
    _must_manage(visit)
    back = visit.url("link-connections")
    if request.method != "POST":
        return steps.shown(request, visit, "disconnect", steps.DONE, connection, back=back, exit_href="")
    try:
        unlink(connection, by=_CUSTOMER)
    except NotLinked:
        words = gettext("{platform} is not connected, so there is nothing to stop.")
        messages.error(request, words.format(platform=again(connection.platform_name)))
    else:
        words = gettext("{platform} was disconnected. Nothing more is read from it.")
        messages.success(request, words.format(platform=again(connection.platform_name)))
    return redirect(back)


@of_connection
@require_POST
def reconnect(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """Go on where it was, once the customer has agreed anew."""
    _must_manage(visit)
    if connection.status in LET_GO:
        must_offer(visit, connection)
        take_up(connection)
    return redirect(steps.address(visit, connection, connection.step))


def take_up(connection: Connection) -> None:
    """A connection that was let go is on its way again; its files are still there."""
    connection.status, connection.step, connection.error = "PendingAuth", steps.CONSENT, ""
    connection.save(update_fields=["status", "step", "error"])
    ConnectionEvent.objects.create(
        organization_id=connection.organization_id,
        connection=connection,
        kind="Started",
        reason=said("By {who}, once more.", who=_CUSTOMER),
    )
    refresh(connection.company)
    words = said(
        "{company} began to connect {platform} again.",
        company=connection.company.name,
        platform=connection.platform_name,
    )
    events.record("connection.resumed", words, company=connection.company)


def gives_way(connection: Connection) -> str:
    """The software whose data counts no more once this one has brought its own."""
    others = Connection.objects.filter(company_id=connection.company_id, source_type=connection.source_type)
    counting = counted().filter(connection__in=others.exclude(id=connection.id))
    names = [again(each.connection.platform_name) for each in counting.select_related("connection")]
    return pgettext("between two names", " and ").join(names)


def _must_manage(visit: Visit) -> None:
    if not visit.may_manage:
        raise Http404
