"""Where a person is signed in, and how that ends."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from cardable.server.organizations.access import belongs_elsewhere
from cardable.server.organizations.models import User
from cardable.server.people.models import Session
from cardable.server.people.session_store import digest

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
            ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


@dataclass(frozen=True)
class Device:
    """A browser that is signed in now."""

    key: str
    name: str
    address: str
    signed_in_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def devices_of(user: User, request: HttpRequest) -> list[Device]:
    """Where the person is signed in, this browser first, then the one used last."""
    here = digest(request.session.session_key or "")
    found = Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")
    devices = [
        Device(each.session_key, _name(each.browser), each.address or "", each.signed_in_at, each.seen_at,
               each.session_key == here)
        for each in found
    ]  # fmt: skip
    return sorted(devices, key=lambda device: not device.is_this)


def sign_out(user: User, key: str) -> bool:
    """End one of the person's sessions; whether it was there."""
    return Session.objects.filter(user=user, session_key=key).delete()[0] > 0


def sign_out_everywhere(user: User, *, but: HttpRequest | None = None) -> int:
    """End the person's sessions, at once; how many that were."""
    ended = Session.objects.filter(user=user)
    if but is not None:
        ended = ended.exclude(session_key=digest(but.session.session_key or ""))
    return ended.delete()[0]


def leave(user: User, organization_id: uuid.UUID) -> None:
    """Whoever leaves an organization is signed out, unless it works for another one as well."""
    if not belongs_elsewhere(user.pk, organization_id):
        sign_out_everywhere(user)


def _name(browser: str) -> str:
    program = next((name for sign, name in _BROWSERS if sign in browser), "")
    system = next((name for sign, name in _SYSTEMS if sign in browser), "")
    program = program or (gettext("A browser") if system else gettext("An unknown browser"))
    return (
        gettext("%(browser)s on %(system)s") % {"browser": program, "system": system} if system else program
    )
