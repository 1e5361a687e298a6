"""The Companies tab: every company of an issuer, and the invitation that many may use."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from cardable.server.connections.links import invite_url
from cardable.server.organizations.access import member_of
from cardable.server.portal.company_table import company_table, table_page


@login_required
def companies(request: HttpRequest) -> HttpResponse:
    """All companies, hierarchies folded."""
    return table_page(request, "portal/companies/list.html", company_table(request))


@login_required
def invite(request: HttpRequest) -> HttpResponse:
    """The address under which a customer names its own company; none while links work once."""
    member = member_of(request)
    if member.organization.one_time_links:
        raise Http404
    return render(request, "portal/companies/invite.html", {"url": invite_url(member.organization)})


urlpatterns = [
    path("companies/", companies, name="companies"),
    path("companies/invite", invite, name="company-invite"),
]
