"""What a browser keeps from one sign-in to the next: who used it before, and for which organization."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

ORGANIZATION = "cardable_organization"
_COOKIE, _SALT = "cardable_device", "cardable.device"
_DAYS, _PEOPLE = 365, 5


class CookieMiddleware:
    """Writes both after somebody signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if email := getattr(request, "known_from_now", ""):
            kept = _read(request)
            people = list(dict.fromkeys([_mark(email), *kept.people]))[:_PEOPLE]
            _set(response, _COOKIE, signing.dumps([kept.id, people], salt=_SALT))
        if slug := getattr(request, "entered", ""):
            _set(response, ORGANIZATION, slug)
        return response


def remember(request: HttpRequest, email: str) -> None:
    """From the answer on this browser is one that the person is known to use."""
    request.known_from_now = email  # type: ignore[attr-defined]


def known_device(request: HttpRequest, email: str) -> str | None:
    """The id of this browser where the person used it before."""
    kept = _read(request)
    return kept.id if _mark(email) in kept.people else None


def _set(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=_DAYS * 86_400,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


@dataclass(frozen=True)
class _Kept:
    id: str
    people: list[str]


def _read(request: HttpRequest) -> _Kept:
    try:
        return _Kept(*signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_DAYS * 86_400))
    except signing.BadSignature:
        return _Kept(secrets.token_urlsafe(16), [])


def _mark(email: str) -> str:
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]
