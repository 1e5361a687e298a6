"""Old runs and replaced snapshots go in time; what is stuck is taken up again."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cardable.server import storage
from cardable.server.companies.folders import company_folder
from cardable.server.companies.models import Company
from cardable.server.insights.housekeeping import prune_runs, prune_snapshots, remove_strays, take_up
from cardable.server.insights.jobs import daily, hourly
from cardable.server.insights.models import ReportRun
from cardable.server.organizations.models import Organization
from cardable.server.syncs.models import StoredSnapshot
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, bring, connect, stored, waiting, work
from tests.server.conftest import make_company

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def run(company: Company, days_ago: int, status: str = "Complete") -> ReportRun:
    with acting_for(company.organization_id):
        made = ReportRun.objects.create(
            organization_id=company.organization_id, company=company, status=status, run_date="2026-11-24",
            period_start="2025-11-24", period_end="2026-11-23",
            storage_prefix=f"organizations/runs/{days_ago}",
        )  # fmt: skip
        ReportRun.objects.filter(id=made.id).update(requested_at=NOW - timedelta(days=days_ago))
    storage.put(f"{made.storage_prefix}/file", [b"report"])
    return made


def test_five_runs_are_kept_and_the_last_that_has_reports(company: Company) -> None:
    complete = [run(company, day) for day in (8, 7)]
    failed = [run(company, day, "Error") for day in (6, 5, 4, 3, 2, 1)]
    assert prune_runs(company.organization_id) == 2
    with acting_for(company.organization_id):
        assert set(ReportRun.objects.all()) == {complete[1], *failed[1:]}
    assert "organizations/runs/8/file" not in stored()
    assert len(stored()) == 6


def test_a_replaced_snapshot_goes_after_a_day(company: Company) -> None:
    held = connect(company)
    bring(held)
    work("syncs.read_uploads")
    bring(held, {"bills": BILLS.replace("B1", "B3")})
    work("syncs.read_uploads")
    soon, later = timezone.now() + timedelta(hours=23), timezone.now() + timedelta(hours=25)
    assert prune_snapshots(company.organization_id, soon) == 0
    assert prune_snapshots(company.organization_id, later) == 1
    with acting_for(company.organization_id):
        left = StoredSnapshot.objects.get()
    assert left.is_current
    snapshots = [key for key in stored() if "/snapshots/" in key]
    assert all(key.startswith(left.storage_prefix) for key in snapshots)


@pytest.mark.usefixtures("ready_reports")
def test_files_without_a_row_go_after_a_day_and_others_stay(company: Company) -> None:
    held = connect(company)
    bring(held)
    work()
    kept, folder = stored(), company_folder(company.organization_id, company.id)
    for name in ("uploads/{}", "uploads/{}.rejected.csv", "snapshots/{}/bills.parquet", "runs/{}/a.xlsx"):
        storage.put(f"{folder}/{name.format(uuid.uuid4())}", [b"left behind"])
    soon, later = timezone.now() + timedelta(hours=23), timezone.now() + timedelta(hours=25)
    assert remove_strays(company.organization_id, soon) == 0
    assert remove_strays(company.organization_id, later) == 4
    assert stored() == kept


def test_what_has_no_job_any_more_gets_one(company: Company) -> None:
    bring(connect(company))
    run(company, 1, "InProgress")
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    later = timezone.now() + timedelta(minutes=11)
    assert take_up(company.organization_id, later) == 2
    assert {task for task, _ in waiting()} == {"insights.generate", "syncs.read_uploads"}
    assert take_up(company.organization_id, later) == 0


def test_chores_reach_every_organization(company: Company, other_organization: Organization) -> None:
    for each in (company, make_company(other_organization, "Rival's own")):
        run(each, 1, "InProgress")
    hourly.func(int(timezone.now().timestamp()) + 3600)
    daily.func(int(timezone.now().timestamp()))
    assert [task for task, _ in waiting()] == ["insights.generate"] * 2
