"""Members changed, disabled and let in again; an organization always keeps an active Administrator."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from cardable.language import noted, said
from cardable.server import events
from cardable.server.organizations.access import belongs_elsewhere
from cardable.server.organizations.models import Member, User
from cardable.server.organizations.roles import ROLES
from cardable.server.people import second_factor
from cardable.server.people.devices import leave, sign_out_everywhere
from cardable.server.people.notices import tell

LAST = noted("This is the last active Administrator. Make somebody else an Administrator first.")
SHARED = noted("This person works for another organization too, which has a say in name and e-mail address.")
TAKEN = noted("Another account has this e-mail address.")


def edit_member(
    member: Member,
    *,
    by: Member | None,
    actor: str = "",
    name: str | None = None,
    email: str | None = None,
    role: str | None = None,
    is_active: bool | None = None,
    products: Iterable[str] | None = None,
) -> list[str]:
    """Change what is given; in words, what was changed. Raises ValidationError by field."""
    with transaction.atomic():
        # Administrators who disable each other wait for each other.
        administrators = _administrators(member)
        words = _change_user(member, name, email, by)
        words += _change_place(member, administrators, role, is_active)
        if products is not None and list(products) != member.products:
            member.products = list(products)
            words.append(noted("products"))
        member.save(update_fields=["role", "is_active", "products"])
        if words:
            sentence = said(
                "{email} was changed: {changes}.", email=member.user.email, changes=", ".join(words)
            )
            events.record("user.changed", sentence, actor=str(by.user) if by else actor)
    return words


def reset_second_factor(member: Member, *, by: Member) -> bool:
    """Take a lost authenticator app away; whether there was one to take."""
    if belongs_elsewhere(member.user_id, member.organization_id):
        raise ValidationError(gettext(SHARED))
    had = second_factor.take_away(member.user)
    if had:
        sign_out_everywhere(member.user)
        tell(member.user, "second factor off")
        words = said("The second factor of {email} was taken away.", email=member.user.email)
        events.record("user.changed", words, actor=str(by.user))
    return had


def is_last_administrator(member: Member) -> bool:
    """Whether nobody else could manage the organization's users."""
    return _administrators(member) == [member.id]


def _administrators(member: Member) -> list[object]:
    found = Member.objects.select_for_update(of=("self",)).filter(
        organization_id=member.organization_id, role="Administrator", is_active=True, user__is_active=True
    )
    return list(found.order_by("id").values_list("id", flat=True))


def _change_place(
    member: Member, administrators: list[object], role: str | None, is_active: bool | None
) -> list[str]:
    words = []
    role = member.role if role is None else role
    is_active = member.is_active if is_active is None else is_active
    if role not in ROLES:
        raise ValidationError({"role": gettext("Choose a role.")})
    if administrators == [member.id] and (role != "Administrator" or not is_active):
        raise ValidationError({"role" if role != "Administrator" else "is_active": gettext(LAST)})
    if role != member.role:
        words.append(said("role {before} to {after}", before=member.role, after=role))
    if is_active != member.is_active:
        words.append(noted("enabled") if is_active else noted("disabled"))
        if not is_active:
            leave(member.user, member.organization_id)
    member.role, member.is_active = role, is_active
    return words


def _change_user(member: Member, name: str | None, email: str | None, by: Member | None) -> list[str]:
    user = member.user
    name = user.name if name is None else " ".join(name.split())
    email = user.email if email is None else email.strip().lower()
    if (name, email) == (user.name, user.email):
        return []
    if belongs_elsewhere(user.pk, member.organization_id):
        raise ValidationError({"email" if email != user.email else "name": gettext(SHARED)})
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise ValidationError({"email": gettext(TAKEN)})
    words = [noted("name")] if name != user.name else []
    before = user.email
    user.name, user.email = name, email
    user.save(update_fields=["name", "email"])
    if email != before:
        words.append(said("address {before} to {after}", before=before, after=email))
        tell(user, "address", to=before)
        if by is None or by.user_id != user.pk:
            sign_out_everywhere(user)
    return words
