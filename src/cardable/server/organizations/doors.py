"""The one place where every request is asked: are you signed in, are you a member, may your role do this?"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import ANYONE, may, right_of
from cardable.server.organizations.sessions import THROUGH, note_use

_BY_THEMSELVES = ("account_session", "insights-changes")
"""What pages ask for on their own, which does not keep a session alive."""
_BEFORE_SECOND_FACTOR = ("account-", "organization-switch")


class DoorMiddleware:
    """Lets a request through to its view only where `roles` says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        right = right_of(name)
        if request.user.is_authenticated and name not in _BY_THEMSELVES:
            note_use(request)
        if right == ANYONE:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        member: Member | None = getattr(request, "member", None)
        if member is None:
            raise Http404
        if lacks_second_factor(request, member) and not name.startswith(_BEFORE_SECOND_FACTOR):
            return redirect("account-second-factor")
        if not may(member, right):
            raise PermissionDenied
        return None


def lacks_second_factor(request: HttpRequest, member: Member) -> bool:
    """Whether the member's organization requires a second factor that it has not set up yet.

    An identity provider that vouched for somebody has asked for as many factors as it wants.
    """
    return (
        member.organization.requires_second_factor
        and THROUGH not in request.session
        and not member.user.has_second_factor
    )
