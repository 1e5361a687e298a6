"""How people get accounts: never by signing up, only by being made a member."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from cardable.server.organizations.access import CHOSEN_ORGANIZATION, memberships_of
from cardable.server.organizations.models import User
from cardable.server.organizations.sessions import start_session


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up; everything else of sign-in and reset stays the framework's."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. Please try again.",
        "too_many_login_attempts": "Sign-in failed too often. For safety, please wait 15 minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, for the organization the user has belonged to longest."""
        super().login(request, user)
        start_session(request)
        for member in memberships_of(user)[:1]:
            request.session[CHOSEN_ORGANIZATION] = str(member.organization_id)
