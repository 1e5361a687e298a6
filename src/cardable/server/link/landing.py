"""Where customers come in: a company's Link, one connection's, and the invitation to anyone."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from cardable.language import said
from cardable.server import events
from cardable.server.companies.changes import create_company
from cardable.server.companies.models import Company
from cardable.server.connections.links import opens
from cardable.server.connections.models import Connection
from cardable.server.link import steps
from cardable.server.link.returning import asks_more
from cardable.server.link.visits import (
    NotValid,
    Visit,
    admit,
    found,
    issuer,
    link_page,
    visit_by,
    visit_of,
)
from cardable.server.organizations.access import organization_by_slug
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import look_of

_MOST_INVITED_AN_HOUR = 200


@link_page
def company(request: HttpRequest, company_id: uuid.UUID, slug: str | None = None) -> HttpResponse:
    """The first screen; its button spends a one-time link and lets the browser in for a day."""
    return _company(request, company_id, slug)


def _company(
    request: HttpRequest, company_id: uuid.UUID, slug: str | None = None, wanted: Connection | None = None
) -> HttpResponse:
    organization, customer = found(company_id, slug)
    visit = visit_of(request, organization, customer)
    if request.method == "POST":
        return _let_in(request, organization, customer, visit, wanted)
    if visit is None and organization.one_time_links and not opens(customer, _secret(request)):
        raise NotValid
    visit = visit or visit_by(request, organization, customer)
    if not organization.one_time_links and not look_of(organization).options.landing_page:
        return _let_in(request, organization, customer, visit, wanted)
    begun = wanted or steps.begun(visit)
    return steps.shown(request, visit, "landing", steps.SOFTWARE, begun, begun=begun, exit_href="")


@link_page
def connection(request: HttpRequest, company_id: uuid.UUID, connection_id: uuid.UUID) -> HttpResponse:
    """The address of one connection, at which its journey goes on, whichever address began it."""
    _organization, customer = found(company_id)
    wanted = Connection.objects.filter(company=customer, id=connection_id, origin=None).first()
    if wanted is None:
        raise NotValid
    return _company(request, company_id, wanted=wanted)


@link_page
def invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """The customer names its company, which is made, and goes on."""
    organization = issuer(organization_by_slug(slug))
    if organization.one_time_links:
        raise NotValid
    name, fault = request.POST.get("company_name", ""), ""
    if request.method == "POST":
        try:
            customer = _invited(organization, name)
        except ValidationError as invalid:
            fault = " ".join(invalid.messages)
        else:
            visit = visit_by(request, organization, customer)
            _tell_of_beginning(customer)
            return admit(redirect(visit.url("link-software")), visit)
    look = look_of(organization)
    context = {
        "issuer": organization,
        "look": look,
        "hide_secured": not look.options.secured_by,
        "name": name,
        "fault": fault,
    }
    return render(request, "link/invitation.html", context, status=422 if fault else 200)


def _let_in(
    request: HttpRequest,
    organization: Organization,
    customer: Company,
    visit: Visit | None,
    wanted: Connection | None,
) -> HttpResponse:
    if visit is None and organization.one_time_links and not opens(customer, _secret(request), spend=True):
        raise NotValid
    visit = visit_by(request, organization, customer, before=visit)
    begun = wanted or steps.begun(visit)
    place = begun.step if begun else steps.SOFTWARE
    _tell_of_beginning(customer)
    address = steps.address(visit, begun, place)
    if begun and begun.step == steps.DONE and asks_more(visit, begun):
        address = visit.url("link-additional", begun.id)
    return admit(redirect(address), visit)


def _tell_of_beginning(customer: Company) -> None:
    words = said("{company} opened its Link.", company=customer.name)
    events.record("link.began", words, company=customer)


def _secret(request: HttpRequest) -> str:
    return request.GET.get("link.otp") or request.GET.get("otp") or ""


def _invited(organization: Organization, name: str) -> Company:
    """A company that names itself; strangers may not fill an issuer's books with inventions."""
    lately = timezone.now() - timedelta(hours=1)
    made = Company.objects.filter(created_by=None, created_at__gt=lately).count()
    if made >= _MOST_INVITED_AN_HOUR:
        raise ValidationError(gettext("Too many companies have come in the last hour. Try again in an hour."))
    return create_company(organization, name=name)
