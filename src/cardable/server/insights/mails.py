"""Mails about Ongoing Insights: to those who subscribed, and to owners where it could not be made."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage

from cardable.server.companies.changes import may_subscribe
from cardable.server.deferring import enqueue
from cardable.server.insights.models import ReportRun

MAIL = "insights.mail_ongoing"
MAIL_FAILURE = "insights.mail_ongoing_failure"

_READY = """{company}: Ongoing Insights for {start} to {end} are ready.

They show new suppliers, how payment methods shifted and how fast bills were settled, against the
quarter before. Sign in to see and download them:

{link}

You receive this because your address is in the company's Subscriptions list.
"""
_FAILED = """{company}: Ongoing Insights for {start} to {end} could not be made, though we tried for
several days.

{reason}

Sign in to see the company's data:

{link}
"""


def mail_subscribers(run: ReportRun) -> None:
    """Queue one mail for each address; jobs know an address by its digest, not by itself."""
    for address in run.company.subscriptions:
        enqueue(MAIL, organization_id=run.organization_id, run_id=run.id, subscriber=digest(address))


def mail_owners(run: ReportRun) -> None:
    """Queue the mail that says a company's Ongoing Insights was given up."""
    enqueue(MAIL_FAILURE, organization_id=run.organization_id, run_id=run.id)


def ready(run: ReportRun, subscriber: str) -> list[EmailMessage]:
    """The mail for the address of that digest, if it still subscribes and still may."""
    subject = f"Ongoing Insights for {run.company.name}"
    addresses = [
        each
        for each in run.company.subscriptions
        if digest(each) == subscriber and may_subscribe(run.organization, each)
    ]
    return [EmailMessage(subject, _filled(_READY, run), to=[each]) for each in addresses]


def failed(run: ReportRun) -> list[EmailMessage]:
    """A mail for each owner; for whoever made the company where it has none."""
    subject = f"Ongoing Insights for {run.company.name} could not be made"
    owners = run.company.owners.filter(is_active=True).select_related("user")
    maker = run.company.created_by
    people = list(owners) or ([maker] if maker and maker.is_active else [])
    addresses = sorted({person.user.email for person in people})
    return [EmailMessage(subject, _filled(_FAILED, run), to=[each]) for each in addresses]


def digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def _filled(text: str, run: ReportRun) -> str:
    return text.format(
        company=run.company.name,
        start=run.period_start,
        end=run.period_end,
        reason=run.reason,
        link=f"{settings.ENVIRONMENT.base_url}/spend-insights/{run.company_id}/",
    )
