"""Customers who come back and are asked for one more agreement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cardable.language import said
from cardable.server import events
from cardable.server.connections.consents import additional_text, has_agreed_to_more, record_consent
from cardable.server.connections.models import Connection
from cardable.server.link import steps
from cardable.server.link.visits import Visit, of_connection
from cardable.server.presentation.look import look_of


def asks_more(visit: Visit, connection: Connection) -> bool:
    """Whether the issuer asks for an agreement that the company has not given yet."""
    look = look_of(visit.organization, company=visit.company.name)
    return look.options.additional_consent and not has_agreed_to_more(look, connection)


@of_connection
def additional(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """The additional consent; whoever does not agree goes on all the same."""
    if not asks_more(visit, connection):
        return redirect(steps.address(visit, connection, connection.step))
    text = additional_text(look_of(visit.organization, company=visit.company.name))
    if request.method == "POST":
        if request.POST.get("do") == "agree" and request.POST.get("mark") == text.mark:
            record_consent(connection, text, request)
            words = said("{company} gave the additional consent.", company=visit.company.name)
            events.record("connection.consented", words, company=visit.company)
        return redirect(steps.address(visit, connection, connection.step))
    return steps.shown(request, visit, "additional", steps.DONE, connection, text=text)
