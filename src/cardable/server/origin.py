"""Where a request comes from: its internet address, its browser, and the id that ties its traces together."""

import ipaddress
import re
import uuid
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

LONGEST_BROWSER = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
correlation: ContextVar[str] = ContextVar("correlation", default="")
"""The id of the request or job under way; empty where there is none."""


def address_of(request: HttpRequest) -> str | None:
    """The visitor's internet address; behind a proxy, the one that the proxy saw."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.ENVIRONMENT.is_https:
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return None


def is_loopback(request: HttpRequest) -> bool:
    """Whether a program on this very machine asks, and no proxy on it asks for somebody else."""
    told = {"HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA"}
    if told & set(request.META):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def browser_of(request: HttpRequest) -> str:
    """What the visitor's browser calls itself, cut to what is worth keeping."""
    said = request.headers.get("User-Agent", "")[:LONGEST_BROWSER]
    return "".join(letter for letter in said if letter.isprintable())


def correlation_of(given: str) -> str:
    """The id a proxy gave the request, where it can be nothing else; otherwise a new one."""
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
