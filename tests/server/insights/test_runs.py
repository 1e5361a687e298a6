"""Reports asked for, made once, and made anew when data below changes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from django.utils import timezone

from cardable.reports import all_reports
from cardable.server import storage
from cardable.server.companies.changes import create_company
from cardable.server.companies.models import Company
from cardable.server.events.models import Event
from cardable.server.insights.jobs import generate
from cardable.server.insights.models import ImportedDate, ReportFile, ReportRun
from cardable.server.insights.runs import request_run, update_allowed
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.examples import expected
from tests.server.bringing import SMALL, bring, connect, harbor_foods, stored, waiting, work

READ, GENERATE = "syncs.read_uploads", "insights.generate"


def with_data(company: Company) -> Company:
    bring(connect(company))
    work(READ)
    return company


def runs_of(company: Company) -> list[ReportRun]:
    with acting_for(company.organization_id):
        return list(ReportRun.objects.filter(company=company).order_by("requested_at"))


def figures(run: ReportRun, table: str, columns: str) -> list[Any]:
    with storage.checked_out(f"{run.storage_prefix}/figures") as folder:
        return duckdb.read_parquet(str(folder / f"{table}.parquet")).project(columns).fetchall()


def test_harbor_foods_files_give_the_worked_example(company: Company, organization: Organization) -> None:
    with acting_for(organization.id):
        organization.report_parameters = {"threshold": 500}
        organization.save()
    bring(connect(company), harbor_foods())
    work()
    (run,) = runs_of(company)
    assert (run.status, run.period_start, run.period_end) == ("Complete", date(2025, 7, 1), date(2026, 6, 30))
    told = expected()["spendSummary"]
    (found,) = figures(run, "summary_row", "cardable_spend, annual_card_benefits")
    assert [f"{figure:.2f}" for figure in found] == [told["cardableSpend"], told["annualCardBenefits"]]
    days = dict(figures(run, "supplier_rows", "supplier_id, imported_date"))
    assert (days["S1"], set(days.values())) == (date(2026, 4, 1), {date(2026, 4, 1), run.run_date})


def test_a_second_request_is_the_running_one(company: Company) -> None:
    with_data(company)
    with acting_for(company.organization_id):
        first, second = request_run(company), request_run(company, "Ada Marsh")
    assert first == second
    assert [task for task, _ in waiting()] == [GENERATE]


def test_a_job_that_runs_twice_makes_reports_once(company: Company) -> None:
    with_data(company)
    (run,) = runs_of(company)
    work()
    before = stored()
    generate.func(str(company.organization_id), str(run.id))
    assert stored() == before
    with acting_for(company.organization_id):
        assert ReportFile.objects.filter(report="spend-analysis").count() == 1
        assert Event.objects.filter(kind="reports.spendAnalysis.generate.successful").count() == 1


@pytest.mark.usefixtures("ready_reports")
def test_a_run_whose_worker_died_is_ended_by_the_next(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files lie in storage, the pointer does not: what a kill between the two leaves."""
    with_data(company)
    with monkeypatch.context() as patched:
        patched.setattr("cardable.server.insights.jobs._keep", lambda *_: 1 / 0)
        patched.setattr("cardable.server.insights.jobs.PATIENCE.is_for", lambda _: True)
        with pytest.raises(ZeroDivisionError):
            work()
    assert [run.status for run in runs_of(company)] == ["InProgress"]
    work()
    (run,) = runs_of(company)
    assert run.status == "Complete"


@pytest.mark.usefixtures("ready_reports")
def test_a_failed_run_says_why_and_keeps_the_reports_before(company: Company) -> None:
    with_data(company)
    work()
    with acting_for(company.organization_id):
        Organization.objects.update(report_parameters={"months": 99})
        run = ReportRun.objects.create(
            organization_id=company.organization_id,
            company=company,
            run_date="2026-11-24",
            period_start="2025-11-24",
            period_end="2026-11-23",
        )
    generate.func(str(company.organization_id), str(run.id))
    first, failed = runs_of(company)
    with acting_for(company.organization_id):
        company.refresh_from_db()
    assert (first.status, failed.status, company.report_status) == ("Complete", "Error", "Failed")
    assert "months" in failed.reason
    assert company.latest_report_at == first.updated_at


def test_one_report_that_cannot_be_made_does_not_cost_the_others(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ValueError("Pacific Paper")

    reports = [
        replace(each, build=stumble) if each.key == "spend-summary" else each for each in all_reports()
    ]
    monkeypatch.setattr("cardable.server.insights.making.all_reports", lambda: reports)
    with_data(company)
    work()
    with acting_for(company.organization_id):
        files = {each.report: each for each in ReportFile.objects.all()}
    assert files["spend-analysis"].bytes > 0
    assert (files["spend-summary"].storage_key, files["bundle"].bytes > 0) == ("", True)
    assert files["spend-summary"].reason.startswith("Spend Summary could not be made. Reference: ")
    assert "Pacific" not in caplog.text


def test_nothing_dated_is_a_reason_in_words(company: Company) -> None:
    bring(connect(company), {"suppliers": SMALL["suppliers"]})
    work()
    (run,) = runs_of(company)
    assert run.reason == "No record has a date, so there is no period to report on."


def test_imported_dates_never_move(company: Company) -> None:
    with_data(company)
    work()
    with acting_for(company.organization_id):
        ImportedDate.objects.update(day="2026-01-01")
        request_run(company)
    work()
    with acting_for(company.organization_id):
        days = set(ImportedDate.objects.values_list("day", flat=True))
        assert (ImportedDate.objects.count(), days) == (2, {date(2026, 1, 1)})


def test_uploaded_data_cannot_be_refreshed_at_will(company: Company) -> None:
    with acting_for(company.organization_id):
        assert update_allowed(company) == (False, "No data has been received yet.")
    with_data(company)
    with acting_for(company.organization_id):
        allowed, reason = update_allowed(company)
    assert (allowed, "file upload" in reason) == (False, True)
    connect(company, status="Linked", is_streaming=True)
    with acting_for(company.organization_id):
        assert update_allowed(company) == (True, "")


@pytest.fixture
def family(organization: Organization) -> tuple[Company, Company, Company]:
    """A group and its two subsidiaries."""
    with acting_for(organization.id):
        group = create_company(organization, name="Group")
        return (
            group,
            create_company(organization, name="East", parent=group),
            create_company(organization, name="West", parent=group),
        )


@pytest.mark.usefixtures("ready_reports")
def test_ancestors_are_made_anew_at_most_once_in_15_minutes(family: tuple[Company, Company, Company]) -> None:
    group, east, west = family
    bring(connect(east))
    work(READ)
    assert len(runs_of(group)) == 1
    bring(connect(west))
    work()
    bring(connect(west, platform_name="Another"))
    work(READ)
    assert len(runs_of(group)) == 1
    later = [at for task, at in waiting() if task == "insights.regenerate"]
    assert later == [runs_of(group)[0].requested_at + timedelta(minutes=15)]
    with acting_for(group.organization_id):
        ReportRun.objects.filter(company=group).update(requested_at=timezone.now() - timedelta(minutes=16))
    bring(connect(east, platform_name="Third"))
    work(READ)
    assert len(runs_of(group)) == 2


def test_a_group_reports_on_every_subsidiary(family: tuple[Company, Company, Company]) -> None:
    group, east, west = family
    bring(connect(east))
    bring(connect(west))
    work(READ)
    work()
    (run,) = runs_of(group)
    rows = figures(run, "entity_rows", "company_name, bills_amount")
    assert [(name, str(amount)) for name, amount in rows] == [("East", "2000.0000"), ("West", "2000.0000")]
