"""Where a person lands: the first section its role may open."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from cardable.server.organizations.access import member_of
from cardable.server.portal.context import tabs


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Spend Insights, or Companies for those who do not see it."""
    for tab in tabs(member_of(request), request.path):
        return redirect(tab.href)
    raise Http404


urlpatterns = [path("", home, name="home")]
