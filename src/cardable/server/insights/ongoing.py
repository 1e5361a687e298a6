"""When Ongoing Insights is due: once a quarter, in the organization's morning, for companies with news."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from cardable.metrics import Period
from cardable.metrics.quarters import full_quarter_has_passed, latest_quarters
from cardable.server.companies.models import Company
from cardable.server.companies.tree import family_ids
from cardable.server.insights.models import ReportRun
from cardable.server.insights.parameters import lag_days, parameters_of
from cardable.server.insights.runs import ONGOING, is_left_out, local_day, request_run
from cardable.server.organizations.models import Organization
from cardable.server.syncs.models import Sync
from cardable.server.tenancy import acting_for

RETRIES = 5
"""A run that failed is tried again on so many days."""
_MORNING = time(6)


def request_due_runs(organization_id: uuid.UUID, now: datetime) -> int:
    """Ask for every Ongoing Insights of an organization that is due by now; how many."""
    with acting_for(organization_id):
        organization = Organization.objects.get(id=organization_id)
        quarter = latest_quarter(organization, now)
        due = list(due_companies(organization, quarter, now))
    for company in due:
        with acting_for(organization_id):
            run_date = quarter.end + timedelta(days=1)
            request_run(company, kind=ONGOING, period=quarter, run_date=run_date)
    return len(due)


def latest_quarter(organization: Organization, now: datetime) -> Period:
    """The latest quarter that is over where the organization is."""
    first_month = parameters_of(organization).fiscal_year_first_month
    return latest_quarters(local_day(organization, now) - timedelta(days=1), first_month)[0]


def due_at(organization: Organization, quarter: Period) -> datetime:
    """The morning on which a quarter's Ongoing Insights is made."""
    day = quarter.end + timedelta(days=1 + lag_days(organization))
    return datetime.combine(day, _MORNING, ZoneInfo(organization.time_zone))


def due_companies(organization: Organization, quarter: Period, now: datetime) -> Iterator[Company]:
    """The companies whose Ongoing Insights of the quarter is to be made now.

    Data by file must have come after the quarter's end, and the first data a full quarter before it; a
    failed run is tried again on the next days.
    """
    if now < due_at(organization, quarter):
        return
    over = datetime.combine(quarter.end + timedelta(days=1), time(), ZoneInfo(organization.time_zone))
    runs = ReportRun.objects.filter(kind=ONGOING, period_end=quarter.end)
    ended = runs.filter(status__in=("Complete", "InProgress")).values("company_id")
    found = Company.objects.filter(deleting_since=None, last_sync_at__gte=over).exclude(id__in=ended)
    for company in found.select_related("organization").order_by("id"):
        is_due = full_quarter_has_passed(_first_sync(company), quarter) and _may_try(company, runs, now)
        if is_due and not is_left_out(company):
            yield company


def failures(run: ReportRun) -> int:
    """How often the Ongoing Insights of this company and quarter have failed."""
    same = ReportRun.objects.filter(company=run.company, kind=ONGOING, period_end=run.period_end)
    return same.filter(status="Error").count()


def _may_try(company: Company, runs: QuerySet[ReportRun], now: datetime) -> bool:
    failed = list(runs.filter(company=company, status="Error").order_by("requested_at"))
    if not failed:
        return True
    today = local_day(company.organization, now)
    return len(failed) <= RETRIES and local_day(company.organization, failed[-1].requested_at) < today


def _first_sync(company: Company) -> date | None:
    """The day on which data of the company, or of one below it, was first read."""
    done = Sync.objects.filter(company_id__in=family_ids(company.id), status="Complete")
    first = done.order_by(Coalesce("completed_at", "requested_at")).first()
    return local_day(company.organization, first.completed_at or first.requested_at) if first else None
