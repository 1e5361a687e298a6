"""Mails about Ongoing Insights: to those who subscribed, and to owners where it could not be made."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage

from cardable.language import noted, speaker
from cardable.server.companies.changes import may_subscribe
from cardable.server.deferring import enqueue
from cardable.server.insights.models import ReportRun
from cardable.server.languages import language_of, languages_of
from cardable.server.organizations.models import Member, Organization

MAIL = "insights.mail_ongoing"
MAIL_FAILURE = "insights.mail_ongoing_failure"

_READY = noted("""{company}: Ongoing Insights for {start} to {end} are ready.

They show new suppliers, how payment methods shifted and how fast bills were settled, against the
quarter before. Sign in to see and download them:

{link}

You receive this because your address is in the company's Subscriptions list.
""")
_FAILED = noted("""{company}: Ongoing Insights for {start} to {end} could not be made, though we tried for
several days.

{reason}

Sign in to see the company's data:

{link}
""")


def mail_subscribers(run: ReportRun) -> None:
    """Queue one mail for each address; jobs know an address by its digest, not by itself."""
    for address in run.company.subscriptions:
        enqueue(MAIL, organization_id=run.organization_id, run_id=run.id, subscriber=digest(address))


def mail_owners(run: ReportRun) -> None:
    """Queue the mail that says a company's Ongoing Insights was given up."""
    enqueue(MAIL_FAILURE, organization_id=run.organization_id, run_id=run.id)


def ready(run: ReportRun, subscriber: str) -> list[EmailMessage]:
    """The mail for the address of that digest, if it still subscribes and still may."""
    addresses = [
        each
        for each in run.company.subscriptions
        if digest(each) == subscriber and may_subscribe(run.organization, each)
    ]
    return [_letter(noted("Ongoing Insights for {company}"), _READY, run, each) for each in addresses]


def failed(run: ReportRun) -> list[EmailMessage]:
    """A mail for each owner; for whoever made the company where it has none."""
    owners = run.company.owners.filter(is_active=True).select_related("user")
    maker = run.company.created_by
    people = list(owners) or ([maker] if maker and maker.is_active else [])
    addresses = sorted({person.user.email for person in people})
    subject = noted("Ongoing Insights for {company} could not be made")
    return [_letter(subject, _FAILED, run, each) for each in addresses]


def digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def _letter(subject: str, text: str, run: ReportRun, address: str) -> EmailMessage:
    """The mail in the language of whoever reads mail at the address."""
    say = speaker(_language(run.organization, address))
    body = say(
        text,
        company=run.company.name,
        start=say.day(run.period_start),
        end=say.day(run.period_end),
        reason=say.again(run.reason),
        link=f"{settings.ENVIRONMENT.base_url}/spend-insights/{run.company_id}/",
    )
    return EmailMessage(say(subject, company=run.company.name), body, to=[address])


def _language(organization: Organization, address: str) -> str:
    """A member's own language; the organization's first for anybody else."""
    members = Member.objects.filter(organization=organization, is_active=True)
    member = members.filter(user__email__iexact=address).select_related("user", "organization").first()
    return language_of(member) if member else languages_of(organization)[0]
