"""How long a sign-in lasts: until nothing was done for a while, and never longer than a working day."""

import time
import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils.translation import gettext

from cardable.server.origin import address_of, browser_of

SIGNED_IN, SEEN = "signed in at", "seen at"
BROWSER, ADDRESS = "browser", "address"
THROUGH = "through"
"""The organization whose identity provider vouched for the person; a session by password has none."""
_NOTED_EVERY_SECONDS = 60


def start_session(request: HttpRequest, *, through: uuid.UUID | None = None) -> None:
    """Count from now, and note from where."""
    request.session[SIGNED_IN] = request.session[SEEN] = int(time.time())
    request.session[BROWSER], request.session[ADDRESS] = browser_of(request), address_of(request)
    request.session.pop(THROUGH, None)
    if through:
        request.session[THROUGH] = str(through)


def end_stale_session(request: HttpRequest) -> None:
    """Sign out whoever was away too long or signed in too long ago."""
    if request.user.is_authenticated and min(seconds_left(request)) < 0:
        logout(request)
        messages.info(
            request, gettext("You were signed out after a while without use. Please sign in again.")
        )


def note_use(request: HttpRequest, *, at_once: bool = False) -> None:
    """The person did something; what pages ask for by themselves does not count."""
    now = int(time.time())
    if SEEN not in request.session or at_once or now - request.session[SEEN] > _NOTED_EVERY_SECONDS:
        request.session[SEEN] = now


def seconds_left(request: HttpRequest) -> tuple[int, int]:
    """Until the session ends where nothing is done, and where something is."""
    now = int(time.time())
    idle = request.session.get(SEEN, now) + settings.SESSION_IDLE_SECONDS - now
    return idle, request.session.get(SIGNED_IN, now) + settings.SESSION_COOKIE_AGE - now
