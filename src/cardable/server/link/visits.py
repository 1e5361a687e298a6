"""Who has come to the Link: an admitted browser, and the company it may share data for."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection
from cardable.server.languages import speak_for, speak_to_anyone
from cardable.server.link.offer import Offer
from cardable.server.link.systems import catalogue
from cardable.server.organizations.access import organization_by_slug, organization_of_company
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import look_of
from cardable.server.tenancy import act_for

ADMITTED_SECONDS = 24 * 3600
_SALT = "cardable.link"
_MOST_PARAMETERS, _LONGEST_NAME, _LONGEST_VALUE = 20, 40, 200
_OWN_PARAMETERS = ("openId", "otp")
_TESTS = "link.showSandboxIntegrations"

View = Callable[..., HttpResponseBase]


class NotValid(Exception):
    """The address opens nothing, for whatever reason; strangers are not told which."""


class Elsewhere(Exception):
    """Another page is the right one."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Visit:
    """An admitted browser at one company's Link."""

    organization: Organization
    company: Company
    parameters: Mapping[str, str]
    """What the Link URL carried for the redirect at the end."""
    tests: bool | None = None
    """Whether software with made-up data is on offer, where the Link URL said so."""

    @property
    def may_manage(self) -> bool:
        """Whether connections are managed here; an address that stays open gives no such right."""
        return self.organization.manage_connections and self.organization.one_time_links

    @property
    def connections(self) -> QuerySet[Connection]:
        """What the company itself connected; what came with another company's files is that one's matter."""
        return Connection.objects.filter(company=self.company, origin=None)

    @cached_property
    def offer(self) -> Offer:
        """What may be chosen here."""
        options = look_of(self.organization).options
        return Offer(options, options.sandbox if self.tests is None else self.tests)

    def url(self, name: str, *rest: Any) -> str:
        """The address of one of the company's pages."""
        return reverse(name, args=[self.organization.slug, self.company.id, *rest])

    def ended(self, code: int, connection: Connection | None = None) -> str:
        """The address of an end of the journey."""
        return self.url("link-ended", code) + (f"?from={connection.id}" if connection else "")


def found(company_id: uuid.UUID, slug: str | None = None) -> tuple[Organization, Company]:
    """The company of an address and its issuer, whose rows are shown from here on; raises NotValid."""
    organization_id = organization_of_company(company_id) if slug is None else organization_by_slug(slug)
    organization = issuer(organization_id)
    company = Company.objects.filter(id=company_id, deleting_since=None).first()
    if company is None:
        act_for(None)
        raise NotValid
    company.organization = organization
    return organization, company


def issuer(organization_id: uuid.UUID | None) -> Organization:
    """The issuer of this id, whose rows are shown from here on; raises NotValid."""
    if organization_id is None:
        raise NotValid
    act_for(organization_id)
    organization = Organization.objects.get(id=organization_id)
    timezone.activate(organization.time_zone)
    speak_for(organization)
    return organization


def visit_of(request: HttpRequest, organization: Organization, company: Company) -> Visit | None:
    """The visit of a browser that was admitted within the last day."""
    name = _cookie(company)
    kept = request.get_signed_cookie(name, default=None, salt=_SALT, max_age=ADMITTED_SECONDS)
    if kept is None:
        return None
    told = dict(parse_qsl(kept))
    return Visit(organization, company, parameters=told, tests=_yes_or_no(told.pop(_TESTS, "")))


def visit_by(
    request: HttpRequest, organization: Organization, company: Company, before: Visit | None = None
) -> Visit:
    """The visit that a Link URL begins; what it does not say is as it was before."""
    parameters = custom_parameters(request) or (before.parameters if before else {})
    tests = _yes_or_no(request.GET.get(_TESTS, ""))
    if tests is None and before:
        tests = before.tests
    return Visit(organization, company, parameters, tests)


def _yes_or_no(said: str) -> bool | None:
    return {"true": True, "false": False}.get(said.lower())


def admit(response: HttpResponse, visit: Visit) -> HttpResponse:
    """Let this browser in for a day."""
    # No parameter of the issuer's own begins with "link.", so that this one stands for itself.
    own = {} if visit.tests is None else {_TESTS: str(visit.tests).lower()}
    response.set_signed_cookie(
        _cookie(visit.company),
        urlencode({**visit.parameters, **own}),
        salt=_SALT,
        max_age=ADMITTED_SECONDS,
        path="/link/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def custom_parameters(request: HttpRequest) -> dict[str, str]:
    """The parameters of the Link URL that are not ours, within reason."""
    own = {
        name: str(value)
        for name, value in request.GET.items()
        if not name.startswith("link.") and name not in _OWN_PARAMETERS
    }
    fitting = {name: value for name, value in own.items()
               if len(name) <= _LONGEST_NAME and len(value) <= _LONGEST_VALUE}  # fmt: skip
    return dict(list(fitting.items())[:_MOST_PARAMETERS])


def link_page(view: View) -> View:
    """A page of the Link: whoever may not see it gets the one page that says so, whatever the reason."""

    @wraps(view)
    def guarded(request: HttpRequest, *values: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *values, **named)
        except NotValid:
            return not_valid(request)
        except Elsewhere as place:
            return redirect(place.address)

    return guarded


def entered(request: HttpRequest, slug: str, company_id: uuid.UUID) -> Visit:
    """The visit of an admitted browser, whose company's rows are shown from here on.

    Raises NotValid, or Elsewhere where a press of the first button lets it in.
    """
    organization, company = found(company_id, slug)
    visit = visit_of(request, organization, company)
    if visit is None:
        if organization.one_time_links:
            raise NotValid
        raise Elsewhere(reverse("link-company", args=[slug, company_id]))
    return visit


def connection_of(visit: Visit, connection_id: uuid.UUID) -> Connection:
    """One of the company's connections; where its software is no longer offered, the journey ends there."""
    connection = visit.connections.filter(id=connection_id).first()
    if connection is None:
        raise Elsewhere(visit.url("link-software"))
    connection.company, connection.organization = visit.company, visit.organization
    if connection.system not in catalogue() or connection.step != "done":
        must_offer(visit, connection)
    return connection


def must_offer(visit: Visit, connection: Connection) -> None:
    """Raises Elsewhere where the software of a connection may not be chosen."""
    chosen = catalogue().get(connection.system)
    if chosen is None or not visit.offer.has(chosen):
        raise Elsewhere(visit.ended(501, connection))


def admitted(view: View) -> View:
    """A page for admitted browsers: `view(request, visit, …)`."""

    @link_page
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, company_id: uuid.UUID, **named: Any) -> HttpResponseBase:
        return view(request, entered(request, slug, company_id), **named)

    return guarded


def of_connection(view: View) -> View:
    """A page about one of the company's connections: `view(request, visit, connection, …)`."""

    @admitted
    @wraps(view)
    def guarded(
        request: HttpRequest, visit: Visit, connection_id: uuid.UUID, **named: Any
    ) -> HttpResponseBase:
        return view(request, visit, connection_of(visit, connection_id), **named)

    return guarded


def not_valid(request: HttpRequest, **address: Any) -> HttpResponse:
    """The same page for every address that opens nothing; its language tells of no issuer."""
    speak_to_anyone()
    # A switch would come back to this address, which the page does not repeat.
    return render(request, "link/not_valid.html", {"spoken": ()}, status=404)


def _cookie(company: Company) -> str:
    return f"link_{company.id.hex}"
