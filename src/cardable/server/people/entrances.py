"""An organization's ways to sign in, as its sign-in page offers them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from cardable.server.languages import speak_for
from cardable.server.organizations.access import every_organization, organization_by_slug
from cardable.server.organizations.models import Organization
from cardable.server.people.cookies import ORGANIZATION
from cardable.server.people.models import IdentityProvider
from cardable.server.people.providers import KIND, address_of
from cardable.server.tenancy import looking_at

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Way:
    """Another way to sign in than by password."""

    name: str
    href: str


@dataclass(frozen=True)
class Entrance:
    """What an organization shows whoever wants to sign in."""

    organization: Organization
    ways: tuple[Way, ...]


def entrance(request: HttpRequest) -> Entrance | None:
    """That of the organization named by the address, of the one used last, or of the only one there is."""
    slug = request.GET.get("organization") or request.COOKIES.get(ORGANIZATION, "")
    found = organization_by_slug(slug) if slug else None
    if found is None:
        everyone = every_organization()
        found = everyone[0] if len(everyone) == 1 else None
    return entrance_of(found, then=request.GET.get("next", "")) if found else None


def at_entrance(view: View) -> View:
    """Answers whoever has not signed in yet in a language of the organization at whose entrance it stands."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = None if getattr(request, "member", None) else entrance(request)
        if found:
            speak_for(found.organization)
        return view(request, *args, **kwargs)

    return answered


def entrance_of(organization_id: uuid.UUID, *, then: str = "") -> Entrance:
    """That of this organization; afterwards one goes where `then` says."""
    with looking_at(organization_id):
        organization = Organization.objects.get(id=organization_id)
        kinds = IdentityProvider.objects.filter(organization=organization, is_on=True)
        on = set(kinds.values_list("kind", flat=True))
    return Entrance(organization, tuple(_way(organization, kind, then) for kind in KIND if kind in on))


def _way(organization: Organization, kind: str, then: str) -> Way:
    href = reverse("openid_connect_login", kwargs={"provider_id": address_of(organization, kind)})
    return Way(KIND[kind].name, f"{href}?{urlencode({'next': then})}" if then else href)
