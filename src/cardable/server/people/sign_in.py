"""The sign-in page: its organization's ways to sign in, and what it has to say to everybody."""

from typing import Any

from allauth.account.views import LoginView

from cardable.server.languages import speak_for
from cardable.server.people.entrances import entrance


class SignInView(LoginView):  # type: ignore[misc]
    """The framework's page, with the organization's own ways and words."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = entrance(self.request)
        if found:
            speak_for(found.organization)
        return {
            **super().get_context_data(**kwargs),
            "entrance": found,
            "by_password": found is None or found.organization.password_sign_in,
        }
