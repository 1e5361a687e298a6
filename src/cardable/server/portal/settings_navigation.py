"""The pages of Settings and Monitor, and which of them a member may open."""

from collections.abc import Sequence
from typing import TypedDict

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext

from cardable.language import noted
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import may

Page = tuple[str, str, str]
"""Its label, the name of its address and the right it takes."""

SETTINGS: tuple[Page, ...] = (
    (noted("Users"), "settings-users", "manage users"),
    (noted("Permissions"), "settings-permissions", "manage users"),
    (noted("Sign-in"), "settings-sign-in", "manage users"),
    (noted("Provisioning"), "settings-provisioning", "manage users"),
    (noted("Spend Insights"), "settings-spend-insights", "change settings"),
    (noted("Link"), "settings-link", "change settings"),
    (noted("Branding"), "settings-branding", "change settings"),
    (noted("Redirects"), "settings-redirects", "change settings"),
    (noted("Email template"), "settings-email-template", "change settings"),
    (noted("Multi-language"), "settings-languages", "change settings"),
    (noted("Retention"), "settings-retention", "manage users"),
    (noted("Audit log"), "settings-audit", "manage users"),
    (noted("System status"), "settings-status", "manage users"),
)
MONITOR: tuple[Page, ...] = ((noted("Auth flow"), "monitor-auth-flow", "change settings"),)


class Place(TypedDict):
    """A page, as its entry in the navigation shows it."""

    label: str
    href: str
    current: bool


def places(pages: Sequence[Page], member: Member, path: str) -> tuple[Place, ...]:
    """Those pages the member may open, in order; the one at this path is current."""
    shown: list[Place] = []
    for label, name, right in pages:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        if may(member, right):
            shown.append({"label": gettext(label), "href": href, "current": path.startswith(href)})
    return tuple(shown)


@login_required
def settings_home(request: HttpRequest) -> HttpResponse:
    """The first page of Settings that the member may open."""
    for place in places(SETTINGS, member_of(request), request.path):
        return redirect(place["href"])
    raise Http404


@login_required
def monitor_home(request: HttpRequest) -> HttpResponse:
    """The first page of Monitor that the member may open."""
    for place in places(MONITOR, member_of(request), request.path):
        return redirect(place["href"])
    raise Http404


urlpatterns = [
    path("settings/", settings_home, name="settings"),
    path("monitor/", monitor_home, name="monitor"),
]
