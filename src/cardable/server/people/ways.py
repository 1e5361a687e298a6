"""Which ways to sign in an organization offers; one is always left, and nobody shuts itself out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import noted, said
from cardable.server import events
from cardable.server.organizations.models import Member, Organization
from cardable.server.people.models import IdentityProvider
from cardable.server.people.providers import KIND
from cardable.server.secrets import context_of, seal

NONE_LEFT = _("At least one way to sign in must stay on. Switch another one on first.")
NOT_TRIED = _(
    "Sign in through an identity provider first, then switch passwords off: so nobody is shut out by a "
    "mistake in its set-up."
)


def set_sign_in(
    organization: Organization,
    *,
    password_sign_in: bool,
    requires_second_factor: bool,
    login_message: str,
    by: Member,
    is_vouched: bool,
) -> None:
    """Change what holds for every sign-in; raises ValidationError by field."""
    with transaction.atomic():
        _locked(organization)
        if organization.password_sign_in and not password_sign_in:
            if not _is_any_on(organization):
                raise ValidationError({"password_sign_in": NONE_LEFT})
            if not is_vouched:
                raise ValidationError({"password_sign_in": NOT_TRIED})
        organization.password_sign_in = password_sign_in
        organization.requires_second_factor = requires_second_factor
        organization.login_message = login_message
        organization.save(update_fields=["password_sign_in", "requires_second_factor", "login_message"])
        events.record(
            "organization.sign-in", said("What holds for signing in was changed."), actor=str(by.user)
        )


def set_provider(
    organization: Organization, kind: str, *, secret: str, by: Member, **told: Any
) -> IdentityProvider:
    """Set a provider up or change it; an empty secret leaves the one there is. Raises ValidationError."""
    with transaction.atomic():
        _locked(organization)
        provider = IdentityProvider.objects.filter(organization=organization, kind=kind).first()
        provider = provider or IdentityProvider(organization=organization, kind=kind)
        for name, value in told.items():
            setattr(provider, name, value)
        if secret:
            provider.secret = seal(secret.encode(), context=context_of(provider, "secret"))
        if provider.is_on and provider.secret is None:
            raise ValidationError({"secret": gettext("Type the secret that the provider gave you.")})
        provider.save()
        if not organization.password_sign_in and not _is_any_on(organization):
            raise ValidationError({"is_on": NONE_LEFT})
        words = said(
            "Sign-in through {way} was set up and is {state}.",
            way=KIND[kind].name,
            state=noted("on") if provider.is_on else noted("off"),
        )
        events.record("organization.sign-in", words, actor=str(by.user))
    return provider


def _locked(organization: Organization) -> None:
    """Two who each switch off what they think is not the last way wait for each other."""
    Organization.objects.select_for_update().get(id=organization.id)
    organization.refresh_from_db(fields=["password_sign_in"])


def _is_any_on(organization: Organization) -> bool:
    return IdentityProvider.objects.filter(organization=organization, is_on=True).exists()
