"""What every portal page knows: who is signed in, and where it may go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import may

_SECTIONS = (
    ("Spend Insights", "spend-insights", "view spend insights"),
    ("Companies", "companies", None),
)


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
        "member": member,
        "organization": member.organization if member else None,
        "memberships": getattr(request, "memberships", ()),
        "tabs": tabs(member, request.path) if member else (),
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
            shown.append(Tab(label, href, path.startswith(href)))
    return tuple(shown)
