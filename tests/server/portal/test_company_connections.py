"""A company with two sets of books: which counts is said, seen and chosen; what failed is read again."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, Consent
from cardable.server.insights.customers import held_data
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, SMALL, bring, connect, read, waiting, work
from tests.server.conftest import client_of


@pytest.fixture
def old(company: Company) -> Connection:
    held = connect(company, "sage-100", platform_name="Sage 100", step="done")
    bring(held)
    read()
    return held


@pytest.fixture
def new(company: Company, old: Connection) -> Connection:
    held = connect(company, "xero", platform_name="Xero", step="done")
    bring(held, SMALL | {"bills": BILLS.replace("B2", "B7")})
    read()
    return held


@pytest.fixture
def developer(member_as: Callable[[str], Member], static_files: None) -> Client:
    return client_of(member_as("Developer"))


def text(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&nbsp;", " ").split())


def counts(company: Company) -> list[str]:
    with acting_for(company.organization_id):
        return [each.connection.platform_name for each in held_data(company).snapshots]


def test_replaced_data_says_so_where_connections_are_managed(
    client: Client, company: Company, new: Connection
) -> None:
    page = text(client, f"/companies/{company.id}/connections")
    assert page.count("Not counted in reports since") == 1
    assert "The data of Xero counts instead." in page


def test_the_data_shown_is_the_data_that_counts(client: Client, company: Company, new: Connection) -> None:
    page = text(client, f"/companies/{company.id}/data/bills")
    assert "B7" in page
    assert "B2" not in page
    assert "Data from Sage 100 is kept and not counted since" in page


def test_replaced_data_can_be_looked_at_and_taken_along(
    client: Client, company: Company, old: Connection, new: Connection
) -> None:
    kept = f"/companies/{company.id}/data/bills?connection={old.id}"
    page = text(client, kept)
    assert "B2" in page
    assert "B7" not in page
    assert "See what counts" in page
    found = client.get(kept.replace("bills", "bills.csv"))
    assert "B2" in b"".join(found).decode()


def test_replaced_data_is_chosen_by_who_may_manage_connections(
    client: Client, developer: Client, company: Company, old: Connection, new: Connection
) -> None:
    assert client.post(f"/connections/{old.id}/count").status_code == 403
    assert counts(company) == ["Xero"]
    answer = developer.post(f"/connections/{old.id}/count", follow=True)
    assert "counts again" in answer.content.decode()
    assert counts(company) == ["Sage 100"]


def test_a_connection_without_data_cannot_be_chosen(
    developer: Client, company: Company, old: Connection
) -> None:
    pending = connect(company, "xero", platform_name="Xero")
    answer = developer.post(f"/connections/{pending.id}/count", follow=True)
    assert "has brought no data" in answer.content.decode()


def test_a_pending_connection_has_an_address_of_its_own(client: Client, company: Company) -> None:
    pending = connect(company, "xero", platform_name="Xero")
    page = client.get(f"/connections/{pending.id}/link").content.decode()
    assert f"/link/companies/{company.id}/connections/{pending.id}/start?otp=" in page
    assert "Works once, until" in page


def test_with_links_that_stay_the_panel_shows_each_address(
    client: Client, company: Company, organization: Organization
) -> None:
    with acting_for(organization.id):
        Organization.objects.filter(id=organization.id).update(one_time_links=False)
    pending = connect(company, "xero", platform_name="Xero")
    page = client.get(f"/companies/{company.id}/connections", headers={"X-Window": "1"}).content.decode()
    assert f"/link/companies/{company.id}/connections/{pending.id}/start" in page


@pytest.mark.usefixtures("ready_reports")
def test_data_by_file_cannot_be_refreshed_and_says_why(
    client: Client, company: Company, old: Connection
) -> None:
    work()
    page = text(client, f"/companies/{company.id}/data/bills")
    assert "Newer data comes when the customer brings newer files." in page
    answer = client.post(f"/companies/{company.id}/refresh", follow=True)
    assert "The data came by file upload." in answer.content.decode()
    assert waiting() == []


@pytest.mark.usefixtures("ready_reports")
def test_files_that_could_not_be_read_are_read_again(
    client: Client, company: Company, old: Connection
) -> None:
    work()
    with acting_for(company.organization_id):
        Connection.objects.filter(id=old.id).update(error="Something went wrong on our side.")
    page = client.get(f"/companies/{company.id}/data/bills").content.decode()
    assert f'action="/companies/{company.id}/refresh"' in page
    answer = client.post(f"/companies/{company.id}/refresh")
    assert answer.headers["Location"] == f"/companies/{company.id}/history"
    assert work() == ["syncs.read_uploads"]
    with acting_for(company.organization_id):
        assert Connection.objects.get(id=old.id).error == ""
        assert not old.syncs.filter(completed_at=None).exists()


def test_the_write_history_tells_that_nothing_is_written_and_what_was_agreed(
    client: Client, company: Company, old: Connection
) -> None:
    assert "No agreement yet" in text(client, f"/companies/{company.id}/history/writes")
    with acting_for(company.organization_id):
        Consent.objects.create(
            organization_id=company.organization_id, company=company, connection=old, text="Only to read."
        )
    page = text(client, f"/companies/{company.id}/history/writes")
    assert "nothing ever is: access is to read only" in page
    assert "Only to read." in page
