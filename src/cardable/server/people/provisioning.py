"""Users that an organization's directory adds, changes and disables, and the token it does so with."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from cardable.language import said
from cardable.server import events
from cardable.server.organizations.access import belongs_elsewhere
from cardable.server.organizations.models import Member, Organization, User
from cardable.server.organizations.roles import ROLES
from cardable.server.people.members import edit_member
from cardable.server.people.models import Invitation, ProvisioningToken

_NOTED_EVERY = timedelta(minutes=1)


class AlreadyThere(Exception):
    """Somebody has this address here already."""


def make_token(organization: Organization, *, name: str, role: str, by: Member) -> str:
    """A new token, told this once."""
    token = f"cardable_{secrets.token_urlsafe(32)}"
    ProvisioningToken.objects.create(organization=organization, name=name, role=role, digest=_digest(token))
    events.record(
        "provisioning.token.made", said("The token {name} was made.", name=name), actor=str(by.user)
    )
    return token


def delete_token(token: ProvisioningToken, *, by: Member) -> None:
    """The directory that has it is let in no more."""
    token.delete()
    events.record(
        "provisioning.token.deleted",
        said("The token {name} was deleted.", name=token.name),
        actor=str(by.user),
    )


def token_of(text: str) -> ProvisioningToken | None:
    """The organization's token that this is."""
    found = ProvisioningToken.objects.select_related("organization").filter(digest=_digest(text)).first()
    now = timezone.now()
    if found and (found.last_used_at is None or now - found.last_used_at > _NOTED_EVERY):
        ProvisioningToken.objects.filter(id=found.id).update(last_used_at=now)
    return found


def add(token: ProvisioningToken, told: Mapping[str, Any]) -> Member:
    """A new member, with the account of that address if there is one; AlreadyThere, ValidationError."""
    organization = token.organization
    email = str(told.get("email", "")).strip().lower()
    validate_email(email)
    with transaction.atomic():
        if Member.objects.filter(organization=organization, user__email=email).exists():
            raise AlreadyThere(email)
        user = User.objects.filter(email=email).first()
        user = user or User.objects.create_user(email, None, name=told.get("name") or "")
        Invitation.objects.filter(organization=organization, email=email).delete()
        member = Member.objects.create(
            organization=organization,
            user=user,
            role=_role(told) or token.role,
            is_active=told.get("is_active", True),
            external_id=told.get("external_id") or "",
        )
        events.record(
            "user.joined",
            said("{email} was added as {role}.", email=email, role=member.role),
            actor=_actor(token),
        )
    return member


def change(token: ProvisioningToken, member: Member, said: Mapping[str, Any]) -> Member:
    """What the directory says now; raises AlreadyThere and ValidationError."""
    changes = {key: said[key] for key in ("name", "email", "is_active") if said.get(key) is not None}
    if role := _role(said):
        changes["role"] = role
    if belongs_elsewhere(member.user_id, member.organization_id):
        # The name is not this organization's to say, and no reason to stop its directory.
        changes.pop("name", None)
    email = changes.get("email")
    if email and email != member.user.email and User.objects.filter(email=email).exists():
        raise AlreadyThere(email)
    edit_member(member, by=None, actor=_actor(token), **changes)
    if said.get("external_id") is not None and said["external_id"] != member.external_id:
        member.external_id = said["external_id"]
        member.save(update_fields=["external_id"])
    return member


def _role(said: Mapping[str, Any]) -> str | None:
    role = said.get("role")
    if role is not None and role not in ROLES:
        raise ValidationError(
            gettext("“{role}” is no role here. Use one of {roles}.").format(role=role, roles=", ".join(ROLES))
        )
    return role


def _actor(token: ProvisioningToken) -> str:
    return said("Directory ({name})", name=token.name)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
