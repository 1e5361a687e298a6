"""How long customers' data is kept: until it is deleted, or so many months after the last of it came."""

import uuid
from datetime import datetime

from django.db.models import DateTimeField, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest

from cardable.language import said
from cardable.server import events, storage
from cardable.server.companies import certificates
from cardable.server.companies.folders import company_folder
from cardable.server.companies.jobs import delete_jobs
from cardable.server.companies.models import Company, DeletionCertificate, RetentionRule
from cardable.server.companies.tree import lock
from cardable.server.connections.models import Connection
from cardable.server.connections.status import refresh
from cardable.server.deferring import company_lock, enqueue
from cardable.server.insights.models import ImportedDate, ReportRun
from cardable.server.insights.runs import show_status
from cardable.server.organizations.models import Member
from cardable.server.tenancy import acting_for

REMOVE = "insights.remove_data"
CHOICES = (3, 6, 12, 18, 24, 36, 60, 84, 120)


def months_kept() -> int:
    """The acting organization's rule; 0: until the data is deleted."""
    return RetentionRule.objects.values_list("months", flat=True).first() or 0


def keep_for(months: int, *, by: Member) -> None:
    """Change the rule of the member's organization."""
    RetentionRule.objects.update_or_create(
        organization_id=by.organization_id, defaults={"months": months, "changed_by": str(by.user)}
    )


def before(now: datetime, months: int) -> datetime:
    """The same day and hour so many months earlier, or the last day of that month."""
    month = now.year * 12 + now.month - 1 - months
    year, month = divmod(month, 12)
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))


def due(now: datetime, months: int) -> QuerySet[Company]:
    """The acting organization's companies all of whose data came longer ago than that."""
    if not months:
        return Company.objects.none()
    made = Max("connections__created_at", output_field=DateTimeField())
    latest = Greatest(
        made,
        Coalesce(Max("connections__last_sync_at"), made),
        Coalesce(Max("connections__uploads__received_at"), made),
    )
    held = Company.objects.filter(deleting_since=None).annotate(latest=latest)
    return held.filter(latest__lt=before(now, months)).order_by("id")


def apply_rule(organization_id: uuid.UUID, now: datetime) -> int:
    """Queue the removal of every company's data that was kept long enough; of how many companies."""
    with acting_for(organization_id):
        months = months_kept()
        # What was cut short goes on, whatever the rule is by now.
        cut_short = DeletionCertificate.objects.filter(kind="data", finished_at=None)
        found = set(due(now, months).values_list("id", flat=True))
        found.update(cut_short.values_list("company_id", flat=True))
        for company_id in found:
            enqueue(
                REMOVE,
                lock=company_lock(company_id),
                once=f"{REMOVE}:{company_id}",
                organization_id=organization_id,
                company_id=company_id,
            )
    return len(found)


def remove_data(organization_id: uuid.UUID, company_id: uuid.UUID, now: datetime) -> bool:
    """Remove everything a company brought where that is still due; whether it was.

    Files go last: where that is cut short, the next night goes on with the certificate it began.
    """
    folder = company_folder(organization_id, company_id)
    with acting_for(organization_id):
        certificate = certificates.unfinished(company_id)
        if certificate is None:
            months = months_kept()
            lock([company_id])
            company = due(now, months).filter(id=company_id).first()
            if company is None:
                return False
            reason = said(
                "No new data came for {months} months, which is how long data is kept.", months=months
            )
            certificate = certificates.begin(organization_id, "data", [company], [folder], reason=reason)
            _remove_rows(company, certificate)
    storage.delete(folder)
    with acting_for(organization_id):
        certificates.finish(certificate)
    return True


def _remove_rows(company: Company, certificate: DeletionCertificate) -> None:
    delete_jobs([company.id])
    certificates.count(
        certificate,
        ReportRun.objects.filter(company=company).delete(),
        ImportedDate.objects.filter(company=company).delete(),
        Connection.objects.filter(company=company).delete(),
    )
    refresh(company)
    show_status(company)
    words = said("All data was removed, as it was kept long enough.")
    events.record("company.data.removed", words, company=company)
