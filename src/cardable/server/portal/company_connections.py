"""A company's connections: their state, their timeline, and what the issuer may do with them."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from cardable.language import noted
from cardable.server.companies.access import company_for
from cardable.server.connections.access import connection_for, connections_below, origins_of
from cardable.server.connections.changes import NotLinked, delete_connection, unlink
from cardable.server.connections.links import connection_url, link_url
from cardable.server.connections.models import Connection
from cardable.server.organizations.access import member_of
from cardable.server.organizations.roles import may
from cardable.server.portal.company_page import company_page
from cardable.server.portal.email_template import mails
from cardable.server.syncs.counted import ChosenElsewhere, NoData, choose, set_aside
from cardable.server.ui.statuses import status_words
from cardable.server.ui.templatetags.ui import again

_SHOWN = 100
_SOURCES = (noted("Accounting"), noted("Expense"))
"""What kinds of software there are, as connections keep them."""
_KINDS = {
    noted("Started"): "none",
    noted("Completed"): "good",
    noted("Deauthorized"): "warn",
    noted("Unlinked"): "bad",
}


@login_required
def connections(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """All connections of a company and those below it: a panel over a list, or the page to manage them."""
    member = member_of(request)
    company = company_for(member, id)
    found = list(connections_below(member, company)[: _SHOWN + 1])
    context = {
        "connections": found[:_SHOWN],
        "has_more": len(found) > _SHOWN,
        "faults": sum(bool(each.error) for each in found),
        "aside": set_aside({each.company_id for each in found}),
        "origins": origins_of(member, found),
    }
    context["can_invite"] = may(member, "add connections")
    if not member.organization.one_time_links:
        context["urls"] = {each.id: connection_url(each, member).url for each in found}
        link = link_url(company, member)
        context |= {"link": link, "emails": mails(company, member, link.url, link.expires)}
    if request.headers.get("X-Window"):
        return render(request, "portal/companies/panel.html", {"company": company, **context})
    return company_page(
        request, company, noted("Manage connections"), "portal/companies/connections.html", **context
    )


@login_required
def timeline(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """What happened to one connection, oldest first."""
    member = member_of(request)
    company = company_for(member, id)
    found = list(connections_below(member, company)[:_SHOWN])
    wanted = request.GET.get("connection", "")
    connection = next((each for each in found if str(each.id) == wanted), found[0] if found else None)
    context = {
        "company": company,
        "connections": found,
        "connection": connection,
        "events": _happened(connection) if connection else [],
    }
    return render(request, "portal/companies/timeline.html", context)


def _happened(connection: Connection) -> list[dict[str, object]]:
    return [
        {
            "title": status_words(event.kind),
            "at": event.at,
            "text": again(event.reason),
            "kind": _KINDS.get(event.kind, ""),
        }
        for event in connection.timeline.order_by("at", "id")
    ]


@login_required
@require_POST
def sever(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Unlink a connection; its data stays."""
    connection = _managed(request, id)
    try:
        unlink(connection, by=str(member_of(request).user))
    except NotLinked:
        words = gettext("{platform} is not linked, so there is nothing to unlink.")
        messages.error(request, words.format(platform=again(connection.platform_name)))
    else:
        words = gettext("{platform} was unlinked. Its data stays readable.")
        messages.success(request, words.format(platform=again(connection.platform_name)))
    return redirect("company-connections", connection.company_id)


@login_required
def remove(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The confirmation, and the deletion of a connection with the data it brought."""
    connection = _managed(request, id)
    if request.method == "POST":
        delete_connection(connection, by=member_of(request))
        words = gettext("{platform} was deleted with the data it brought.")
        messages.success(request, words.format(platform=again(connection.platform_name)))
        return redirect("company-connections", connection.company_id)
    return render(request, "portal/companies/connection_delete.html", {"connection": connection})


@login_required
@require_POST
def count(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Let a connection's data count in reports again, in the place of the one that replaced it."""
    connection = _managed(request, id)
    try:
        choose(connection, by=str(member_of(request)))
    except ChosenElsewhere:
        words = gettext("{platform} is connected by the parent company, whose customer chooses what counts.")
        messages.error(request, words.format(platform=again(connection.platform_name)))
    except NoData:
        words = gettext("{platform} has brought no data that could count.")
        messages.error(request, words.format(platform=again(connection.platform_name)))
    else:
        words = gettext("Data from {platform} counts again. New reports are being made of it.")
        messages.success(request, words.format(platform=again(connection.platform_name)))
    return redirect("company-connections", connection.company_id)


@login_required
def link(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The address at which the customer goes on with this connection."""
    member = member_of(request)
    connection = connection_for(member, id)
    if connection.origin_id:
        # It has no journey of its own: its data comes with its origin's.
        raise Http404
    address = connection_url(connection, member)
    context = {
        "connection": connection,
        "link": address,
        "emails": mails(connection.company, member, address.url, address.expires),
    }
    return render(request, "portal/companies/connection_link.html", context)


def _managed(request: HttpRequest, id: uuid.UUID) -> Connection:
    return connection_for(member_of(request), id)


urlpatterns = [
    path("companies/<uuid:id>/connections", connections, name="company-connections"),
    path("companies/<uuid:id>/timeline", timeline, name="company-timeline"),
    path("connections/<uuid:id>/count", count, name="connection-count"),
    path("connections/<uuid:id>/link", link, name="connection-link"),
    path("connections/<uuid:id>/unlink", sever, name="connection-unlink"),
    path("connections/<uuid:id>/delete", remove, name="connection-delete"),
]
