"""Mails to people, and the daily clearing of what only mattered while it was fresh."""

import uuid
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app

from cardable.server.organizations.models import User
from cardable.server.people import invitations, throttling
from cardable.server.people.models import Invitation, Session
from cardable.server.people.notices import MAIL as MAIL_NOTICE
from cardable.server.people.notices import text_of
from cardable.server.rescue import Patience
from cardable.server.tenancy import acting_for

_PATIENCE = Patience(SMTPException, OSError)


@app.task(name=invitations.MAIL, retry=_PATIENCE)
def mail_invitation(organization_id: str, invitation_id: str, serial: int) -> None:
    """Mail an invitation, unless it was taken up, withdrawn or sent anew meanwhile."""
    with acting_for(uuid.UUID(organization_id)):
        found = Invitation.objects.select_related("organization", "invited_by__user")
        invitation = found.filter(id=invitation_id, serial=serial).first()
        if invitation:
            invitations.mail_for(invitation).send()


@app.task(name=MAIL_NOTICE, retry=_PATIENCE)
def mail_notice(user_id: str, kind: str, to: str = "") -> None:
    """Tell a person what changed in its account, so that it can object."""
    user = User.objects.filter(id=user_id).first()
    if user:
        subject, text = text_of(kind, user)
        EmailMessage(subject, text, to=[to or user.email]).send()


@app.periodic(cron="23 3 * * *")
@app.task(name="people.clear")
def clear(timestamp: int) -> None:
    """Let go of sessions that ended and of failures that close nothing any more."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    throttling.forget_old()
