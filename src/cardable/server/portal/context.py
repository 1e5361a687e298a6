"""What every portal page knows: who is signed in, and where it may go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from cardable.language import noted
from cardable.server.languages import offered
from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import may
from cardable.server.organizations.sessions import seconds_left
from cardable.server.portal.settings_navigation import MONITOR, SETTINGS, Place, places

_SECTIONS = (
    (noted("Spend Insights"), "spend-insights", "view spend insights"),
    (noted("Companies"), "companies", None),
)
_GROUPS = ((noted("Monitor"), "monitor", MONITOR), (noted("Settings"), "settings", SETTINGS))


@dataclass(frozen=True)
class Tab:
    """A section of the portal, as its tab shows it."""

    label: str
    href: str
    is_current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The member, its organizations and the tabs its role may open, for the top bar."""
    member: Member | None = getattr(request, "member", None)
    return {
        "spoken": offered(),
        "member": member,
        "organization": member.organization if member else None,
        "memberships": getattr(request, "memberships", ()),
        "tabs": tabs(member, request.path) if member else (),
        "session_left": seconds_left(request) if member else None,
        "side_pages": side_pages(member, request.path) if member else (),
    }


def tabs(member: Member, path: str) -> tuple[Tab, ...]:
    """The sections a member may open, in order."""
    shown = []
    for label, name, right in _SECTIONS:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        if right is None or may(member, right):
            shown.append(Tab(gettext(label), href, path.startswith(href)))
    for label, name, pages in _GROUPS:
        if places(pages, member, path):
            shown.append(Tab(gettext(label), reverse(name), path.startswith(reverse(name))))
    return tuple(shown)


def side_pages(member: Member, path: str) -> tuple[Place, ...]:
    """The pages beside the one at this path, where it is one of Settings or Monitor."""
    for _, name, pages in _GROUPS:
        if path.startswith(reverse(name)):
            return places(pages, member, path)
    return ()
