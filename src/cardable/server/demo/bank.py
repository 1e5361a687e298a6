"""Fills Demo Bank once; what follows from it, the worker does as it would for any customer."""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cardable.reports import all_reports
from cardable.server import events
from cardable.server.companies.changes import create_company
from cardable.server.companies.models import Company
from cardable.server.connections.brought import keep_confirmed
from cardable.server.connections.models import Connection, ConnectionEvent
from cardable.server.connections.status import refresh
from cardable.server.demo.books import made_files
from cardable.server.demo.people import STORIES, Story
from cardable.server.insights.ongoing import latest_quarter
from cardable.server.insights.runs import ONGOING, request_run
from cardable.server.insights.settings_versions import change
from cardable.server.organizations.administrators import make_administrator, organization_named
from cardable.server.organizations.models import Member, Organization
from cardable.server.syncs.jobs import read_uploads
from cardable.server.syncs.requests import request_reading
from cardable.server.tenancy import acting_for

_DAYS_APART = 6
BANK, EMAIL = "Demo Bank", "admin@demo.bank.example"
_REVOKED = {"Deauthorized": "The customer withdrew access in its software.", "Unlinked": "By Dana Admin."}


@dataclass(frozen=True)
class SignIn:
    """How to look around."""

    email: str
    password: str


def make() -> SignIn:
    """Demo Bank with its companies, made where it is not there yet; reports follow by the worker."""
    sign_in = SignIn(EMAIL, _password(settings.ENVIRONMENT.data / "demo-password"))
    make_administrator(BANK, sign_in.email, sign_in.password, name="Dana Admin")
    bank = organization_named(BANK)
    if bank is None:
        raise LookupError(BANK)
    with acting_for(bank.id):
        if not Company.objects.exists():
            # Found as the owner of the database; what is made belongs to the application's own connection.
            _fill(Organization.objects.get(id=bank.id))
    return sign_in


def _password(kept: Path) -> str:
    """Made once, and kept for the owner of the data folder."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(12))
    return kept.read_text().strip()


def _fill(bank: Organization) -> None:
    dana = Member.objects.select_related("user").get(user__email=EMAIL)
    change(bank, {"enabled_reports": [report.key for report in all_reports()]}, by=str(dana.user))
    made: dict[str, Company] = {}
    for place, story in enumerate(STORIES):
        company = create_company(
            bank,
            name=story.name,
            description=story.description,
            tags=story.tags,
            subscriptions=[EMAIL] if story.business else (),
            parent=made.get(story.below),
            by=dana,
        )
        made[story.name] = company
        _make_older(company, days=(len(STORIES) - place) * _DAYS_APART)
        if story.ends:
            _connect(company, story)


def _make_older(company: Company, *, days: int) -> None:
    """As if it had been made a while ago, so that the newest come first."""
    created_at = company.created_at - timedelta(days=days, minutes=days * 37)
    Company.objects.filter(id=company.id).update(created_at=created_at)


def _connect(company: Company, story: Story) -> None:
    held = Connection.objects.create(
        organization_id=company.organization_id,
        company=company,
        system=story.system,
        platform_name=story.platform,
        step="complete" if story.business else "suppliers",
    )
    ConnectionEvent.objects.create(organization_id=company.organization_id, connection=held, kind="Started")
    refresh(company)
    if not story.business:
        return
    today = timezone.now().date()
    for report, content in made_files(story, today).items():
        keep_confirmed(held, report=report, name=f"{report}.csv", content=content)
    request_reading(held)
    if story.is_quarterly:
        quarter = latest_quarter(company.organization, timezone.now())
        run_date = quarter.end + timedelta(days=1)
        request_run(company, kind=ONGOING, period=quarter, run_date=run_date)
    if story.ends in _REVOKED:
        # Its data must be in before access goes.
        read_uploads.func(str(company.organization_id), str(held.id))
        _revoke(held, story.ends)
    if story.waits_minutes:
        read_uploads.func(str(company.organization_id), str(held.id))
        _put_off(company, story.waits_minutes)


def _revoke(held: Connection, status: str) -> None:
    Connection.objects.filter(id=held.id).update(status=status)
    ConnectionEvent.objects.create(
        organization_id=held.organization_id, connection=held, kind=status, reason=_REVOKED[status]
    )
    refresh(held.company)
    words = f"{held.platform_name} was disconnected."
    events.record("connection.disconnected", words, company=held.company)


def _put_off(company: Company, minutes: int) -> None:
    """Let its first reports wait, so that one company is seen under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set scheduled_at = now() + make_interval(mins => %s)"
            " where task_name = 'insights.generate' and status = 'todo' and lock = %s",
            [minutes, f"company:{company.id}"],
        )
