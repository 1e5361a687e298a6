"""Ongoing Insights is made once a quarter, in the organization's morning, for companies with news."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import override_settings

from cardable.metrics import Period
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection
from cardable.server.insights import runs
from cardable.server.insights.jobs import mail_ongoing
from cardable.server.insights.mails import digest
from cardable.server.insights.models import ReportRun
from cardable.server.insights.ongoing import due_at, due_companies, latest_quarter, request_due_runs
from cardable.server.organizations.models import Member, Organization
from cardable.server.syncs.models import Sync
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, bring, connect, waiting, work

QUARTER = Period.ending(date(2026, 9, 30), 3)
MORNING = datetime(2026, 10, 1, 6, tzinfo=UTC)
READ = "syncs.read_uploads"


@pytest.fixture
def held(company: Company) -> Connection:
    """A connection first read in March, and again on the first of October."""
    made = connect(company)
    read_first(made, datetime(2026, 3, 1, 12, tzinfo=UTC))
    read_last(company, datetime(2026, 10, 1, 1, tzinfo=UTC))
    return made


@pytest.fixture
def outbox() -> Iterator[list[EmailMessage]]:
    """Mails kept in memory instead of sent."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


def read_first(held: Connection, at: datetime) -> None:
    with acting_for(held.organization_id):
        Sync.objects.all().delete()
        Sync.objects.create(
            organization_id=held.organization_id, company_id=held.company_id, connection=held,
            record_type="bills", status="Complete", completed_at=at,
        )  # fmt: skip


def read_last(company: Company, at: datetime) -> None:
    with acting_for(company.organization_id):
        Company.objects.filter(id=company.id).update(last_sync_at=at)


def is_due(company: Company, now: datetime = MORNING) -> bool:
    with acting_for(company.organization_id):
        return company in list(due_companies(company.organization, QUARTER, now))


def failed(company: Company, at: datetime) -> None:
    with acting_for(company.organization_id):
        run = ReportRun.objects.create(
            organization_id=company.organization_id, company=company, kind=runs.ONGOING, status="Error",
            run_date="2026-10-01", period_start=QUARTER.start, period_end=QUARTER.end, reason="It rained.",
        )  # fmt: skip
        ReportRun.objects.filter(id=run.id).update(requested_at=at)


def test_the_morning_is_the_organizations_own(organization: Organization) -> None:
    organization.time_zone = "America/Los_Angeles"
    assert due_at(organization, QUARTER) == datetime(2026, 10, 1, 13, tzinfo=UTC)
    organization.report_parameters = {"ongoing_lag_days": 10}
    assert due_at(organization, QUARTER) == datetime(2026, 10, 11, 13, tzinfo=UTC)
    assert latest_quarter(organization, datetime(2026, 10, 1, 5, tzinfo=UTC)).end == date(2026, 6, 30)


def test_quarters_follow_the_fiscal_year(organization: Organization) -> None:
    organization.report_parameters = {"fiscal_year_first_month": 2}
    assert latest_quarter(organization, MORNING).end == date(2026, 7, 31)


def test_nothing_is_due_before_six(held: Connection) -> None:
    assert not is_due(held.company, MORNING - timedelta(minutes=1))
    assert is_due(held.company)


def test_data_must_have_come_after_the_quarter(held: Connection) -> None:
    read_last(held.company, datetime(2026, 9, 30, 23, tzinfo=UTC))
    assert not is_due(held.company)


def test_a_full_quarter_must_have_passed_since_the_first_data(held: Connection) -> None:
    read_first(held, datetime(2026, 7, 2, tzinfo=UTC))
    assert not is_due(held.company)
    read_first(held, datetime(2026, 6, 30, tzinfo=UTC))
    assert is_due(held.company)


def test_a_failed_run_is_tried_again_on_five_days(held: Connection) -> None:
    failed(held.company, MORNING)
    assert not is_due(held.company, MORNING + timedelta(hours=5))
    for day in range(1, 6):
        assert is_due(held.company, MORNING + timedelta(days=day))
        failed(held.company, MORNING + timedelta(days=day))
    assert not is_due(held.company, MORNING + timedelta(days=6))


def test_it_is_made_once_and_mailed_to_subscribers(
    company: Company, member: Member, outbox: list[EmailMessage]
) -> None:
    held = connect(company)
    with acting_for(company.organization_id):
        Company.objects.update(subscriptions=["ada@demo.bank", "tom@partner.example", "gone@demo.bank"])
        Organization.objects.update(subscription_domains=["partner.example"])
    older = BILLS.replace("2026-09-03", "2026-01-15").replace("2026-10-05", "2026-08-05")
    bring(held, {"bills": older})
    work(READ)
    read_first(held, datetime(2026, 3, 1, tzinfo=UTC))
    read_last(company, datetime(2026, 10, 1, 1, tzinfo=UTC))
    assert request_due_runs(company.organization_id, MORNING) == 1
    work()
    assert request_due_runs(company.organization_id, MORNING + timedelta(hours=1)) == 0
    with acting_for(company.organization_id):
        run = ReportRun.objects.get(kind=runs.ONGOING)
        names = list(run.files.values_list("file_name", flat=True))
    assert (run.period_start, run.period_end) == (QUARTER.start, QUARTER.end)
    assert names == ["HarborFoods_OngoingInsights_2026-10-01.xlsx"]
    assert sorted(letter.to[0] for letter in outbox) == ["ada@demo.bank", "tom@partner.example"]
    assert f"/spend-insights/{company.id}/" in outbox[0].body
    mail_ongoing.func(str(company.organization_id), str(run.id), digest("stranger@demo.bank"))
    assert len(outbox) == 2


def test_owners_hear_of_a_run_that_was_given_up(
    held: Connection, member: Member, outbox: list[EmailMessage]
) -> None:
    company = held.company
    with acting_for(company.organization_id):
        company.owners.add(member, through_defaults={"organization_id": company.organization_id})
        for day in range(6):
            failed(company, MORNING + timedelta(days=day))
        runs.request_run(company, kind=runs.ONGOING, period=QUARTER, run_date=date(2026, 10, 1))
    work()
    assert [letter.to for letter in outbox] == [["ada@demo.bank"]]
    assert "There is no data to report on." in outbox[0].body
    assert waiting() == []
