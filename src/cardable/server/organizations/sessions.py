"""How long a sign-in lasts: until nothing was done for a while, and never longer than a working day."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest

SIGNED_IN, SEEN = "signed in at", "seen at"
_NOTED_EVERY_SECONDS = 60


def start_session(request: HttpRequest) -> None:
    """Count from now."""
    request.session[SIGNED_IN] = request.session[SEEN] = int(time.time())


def end_stale_session(request: HttpRequest) -> None:
    """Sign out whoever was away too long or signed in too long ago."""
    if not request.user.is_authenticated:
        return
    now = int(time.time())
    seen = request.session.get(SEEN, now)
    old = now - request.session.get(SIGNED_IN, now) > settings.SESSION_COOKIE_AGE
    if old or now - seen > settings.SESSION_IDLE_SECONDS:
        logout(request)
        messages.info(request, "You were signed out after a while without use. Please sign in again.")
    elif SEEN not in request.session or now - seen > _NOTED_EVERY_SECONDS:
        request.session[SEEN] = now
