"""Data goes when it was kept long enough, and every deletion leaves its proof."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from cardable.language import speaker
from cardable.server import storage
from cardable.server.audit.models import Entry
from cardable.server.companies.certificate_text import as_text
from cardable.server.companies.certificates import fingerprint
from cardable.server.companies.changes import create_company, delete_company
from cardable.server.companies.jobs import delete
from cardable.server.companies.models import Company, DeletionCertificate, RetentionRule
from cardable.server.connections.changes import delete_connection
from cardable.server.connections.models import Connection, Upload
from cardable.server.insights.models import ReportRun
from cardable.server.insights.retention import apply_rule, before, keep_for
from cardable.server.organizations.models import Member, Organization
from cardable.server.organizations.roles import ROLES
from cardable.server.syncs.models import StoredSnapshot
from cardable.server.tenancy import acting_for
from tests.server.bringing import SMALL, bring, connect, stored, waiting, work
from tests.server.browser import is_well, visitor
from tests.server.conftest import client_of

pytestmark = pytest.mark.usefixtures("database", "ready_reports")
PAGE = "/settings/retention/"


@pytest.fixture
def administrator(member_as: Callable[[str], Member]) -> Member:
    return member_as("Administrator")


@pytest.fixture
def held(company: Company) -> Connection:
    """A connection whose data was read and reported on."""
    made = connect(company)
    bring(made, SMALL)
    work("syncs.read_uploads", "insights.generate")
    return made


def age(days: int) -> None:
    """Let everything have come so long ago."""
    with connections["owner"].cursor() as cursor:
        for table, columns in {
            "connections_connection": ("created_at", "linked_at", "last_sync_at"),
            "connections_upload": ("received_at", "confirmed_at"),
        }.items():
            sets = ", ".join(f"{column} = {column} - interval '{days} days'" for column in columns)
            cursor.execute(f"update {table} set {sets}")  # noqa: S608


def rule(organization: Organization, by: Member, months: int) -> None:
    with acting_for(organization.id):
        keep_for(months, by=by)


def certificate(organization: Organization) -> DeletionCertificate:
    with acting_for(organization.id):
        return DeletionCertificate.objects.get()


def now() -> datetime:
    return datetime.now(UTC)


def test_data_kept_long_enough_goes_and_the_company_stays(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    rule(organization, administrator, 12)
    age(400)
    assert apply_rule(organization.id, now()) == 1
    work("insights.remove_data")
    with acting_for(organization.id):
        company = Company.objects.get(id=held.company_id)
        left = [model.objects.count() for model in (Connection, Upload, StoredSnapshot, ReportRun)]
    assert left == [0, 0, 0, 0]
    assert stored() == []
    assert (company.report_status, company.connection_status) == ("Unavailable", "No connections")


@pytest.mark.parametrize(("months", "days"), [(12, 300), (0, 4000)])
def test_data_that_is_still_to_be_kept_stays(
    months: int, days: int, held: Connection, organization: Organization, administrator: Member
) -> None:
    rule(organization, administrator, months)
    age(days)
    assert apply_rule(organization.id, now()) == 0
    assert len(stored()) > len(SMALL)


def test_data_that_came_meanwhile_stays(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    rule(organization, administrator, 12)
    age(400)
    apply_rule(organization.id, now())
    with acting_for(organization.id):
        Connection.objects.update(last_sync_at=now())
    work("insights.remove_data")
    assert len(stored()) > len(SMALL)


def test_the_rule_is_applied_every_night(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    from cardable.server.insights.schedule import daily_round

    rule(organization, administrator, 3)
    age(100)
    daily_round(now())
    assert [task for task, _ in waiting()] == ["insights.remove_data"]


def test_a_removal_cut_short_goes_on_with_its_certificate(
    held: Connection, organization: Organization, administrator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule(organization, administrator, 12)
    age(400)
    apply_rule(organization.id, now())
    monkeypatch.setattr(storage, "delete", _fail)
    with pytest.raises(OSError, match="away"):
        work("insights.remove_data")
    assert certificate(organization).finished_at is None
    monkeypatch.undo()
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    apply_rule(organization.id, now())
    work("insights.remove_data")
    made = certificate(organization)
    assert made.finished_at
    assert made.rows["connections.Upload"] == len(SMALL)
    assert stored() == []


def _fail(*_: Any) -> None:
    raise OSError("storage is away")


@pytest.mark.parametrize(
    ("today", "months", "then"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 12, "2025-01-15"), ("2028-02-29", 12, "2027-02-28")],
)
def test_months_are_those_of_the_calendar(today: str, months: int, then: str) -> None:
    at = datetime.fromisoformat(today).replace(tzinfo=UTC)
    assert before(at, months).date().isoformat() == then


def let_go(company: Company, by: Member) -> None:
    with acting_for(company.organization_id):
        delete_company(Company.objects.get(id=company.id), by=by)
    work("companies.delete")


def test_a_deleted_company_leaves_a_certificate_of_all_that_went(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    files = len(stored())
    let_go(held.company, administrator)
    made = certificate(organization)
    assert (made.kind, made.asked_by, made.files) == ("company", "Administrator", files)
    assert made.bytes > 0
    assert (made.rows["companies.Company"], made.rows["connections.Upload"]) == (1, len(SMALL))
    assert made.finished_at
    assert made.finished_at - made.asked_at < timedelta(minutes=5)


def test_a_group_leaves_one_certificate_that_names_each(
    organization: Organization, administrator: Member
) -> None:
    with acting_for(organization.id):
        group = create_company(organization, name="Group")
        create_company(organization, name="Part", parent=group)
    let_go(group, administrator)
    made = certificate(organization)
    assert [each["name"] for each in made.companies] == ["Group", "Part"]
    assert made.rows["companies.Company"] == 2


def test_deleting_again_changes_no_certificate(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    let_go(held.company, administrator)
    before_ = fingerprint(certificate(organization))
    delete.func(str(organization.id), [str(held.company_id)])
    assert fingerprint(certificate(organization)) == before_


def test_a_deleted_connection_leaves_a_certificate(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    with acting_for(organization.id):
        delete_connection(Connection.objects.select_related("company").get(), by=administrator)
    assert certificate(organization).finished_at is None
    work("connections.remove_files")
    made = certificate(organization)
    assert (made.kind, made.rows["connections.Upload"]) == ("connection", len(SMALL))
    assert made.files >= len(SMALL)
    assert made.finished_at


def test_the_audit_log_holds_the_certificates_fingerprint(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    let_go(held.company, administrator)
    with acting_for(organization.id):
        told = Entry.objects.get(action="deletion.finished")
    assert told.details["fingerprint"] == fingerprint(certificate(organization))
    assert told.about == "Harbor Foods"


def test_the_certificate_says_what_went_in_words(
    held: Connection, organization: Organization, administrator: Member
) -> None:
    let_go(held.company, administrator)
    text = as_text(certificate(organization), organization.name, speaker("en"))
    for words in ("Organization        Demo Bank", "Harbor Foods (", "Uploaded files", "Fingerprint     "):
        assert words in text
    in_french = as_text(certificate(organization), organization.name, speaker("fr-ca"))
    assert in_french.startswith("CERTIFICAT DE SUPPRESSION")
    assert "L’entreprise a été supprimée." in in_french
    assert all(len(line) <= 110 for each in (text, in_french) for line in each.splitlines())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("static_files")
def test_only_an_administrator_sees_retention(role: str, member_as: Callable[[str], Member]) -> None:
    answer = client_of(member_as(role)).get(PAGE)
    assert answer.status_code == (200 if role == "Administrator" else 403)


@pytest.fixture
def client(administrator: Member, static_files: None) -> Client:
    """An Administrator's browser."""
    return client_of(administrator)


def months(organization: Organization) -> int | None:
    with acting_for(organization.id):
        return RetentionRule.objects.values_list("months", flat=True).first()


def test_a_rule_that_removes_nothing_is_saved_at_once(client: Client, organization: Organization) -> None:
    assert client.post(PAGE, {"months": "24"}).status_code == 302
    assert months(organization) == 24


@pytest.mark.parametrize("nonsense", ["", "7", "-1", "9999", "x"])
def test_a_rule_that_is_none_changes_nothing(
    nonsense: str, client: Client, organization: Organization
) -> None:
    client.post(PAGE, {"months": nonsense})
    assert months(organization) in (None, 0)


def test_a_rule_that_removes_data_tonight_asks_first(
    client: Client, held: Connection, organization: Organization
) -> None:
    age(400)
    asked = client.post(PAGE, {"months": "12"})
    assert "removed tonight" in asked.content.decode()
    assert "Harbor Foods" in asked.content.decode()
    assert months(organization) is None
    client.post(PAGE, {"months": "12", "confirmed": "yes"})
    assert months(organization) == 12


def test_a_certificate_is_downloaded(
    client: Client, held: Connection, organization: Organization, administrator: Member
) -> None:
    let_go(held.company, administrator)
    made = certificate(organization)
    text = client.get(reverse("settings-retention-certificate", args=[made.id, "txt"]))
    assert "CERTIFICATE OF DELETION" in text.content.decode()
    said = json.loads(client.get(reverse("settings-retention-certificate", args=[made.id, "json"])).content)
    assert said["fingerprint"] == fingerprint(made)
    assert client.get(reverse("settings-retention-certificate", args=[made.id, "exe"])).status_code == 404


def test_the_page_is_accessible(
    chromium: Browser, site: str, held: Connection, administrator: Member
) -> None:
    let_go(held.company, administrator)
    with visitor(chromium, site, member=administrator) as context:
        page = context.new_page()
        page.goto(PAGE)
        is_well(page, "settings-retention")
