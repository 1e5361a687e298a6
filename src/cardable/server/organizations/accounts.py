"""How people get accounts: never by signing up, only by being made a member."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up; everything else of sign-in and reset stays the framework's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
