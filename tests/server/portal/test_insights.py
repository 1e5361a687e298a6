"""The Spend Insights tab: how reports stand, what may be downloaded, when new ones may be asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.server.conftest import client_of, make_company
from tests.server.portal.made import connect, refresh
from tests.server.portal.runs import FILES, begin_run, make_run

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member, Organization

TAB = "/spend-insights/"


def page(client: Client, address: str = TAB) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def names(client: Client, address: str = TAB) -> list[str]:
    return re.findall(
        r'<a href="/spend-insights/[0-9a-f-]{36}/" dir="auto">([^<]*)</a>', page(client, address)
    )


def events_of(company: Company) -> list[tuple[str, str]]:
    from cardable.server.events.models import Event
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        return list(Event.objects.filter(company_id=company.id).values_list("kind", "actor"))


def test_each_status_has_its_action(client: Client, organization: Organization) -> None:
    make_run(make_company(organization, "Ready"))
    begin_run(make_company(organization, "Busy"))
    begin_run(make_company(organization, "Broken"), status="Error", reason="No record has a date.")
    make_company(organization, "Silent")
    found = page(client)
    assert "Reports of Ready" in found
    assert re.search(r"disabled>.*Reports of Busy, not ready yet", found)
    assert "No record has a date." in found
    assert "Reference: <code>" in found
    assert re.search(r'request-data" data-window-link>Request data<span class="unseen"> from Silent', found)


def test_a_failed_run_leaves_earlier_reports_to_download(client: Client, company: Company) -> None:
    make_run(company)
    begin_run(company, status="Error", reason="It broke.")
    found = page(client)
    assert "Failed" in found
    assert f"/spend-insights/{company.id}/reports/spend-analysis" in found


def test_the_menu_has_a_line_for_each_report_and_its_time(client: Client, company: Company) -> None:
    make_run(company)
    lines = re.findall(r"<span>([\w ]+)<small>Last updated: <time", page(client))
    assert lines == ["Spend Summary", "Spend Analysis", "Download all"]


def test_newest_companies_come_first_and_names_sort(client: Client, organization: Organization) -> None:
    for name in ("Beta", "Alpha"):
        make_company(organization, name)
    assert names(client) == ["Alpha", "Beta"]
    assert names(client, f"{TAB}?sort=-name") == ["Beta", "Alpha"]
    assert names(client, f"{TAB}?q=bet") == ["Beta"]


def test_a_hit_below_a_parent_opens_it(client: Client, organization: Organization) -> None:
    group = make_company(organization, "Harbor Foods Group")
    refresh(make_company(organization, "Pier Depot", parent=group))
    assert names(client) == ["Harbor Foods Group"]
    assert names(client, f"{TAB}?q=depot") == ["Harbor Foods Group", "Pier Depot"]


def test_a_page_takes_as_many_queries_for_many_companies(client: Client, organization: Organization) -> None:
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    begin_run(make_company(organization, "First"), status="Error", reason="It broke.")
    few = queries()
    for number in range(12):
        begin_run(make_company(organization, f"Company {number}"), status="Complete")
    assert queries() == few


def test_only_rows_that_stand_otherwise_than_shown_are_sent_again(
    client: Client, organization: Organization
) -> None:
    """A first upload turns Unavailable into Generating and then Available: each step must show by itself."""
    busy, new = make_company(organization, "Busy"), make_company(organization, "New")
    begin_run(busy)
    shown = [f"{busy.id.hex}-Generating", f"{new.id.hex}-Unavailable"]
    text = page(client)
    assert all(f'name="of" value="{each}"' in text for each in shown)
    asked = {"of": [*shown, "nonsense"], "batch": new.id.hex}
    assert client.get(f"{TAB}changes", asked).status_code == 204
    begin_run(new)
    answer = client.get(f"{TAB}changes", asked).content.decode()
    assert f'id="s-{new.id.hex}" hx-swap-oob="true"' in answer
    assert f'value="{new.id.hex}-Generating" data-batch="{new.id.hex}"' in answer
    assert busy.id.hex not in answer
    make_done(busy)
    assert "The reports of Busy are ready." in client.get(f"{TAB}changes", asked).content.decode()


def make_done(company: Company) -> None:
    from cardable.server.insights.models import ReportRun
    from cardable.server.insights.runs import show_status
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        ReportRun.objects.filter(company=company).update(status="Complete")
        show_status(company)


def test_the_page_asks_more_seldom_where_nothing_is_being_made(
    client: Client, organization: Organization
) -> None:
    make_run(make_company(organization, "Ready"))
    assert 'hx-trigger="every 10s"' in page(client)
    begin_run(make_company(organization, "Busy"))
    assert 'hx-trigger="every 3s"' in page(client)


@pytest.mark.parametrize("report", ["spend-analysis", "spend-summary"])
def test_a_report_is_an_attachment_under_its_name(client: Client, company: Company, report: str) -> None:
    make_run(company)
    answer = client.get(f"{TAB}{company.id}/reports/{report}")
    assert b"".join(answer) == f"the {report}".encode()
    assert answer["Content-Disposition"] == f'attachment; filename="{FILES[report]}"'
    assert answer["Content-Length"] == str(len(f"the {report}"))
    assert ("reports.downloaded", "Ada Marsh") in events_of(company)


def test_the_newest_complete_run_is_handed_out(client: Client, company: Company) -> None:
    from cardable.server.insights.models import ReportFile
    from cardable.server.tenancy import acting_for

    make_run(company)
    newest = make_run(company)
    with acting_for(company.organization_id):
        ReportFile.objects.filter(run=newest, report="bundle").update(file_name="Newest.zip")
    answer = client.get(f"{TAB}{company.id}/bundle")
    assert answer["Content-Disposition"] == 'attachment; filename="Newest.zip"'
    assert answer["Content-Type"] == "application/zip"


@pytest.mark.parametrize("address", ["reports/wex", "reports/payroll", "bundle"])
def test_a_report_that_was_never_made_is_not_found(client: Client, company: Company, address: str) -> None:
    assert client.get(f"{TAB}{company.id}/{address}").status_code == 404


def test_a_report_whose_file_is_gone_is_not_found(client: Client, company: Company) -> None:
    from cardable.server import storage

    storage.delete(make_run(company).storage_prefix)
    assert client.get(f"{TAB}{company.id}/bundle").status_code == 404


def test_reports_are_updated_where_a_connection_is_live(client: Client, company: Company) -> None:
    connect(company, "Ledgerline", is_streaming=True)
    answer = client.post(f"{TAB}{company.id}/update", {"next": TAB})
    assert (answer.status_code, answer["Location"]) == (302, TAB)
    assert statuses(company) == ["InProgress"]
    client.post(f"{TAB}{company.id}/update", {"next": "https://elsewhere.example/"})
    assert statuses(company) == ["InProgress"]
    assert events_of(company).count(("reports.spendAnalysis.requested", "Ada Marsh")) == 1


def statuses(company: Company) -> list[str]:
    from cardable.server.insights.models import ReportRun
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        return list(ReportRun.objects.filter(company=company).values_list("status", flat=True))


def test_reports_of_files_are_not_updated_and_the_reason_is_said(client: Client, company: Company) -> None:
    make_run(company)
    make_snapshot(company)
    assert 'aria-disabled="true"' in page(client)
    assert "The data came by file upload." in page(client)
    answer = client.post(f"{TAB}{company.id}/update", follow=True)
    assert "The data came by file upload." in answer.content.decode()
    assert statuses(company) == ["Complete"]


def make_snapshot(company: Company) -> None:
    from datetime import date

    from cardable.server.syncs.models import StoredSnapshot
    from cardable.server.tenancy import acting_for

    connection = connect(company, "Other software")
    with acting_for(company.organization_id):
        StoredSnapshot.objects.create(
            organization_id=company.organization_id,
            company=company,
            connection=connection,
            storage_prefix="nowhere",
            base_currency="USD",
            as_of=date(2026, 6, 30),
        )


def test_a_stranger_finds_nothing(company: Company, stranger: Member, static_files: None) -> None:
    make_run(company)
    eve = client_of(stranger)
    assert names(eve) == []
    for address in ("reports/spend-analysis", "bundle"):
        assert eve.get(f"{TAB}{company.id}/{address}").status_code == 404
    assert eve.post(f"{TAB}{company.id}/update").status_code == 404
    assert company.id.hex not in eve.get(f"{TAB}changes?of={company.id.hex}-Generating").content.decode()


def test_onboarding_users_are_kept_out(company: Company, member_as: Any, static_files: None) -> None:
    make_run(company)
    newcomer = client_of(member_as("Onboarding"))
    for address in ("", "changes", f"{company.id}/bundle", f"{company.id}/"):
        assert newcomer.get(f"{TAB}{address}").status_code == 403


def test_nobody_is_sent_to_sign_in(company: Company, static_files: None) -> None:
    answer = client_of(None).get(f"{TAB}{company.id}/bundle")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
