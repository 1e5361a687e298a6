"""A deleted company leaves nothing: no row, no file, no log line, no job; only the entry that says so."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from cardable.server import storage
from cardable.server.companies.changes import create_company, delete_company
from cardable.server.companies.jobs import delete, sweep
from cardable.server.companies.models import Company
from cardable.server.connections.models import Consent
from cardable.server.events.models import Event
from cardable.server.insights.making import Results, make_reports
from cardable.server.insights.models import ReportRun
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, PAYMENTS, SMALL, ask, bring, connect, stored, upload, waiting, work

CANARY = "Zaunkönig"
MARKED = {
    "suppliers": f"supplier_id,supplier_name\nS1,{CANARY} Papier\n",
    "bills": BILLS.replace("S2", "S1"),
    "payments": PAYMENTS.replace("P1", f"{CANARY}1"),
}


def let_go(company: Company, by: Member | None = None) -> int:
    with acting_for(company.organization_id):
        return delete_company(company, by=by)


def rows_that_say(text: str) -> Iterator[str]:
    """Every table with a row that holds the text anywhere."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select quote_ident(relname) from pg_class where relkind = 'r'"
            " and relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {table} t where t::text ilike %s", [f"%{text}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                yield table


def files_that_say(text: str) -> list[str]:
    return [key for key in stored("organizations") if text.encode() in b"".join(storage.chunks(key))]


def test_no_row_file_log_line_or_job_holds_its_data(
    organization: Organization, member: Member, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with acting_for(organization.id):
        company = create_company(
            organization, name="Harbor Foods", description=f"{CANARY} says", tags={"Note": CANARY}, by=member
        )
    held = connect(company, platform_name=f"{CANARY} Books")
    with acting_for(organization.id):
        Consent.objects.create(
            organization=organization, company=company, connection=held, text=CANARY, locale="en"
        )
    bring(held, MARKED)
    work()
    upload(held, f"{CANARY}.csv", MARKED["bills"])
    ask(held)
    assert files_that_say(CANARY)
    assert list(rows_that_say(CANARY))
    let_go(company, member)
    assert work("companies.delete") == ["companies.delete"]
    assert list(rows_that_say(CANARY)) == []
    assert stored() == []
    assert CANARY not in caplog.text
    assert waiting() == []
    with acting_for(organization.id):
        (left,) = Event.objects.all()
    assert (left.kind, left.actor) == ("company.deleted", "Ada Marsh")
    assert left.words == f"Harbor Foods ({company.id}) was deleted."


def test_subsidiaries_go_with_it_and_others_stay(organization: Organization) -> None:
    with acting_for(organization.id):
        parent = create_company(organization, name="Parent")
        child = create_company(organization, name="Child", parent=parent)
        create_company(organization, name="Grandchild", parent=child)
        other = create_company(organization, name="Other")
    bring(connect(other))
    assert let_go(parent) == 3
    work("companies.delete")
    with acting_for(organization.id):
        assert list(Company.objects.values_list("name", flat=True)) == ["Other"]
        assert Event.objects.filter(kind="company.deleted").count() == 3
    assert len(stored()) == len(SMALL)
    assert [task for task, _ in waiting()] == ["syncs.read_uploads"]


def test_a_group_without_the_subsidiary_reports_without_its_data(organization: Organization) -> None:
    with acting_for(organization.id):
        group = create_company(organization, name="Group")
        leaving = create_company(organization, name="Leaving", parent=group)
        staying = create_company(organization, name="Staying", parent=group)
    bring(connect(leaving))
    bring(connect(staying), {"bills": BILLS})
    work("syncs.read_uploads")
    with acting_for(organization.id):
        before = ReportRun.objects.get(company=group)
    let_go(leaving)
    work("companies.delete", "connections.remove_files")
    with acting_for(organization.id):
        after = ReportRun.objects.get(company=group)
        group.refresh_from_db()
    assert after.id != before.id
    assert (group.family_count, group.report_status) == (2, "Generating")


def test_deleting_twice_is_no_fault(company: Company) -> None:
    bring(connect(company))
    let_go(company)
    arguments = (str(company.organization_id), [str(company.id)])
    delete.func(*arguments)
    delete.func(*arguments)
    assert stored() == []


def test_a_run_under_way_leaves_nothing_behind(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """The company goes between the making of its reports and their keeping."""

    def gone_meanwhile(*given: Any) -> Results:
        made = make_reports(*given)
        let_go(company)
        delete.func(str(company.organization_id), [str(company.id)])
        return made

    bring(connect(company))
    work("syncs.read_uploads")
    monkeypatch.setattr("cardable.server.insights.jobs.make_reports", gone_meanwhile)
    work("insights.generate")
    assert stored() == []


def test_files_of_companies_that_are_gone_are_swept(company: Company) -> None:
    gone = f"organizations/{company.organization_id}/companies/6f0c9a52-0000-4000-8000-000000000000"
    storage.put(f"{gone}/uploads/a", [b"left behind"])
    kept = f"organizations/{company.organization_id}/companies/{company.id}/uploads/b"
    storage.put(kept, [b"in use"])
    assert sweep(company.organization_id) == 1
    assert stored() == [kept]
