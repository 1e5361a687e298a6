"""Invitations: mailed, good for seven days and for one person once; sending again voids the link before."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext

from cardable.language import ENGLISH, noted, said, speaker
from cardable.server import events
from cardable.server.deferring import enqueue
from cardable.server.languages import languages_of
from cardable.server.organizations.access import organization_of_invitation
from cardable.server.organizations.models import Member, Organization, User
from cardable.server.organizations.roles import ROLES
from cardable.server.people.models import Invitation
from cardable.server.tenancy import act_for
from cardable.server.ui.moments import moment_words

LASTS = timedelta(days=7)
MAIL = "people.mail_invitation"
_TEXT = noted("""{inviter} invites you to Cardable, where {organization} sees which of its customers' spend
could move to card.

To join, choose a password here:

{link}

The link is for you alone. It works once, until {until}. If you did not expect this, you need do nothing.
""")
_UNTIL = "%B %-d, %Y, %H:%M %Z"


def invite(
    organization: Organization, *, email: str, name: str, role: str, by: Member | None, products: Any = ()
) -> Invitation:
    """Offer somebody a place; raises ValidationError where the address has one already."""
    email = email.strip().lower()
    if role not in ROLES:
        raise ValidationError({"role": gettext("Choose a role.")})
    if Member.objects.filter(organization=organization, user__email=email).exists():
        raise ValidationError(
            {"email": gettext("{email} is a user here already. Edit that user instead.").format(email=email)}
        )
    if Invitation.objects.filter(organization=organization, email=email).exists():
        raise ValidationError(
            {
                "email": gettext("{email} has an invitation already. Send that one again instead.").format(
                    email=email
                )
            }
        )
    now = timezone.now()
    invitation = Invitation.objects.create(
        organization=organization, email=email, name=name.strip(), role=role, products=list(products),
        invited_by=by, sent_at=now, expires_at=now + LASTS,
    )  # fmt: skip
    events.record(
        "user.invited", said("{email} was invited as {role}.", email=email, role=role), actor=_actor(by)
    )
    _send(invitation)
    return invitation


def send_again(invitation: Invitation, *, by: Member | None) -> None:
    """A new link for seven days from now; the one before works no more."""
    now = timezone.now()
    invitation.serial += 1
    invitation.sent_at, invitation.expires_at, invitation.invited_by = now, now + LASTS, by
    invitation.save(update_fields=["serial", "sent_at", "expires_at", "invited_by"])
    events.record(
        "user.invited", said("{email} was invited again.", email=invitation.email), actor=_actor(by)
    )
    _send(invitation)


def withdraw(invitation: Invitation, *, by: Member | None) -> None:
    """The offer stands no more."""
    invitation.delete()
    words = said("The invitation of {email} was withdrawn.", email=invitation.email)
    events.record("user.invitation.withdrawn", words, actor=_actor(by))


def link_of(invitation: Invitation) -> str:
    """The address that takes the invitation up; it follows from the row and our key and is kept nowhere."""
    parts = {"id": invitation.id, "token": _token(invitation)}
    return f"{settings.ENVIRONMENT.base_url}{reverse('account_join', kwargs=parts)}"


def invitation_for(id: uuid.UUID, token: str) -> Invitation | None:
    """The invitation whose link this is, held until the transaction ends; None where it works no more.

    From here on the transaction acts for the organization that invited.
    """
    organization_id = organization_of_invitation(id)
    if organization_id is None:
        return None
    act_for(organization_id)
    found = Invitation.objects.select_for_update(of=("self",)).select_related("organization").filter(id=id)
    invitation = found.first()
    if invitation is None or not constant_time_compare(token, _token(invitation)):
        act_for(None)
        return None
    return invitation if invitation.expires_at > timezone.now() else None


def waiting_for(organization: Organization, email: str) -> Invitation | None:
    """The invitation of this address that still stands, held until the transaction ends."""
    found = Invitation.objects.select_for_update().filter(organization=organization, email=email.lower())
    return found.filter(expires_at__gt=timezone.now()).first()


def take_up(
    invitation: Invitation, *, user: User | None = None, name: str = "", password: str | None
) -> Member:
    """Make whoever holds the link a member, with a new account where it has none; the offer is gone."""
    with transaction.atomic():
        if user is None:
            user = User.objects.create_user(invitation.email, password, name=name.strip() or invitation.name)
        place = {"role": invitation.role, "is_active": True, "products": invitation.products}
        member, _ = Member.objects.update_or_create(
            organization_id=invitation.organization_id, user=user, defaults=place
        )
        invitation.delete()
        events.record(
            "user.joined",
            said("{email} joined as {role}.", email=user.email, role=member.role),
            actor=str(user),
        )
    return member


def mail_for(invitation: Invitation) -> EmailMessage:
    """What the invited person reads, in the organization's own language."""
    by, name = invitation.invited_by, invitation.organization.name
    language = languages_of(invitation.organization)[0]
    say = speaker(language)
    ends = timezone.localtime(invitation.expires_at)
    until = ends.strftime(_UNTIL) if language == ENGLISH else f"{moment_words(ends, language)} {ends:%Z}"
    text = say(
        _TEXT, inviter=by.user if by else name, organization=name, link=link_of(invitation), until=until
    )
    return EmailMessage(
        say("Your invitation to {organization}", organization=name), text, to=[invitation.email]
    )


def _send(invitation: Invitation) -> None:
    enqueue(
        MAIL,
        organization_id=invitation.organization_id,
        invitation_id=invitation.id,
        serial=invitation.serial,
    )


def _token(invitation: Invitation) -> str:
    words = f"{invitation.id}:{invitation.serial}:{invitation.email}"
    return salted_hmac("cardable.invitation", words, algorithm="sha256").hexdigest()


def _actor(by: Member | None) -> str:
    return str(by.user) if by else ""
