"""How sign-in works here, where the framework asks: no sign-up, throttled, remembered, at our address."""

from typing import Any, ClassVar
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cardable.language import LANGUAGES, noted
from cardable.server.organizations.access import CHOSEN_ORGANIZATION, is_let_in, memberships_of
from cardable.server.organizations.models import Organization, User
from cardable.server.organizations.sessions import start_session
from cardable.server.origin import address_of
from cardable.server.people import throttling
from cardable.server.people.cookies import known_device, remember
from cardable.server.people.devices import sign_out_everywhere
from cardable.server.people.entrances import entrance
from cardable.server.people.notices import tell

ELSEWHERE = _("Your organization does not sign in by password. Choose how it does below.")


FRAMEWORKS = (noted("Email address"),)
"""What the framework says itself, in words of ours."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up, counts failures and ends sessions; everything else stays the framework's."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right. Please try again."),
        "too_many_login_attempts": (
            _("Sign-in failed too often. Please wait 15 minutes, or choose “Forgot password?” to get in now.")
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only this very site; other names that the server answers to are other sites."""
        request = context.request
        return bool(url) and url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "unknown"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail leads to our own address, whatever the request called us."""
        parts = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=parts)
        return f"{settings.ENVIRONMENT.base_url}{path.replace('UID-KEY', quote(key))}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if any(throttling.is_closed(key, after=after) for key, after in _keys(request, credentials)):
            user_login_failed.send(AccountAdapter, credentials=credentials, request=request)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            throttling.forget(_keys(request, credentials)[0][0])
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        throttling.failed(key for key, _ in _keys(request, credentials))

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Who may use no password anywhere is shown the way that is open."""
        response: HttpResponse | None = super().pre_login(request, user, **more)
        if response is not None or _through(request):
            return response
        memberships = memberships_of(user)
        if memberships and not any(is_let_in(each, "") for each in memberships):
            messages.error(request, ELSEWHERE)
            return redirect(f"{reverse('account_login')}?organization={memberships[0].organization.slug}")
        return None

    def get_login_stages(self) -> list[str]:
        return ["cardable.server.people.stages.SecondFactorStage"]

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, for the organization that vouched or else the one the user has belonged to longest."""
        super().login(request, user)
        through = _through(request)
        start_session(request, through=through)
        remember(request, user.email)
        let_in = [each for each in memberships_of(user) if is_let_in(each, str(through or ""))]
        for member in let_in[:1]:
            request.session[CHOSEN_ORGANIZATION] = str(member.organization_id)
            request.entered = member.organization.slug  # type: ignore[attr-defined]
            _greet(request, member.organization)

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], **more: Any) -> Any:
        """Mail is in its reader's language, where that is known; else in that of the page."""
        reader: User | None = context.get("user")
        language = reader.language if reader and reader.language in LANGUAGES else get_language()
        with translation.override(language):
            return super().render_mail(template_prefix, email, context, **more)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every session, reopens a closed door, and is told by mail."""
        super().set_password(user, password)
        new_password(context.request, user)

    def add_message(self, *args: Any, **more: Any) -> None:
        """Pages say themselves what happened."""


def _greet(request: HttpRequest, organization: Organization) -> None:
    """The organization's message, where the sign-in page could not know whose to show."""
    shown = entrance(request)
    if organization.login_message and (shown is None or shown.organization != organization):
        messages.info(request, organization.login_message)


def new_password(request: HttpRequest, user: User) -> None:
    """What follows from a new password, however it came about; the caller's own session may go on."""
    sign_out_everywhere(user, but=request)
    throttling.forget(throttling.key_of("account", user.email))
    remember(request, user.email)
    tell(user, "password")


def _keys(request: HttpRequest, credentials: dict[str, Any]) -> list[tuple[str, int]]:
    """What a failure counts under, and after how many the door closes."""
    email = str(credentials.get("email", "")).strip().lower()
    device = known_device(request, email)
    if device:
        return [(throttling.key_of("device", email, device), throttling.FAILURES)]
    return [
        (throttling.key_of("account", email), throttling.FAILURES),
        (throttling.key_of("address", address_of(request)), throttling.FAILURES_OF_ADDRESS),
    ]


def _through(request: HttpRequest) -> Any:
    """The organization whose identity provider vouched in this very request."""
    return getattr(request, "vouched_by", None)
