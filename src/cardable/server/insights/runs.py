"""Runs asked for and ended; what a company's reports are at this moment."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import timezone

from cardable.language import noted, said
from cardable.metrics import BadSettings, Parameters, Period
from cardable.server import events
from cardable.server.companies.folders import run_folder
from cardable.server.companies.models import Company
from cardable.server.companies.tree import family_ids, lock
from cardable.server.connections.jobs import remove_files
from cardable.server.connections.models import Connection
from cardable.server.deferring import company_lock, enqueue
from cardable.server.insights.models import ReportRun
from cardable.server.insights.parameters import parameters_of
from cardable.server.organizations.models import Organization
from cardable.server.syncs.counted import counted
from cardable.server.syncs.models import StoredSnapshot

SPEND, ONGOING = "spendAnalysis", "ongoingInsights"
ANCESTORS_EVERY = timedelta(minutes=15)
GENERATE = "insights.generate"
REGENERATE = "insights.regenerate"
_BY_UPLOAD = noted(
    "The data came by file upload. New reports follow when new files are brought through the Link."
)
_NO_DATA = noted("No data has been received yet.")


def request_run(
    company: Company,
    by: str = "",
    *,
    kind: str = SPEND,
    period: Period | None = None,
    run_date: date | None = None,
) -> ReportRun:
    """The run under way, or a new one, queued in this transaction."""
    lock([company.id])
    running = ReportRun.objects.filter(company=company, kind=kind, status="InProgress").first()
    if running:
        return running
    day = run_date or local_day(company.organization)
    covered = period or Period.ending(day - timedelta(days=1), _months(company))
    run = ReportRun(
        id=uuid.uuid4(),
        organization_id=company.organization_id,
        company=company,
        kind=kind,
        requested_by=by,
        run_date=day,
        period_start=covered.start,
        period_end=covered.end,
    )
    run.storage_prefix = run_folder(company.organization_id, company.id, run.id)
    run.save(force_insert=True)
    queue(run)
    show_status(company)
    return run


def queue(run: ReportRun) -> None:
    """Put the making of a run in the queue."""
    enqueue(
        GENERATE,
        lock=company_lock(run.company_id),
        organization_id=run.organization_id,
        run_id=run.id,
    )


def request_ancestor_run(company: Company, *, now: datetime | None = None) -> None:
    """New reports for a company because data below it changed: soon, but at most once in 15 minutes."""
    latest = ReportRun.objects.filter(company=company, kind=SPEND).aggregate(at=Max("requested_at"))["at"]
    due = latest + ANCESTORS_EVERY if latest else None
    if due is None or due <= (now or timezone.now()):
        request_run(company)
        return
    enqueue(
        REGENERATE,
        once=f"regenerate:{company.id}",
        at=due,
        organization_id=company.organization_id,
        company_id=company.id,
    )


def update_allowed(company: Company) -> tuple[bool, str]:
    """Whether reports may be updated at will, else why not: only a live connection can bring new data."""
    family = family_ids(company.id)
    is_live = Connection.objects.filter(company_id__in=family, status="Linked", is_streaming=True).exists()
    held = StoredSnapshot.objects.filter(company_id__in=family, is_current=True)
    reason = why_not_updated(is_live=is_live, has_data=is_live or held.exists())
    return not reason, reason


def why_not_updated(*, is_live: bool, has_data: bool) -> str:
    """Why reports may not be updated at will; empty where they may."""
    if is_live:
        return ""
    return _BY_UPLOAD if has_data else _NO_DATA


def has_data(company: Company) -> bool:
    """Whether there is anything to report on, of the company or of one below it."""
    return counted().filter(company_id__in=family_ids(company.id)).exists()


def is_left_out(company: Company) -> bool:
    """Whether all its data is kept and none of it counts, as an entity's that is no longer shared."""
    held = StoredSnapshot.objects.filter(company_id__in=family_ids(company.id), is_current=True)
    return held.exists() and not has_data(company)


def forget_reports(company: Company) -> None:
    """Let go of every report of a company, as data it was made of is gone; new ones where some is left."""
    old = ReportRun.objects.filter(company=company)
    folders = list(old.values_list("storage_prefix", flat=True))
    old.delete()
    if folders:
        enqueue(
            remove_files,
            lock=company_lock(company.id),
            organization_id=company.organization_id,
            prefixes=folders,
        )
    if has_data(company):
        request_run(company)
    else:
        show_status(company)


def show_status(company: Company) -> None:
    """Keep on the company what its runs say of its reports."""
    runs = ReportRun.objects.filter(company=company, kind=SPEND)
    latest = runs.order_by("-requested_at", "-id").first()
    made = runs.filter(status="Complete").aggregate(at=Max("updated_at"))["at"]
    if latest is None:
        status = "Unavailable"
    else:
        status = {"InProgress": "Generating", "Error": "Failed"}.get(latest.status, "Available")
    Company.objects.filter(id=company.id).update(report_status=status, latest_report_at=made)


def fail(run: ReportRun, reason: str) -> None:
    """End a run without reports; earlier ones stay."""
    ReportRun.objects.filter(id=run.id).update(status="Error", reason=reason, updated_at=timezone.now())
    show_status(run.company)
    tell(run, "unsuccessful", said("{reports} could not be made.", reports=_named(run)))


def tell(run: ReportRun, outcome: str, words: str) -> None:
    """Write down how a run ended."""
    events.record(
        f"reports.{run.kind}.generate.{outcome}", words, company=run.company, actor=run.requested_by
    )


def tell_success(run: ReportRun) -> None:
    words = said(
        "{reports} for {first} to {last} are ready.",
        reports=_named(run),
        first=run.period_start,
        last=run.period_end,
    )
    tell(run, "successful", words)


def local_day(organization: Organization, now: datetime | None = None) -> date:
    """The day it is where the organization is."""
    return (now or timezone.now()).astimezone(ZoneInfo(organization.time_zone)).date()


def _named(run: ReportRun) -> str:
    return noted("The Ongoing Insights") if run.kind == ONGOING else noted("The reports")


def _months(company: Company) -> int:
    """Settings that cannot be used are told when the reports are made, not when they are asked for."""
    try:
        return parameters_of(company.organization, company).months
    except BadSettings:
        return Parameters().months
