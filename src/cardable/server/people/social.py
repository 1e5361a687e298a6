"""Sign-in through an identity provider, where the framework's OpenID Connect asks what is ours to say."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.server.languages import speak_for
from cardable.server.people.discovery import configuration_of
from cardable.server.people.models import IdentityProvider
from cardable.server.people.providers import (
    KIND,
    NotLetIn,
    address_of,
    arrive,
    provider_at,
    secret_of,
    vouched,
)
from cardable.server.tenancy import act_for

_FAILED = _(
    "Sign-in through {way} did not work. Please try again; if it keeps failing, tell an administrator."
)
_CANCELLED = _("Sign-in through {way} was cancelled.")


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers come from the organization's settings; its invitations and groups say who may come in."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        found = provider_at(provider) if provider else None
        return [_app(found)] if found else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in whom the provider vouches for; always ends the request."""
        provider = provider_at(sociallogin.account.provider)
        said: dict[str, Any] = sociallogin.account.extra_data
        if provider is None:
            raise ImmediateHttpResponse(refused(request, gettext("This way to sign in is switched off.")))
        act_for(provider.organization_id)
        speak_for(provider.organization)
        userinfo, id_token = said.get("userinfo") or {}, said.get("id_token") or {}
        try:
            member = arrive(provider, vouched(provider, userinfo, id_token))
        except NotLetIn as fault:
            act_for(None)
            typed = {"email": str(userinfo.get("email") or id_token.get("email") or "")}
            user_login_failed.send(SocialAdapter, credentials=typed, request=request)
            raise ImmediateHttpResponse(refused(request, str(fault))) from fault
        request.vouched_by = provider.organization_id  # type: ignore[attr-defined]
        record_authentication(request, member.user, "socialaccount", provider=provider.kind)
        login = Login(user=member.user, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        words = _CANCELLED if error == "cancelled" else _FAILED
        raise ImmediateHttpResponse(refused(request, words.format(way=gettext(provider.name))))


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why somebody was not let in."""
    return render(request, "account/not_let_in.html", {"why": why}, status=403)


def _app(provider: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=address_of(provider.organization, provider.kind),
        name=KIND[provider.kind].name,
        client_id=provider.client_id,
        secret=secret_of(provider),
        settings={"server_url": configuration_of(provider.issuer), "oauth_pkce_enabled": True},
    )
