"""Identity providers that an organization trusts, and whom they may bring in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from cardable.language import noted, said
from cardable.server import events
from cardable.server.organizations.access import organization_by_slug
from cardable.server.organizations.models import Member, Organization, User
from cardable.server.organizations.roles import highest
from cardable.server.people.invitations import take_up, waiting_for
from cardable.server.people.members import is_last_administrator
from cardable.server.people.models import IdentityProvider
from cardable.server.secrets import context_of, unseal
from cardable.server.tenancy import looking_at


@dataclass(frozen=True)
class Kind:
    """One of the ways to sign in elsewhere."""

    key: str
    name: str
    issuer: str
    """Where it is; empty where the organization says so. `{}` stands for its directory."""


KINDS = (
    Kind("sso", noted("single sign-on"), ""),
    Kind("google", "Google", "https://accounts.google.com"),
    Kind("microsoft", "Microsoft", "https://login.microsoftonline.com/{}/v2.0"),
)
KIND = {kind.key: kind for kind in KINDS}
_ADDRESS = re.compile(r"(?P<slug>[-\w]+)-(?P<kind>sso|google|microsoft)")


class NotLetIn(Exception):
    """A provider vouched for somebody who has no place here; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Whom a provider vouches for."""

    subject: str
    email: str
    name: str
    groups: frozenset[str]


def address_of(organization: Organization, kind: str) -> str:
    """What the provider is called in addresses; it must be registered with the provider as it is."""
    return f"{organization.slug}-{kind}"


def provider_at(address: str) -> IdentityProvider | None:
    """The provider of this name, where it is switched on, with its organization; whoever asks."""
    parts = _ADDRESS.fullmatch(address)
    organization_id = organization_by_slug(parts["slug"]) if parts else None
    if parts is None or organization_id is None:
        return None
    with looking_at(organization_id):
        found = IdentityProvider.objects.select_related("organization")
        return found.filter(organization_id=organization_id, kind=parts["kind"], is_on=True).first()


def secret_of(provider: IdentityProvider) -> str:
    """The secret that the provider gave us."""
    if provider.secret is None:
        return ""
    return unseal(provider.secret, context=context_of(provider, "secret")).decode()


def vouched(provider: IdentityProvider, userinfo: Mapping[str, Any], id_token: Mapping[str, Any]) -> Vouched:
    """What the provider says of a person; raises NotLetIn where that cannot be relied on."""
    if id_token and userinfo and userinfo.get("sub") != id_token.get("sub"):
        raise NotLetIn(
            gettext("The identity provider contradicts itself about who you are. Please try again.")
        )
    said = {**id_token, **userinfo}
    email = str(said.get("email") or said.get("preferred_username") or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError as fault:
        raise NotLetIn(gettext("The identity provider does not tell your e-mail address.")) from fault
    if said.get("email_verified") in (False, "false"):
        raise NotLetIn(gettext("The identity provider has not verified your e-mail address."))
    groups = said.get(provider.groups_claim) or []
    groups = [groups] if isinstance(groups, str) else groups
    return Vouched(
        subject=str(said["sub"]),
        email=email,
        name=str(said.get("name") or ""),
        groups=frozenset(map(str, groups)),
    )


def arrive(provider: IdentityProvider, person: Vouched) -> Member:
    """The member that a provider vouches for, invited or in a mapped group; raises NotLetIn.

    From here on the transaction acts for the provider's organization.
    """
    with transaction.atomic():
        mapped = provider.group_roles
        role = highest({mapped[group] for group in person.groups if group in mapped})
        member = _known(provider, person) or _invited(provider, person) or _grouped(provider, person, role)
        if not member.is_active or not member.user.is_active:
            raise NotLetIn(
                gettext("Your account here is switched off. Ask an administrator of your organization.")
            )
        if member.is_from_groups and role is None:
            raise NotLetIn(gettext("You are no longer in a group that may use Cardable."))
        _settle(member, provider, person, role)
    return member


def _known(provider: IdentityProvider, person: Vouched) -> Member | None:
    """By what the provider calls it; the first time by its e-mail address."""
    members = Member.objects.select_related("user", "organization").filter(organization=provider.organization)
    found = members.filter(**{f"subjects__{provider.kind}": person.subject}).first()
    if found:
        return found
    found = members.filter(user__email=person.email).first()
    if found and provider.kind in found.subjects:
        raise NotLetIn(
            gettext(
                "Your address belongs to an account that signs in as somebody else. Ask an administrator."
            )
        )
    return found


def _invited(provider: IdentityProvider, person: Vouched) -> Member | None:
    invitation = waiting_for(provider.organization, person.email)
    if invitation is None:
        return None
    user = User.objects.filter(email=person.email).first()
    return take_up(invitation, user=user, name=person.name, password=None)


def _grouped(provider: IdentityProvider, person: Vouched, role: str | None) -> Member:
    if role is None:
        raise NotLetIn(
            gettext("Nobody invited {email} yet. Ask an administrator of {organization} to do so.").format(
                email=person.email, organization=provider.organization
            )
        )
    user = User.objects.filter(email=person.email).first()
    user = user or User.objects.create_user(person.email, None, name=person.name)
    member = Member.objects.create(
        organization=provider.organization, user=user, role=role, is_from_groups=True
    )
    events.record(
        "user.joined",
        said("{email} joined by a group as {role}.", email=user.email, role=role),
        actor=str(user),
    )
    return member


def _settle(member: Member, provider: IdentityProvider, person: Vouched, role: str | None) -> None:
    """Keep what the provider calls it, and the role its groups bring; the last Administrator stays one."""
    member.subjects = {**member.subjects, provider.kind: person.subject}
    if role and role != member.role and not is_last_administrator(member):
        words = said(
            "{email} is {role} now, by its groups; it was {before}.",
            email=member.user.email,
            role=role,
            before=member.role,
        )
        events.record("user.changed", words, actor=str(member.user))
        member.role = role
    member.save(update_fields=["subjects", "role"])
