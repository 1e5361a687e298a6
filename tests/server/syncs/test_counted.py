"""Books told by two connections are counted once."""

from decimal import Decimal

import pytest

from cardable.server.companies.models import Company
from cardable.server.connections.changes import delete_connection, unlink
from cardable.server.connections.models import Connection
from cardable.server.events.models import Event
from cardable.server.insights.customers import held_data
from cardable.server.organizations.models import Member
from cardable.server.portal.company_figures import latest_totals
from cardable.server.syncs.counted import NoData, choose, counted, set_aside
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, SMALL, bring, connect, read, work

NEWER = SMALL | {"bills": BILLS.replace("1200.00", "1500.00")}


@pytest.fixture
def old(company: Company) -> Connection:
    held = connect(company, "sage-100", platform_name="Sage 100", step="done")
    bring(held)
    read()
    return held


@pytest.fixture
def new(company: Company, old: Connection) -> Connection:
    held = connect(company, "xero", platform_name="Xero", step="done")
    bring(held, NEWER)
    return held


def counts(company: Company) -> list[str]:
    with acting_for(company.organization_id):
        return [each.connection.platform_name for each in held_data(company).snapshots]


def status(held: Connection) -> str:
    with acting_for(held.organization_id):
        return Connection.objects.get(id=held.id).status


def test_new_software_counts_once_its_data_is_in_and_no_sooner(
    company: Company, old: Connection, new: Connection
) -> None:
    assert (counts(company), status(old)) == (["Sage 100"], "Linked")
    read()
    assert (counts(company), status(old)) == (["Xero"], "Unlinked")


def test_reports_hold_the_same_books_once(company: Company, new: Connection) -> None:
    work()
    with acting_for(company.organization_id):
        totals = latest_totals(company)
    assert totals
    assert totals.total_spend == Decimal("2300.00")


def test_what_was_replaced_says_since_when(company: Company, old: Connection, new: Connection) -> None:
    read()
    with acting_for(company.organization_id):
        found = set_aside([company.id])
        new.refresh_from_db()
    assert list(found) == [old.id]
    assert (found[old.id].since, found[old.id].platform_name) == (new.counted_since, "Xero")


def test_newer_files_of_the_counting_software_change_nothing_about_since_when(
    company: Company, old: Connection, new: Connection
) -> None:
    read()
    with acting_for(company.organization_id):
        before = set_aside([company.id])
    bring(new, {"expenses": "expense_id,issue_date,currency,total_amount\nE1,2026-09-03,USD,5.00\n"})
    read()
    with acting_for(company.organization_id):
        assert set_aside([company.id]) == before


@pytest.mark.usefixtures("ready_reports")
def test_chosen_data_counts_again_and_makes_reports(
    company: Company, old: Connection, new: Connection
) -> None:
    work()
    with acting_for(company.organization_id):
        choose(old, by="Ada Marsh")
        assert Event.objects.get(kind="data.chosen").actor == "Ada Marsh"
        assert list(set_aside([company.id])) == [new.id]
    assert counts(company) == ["Sage 100"]
    assert work() == ["insights.generate"]


def test_the_same_files_read_once_more_do_not_undo_a_choice(
    company: Company, old: Connection, new: Connection
) -> None:
    read()
    with acting_for(company.organization_id):
        choose(old, by="Ada Marsh")
    bring(new, {})
    read()
    assert counts(company) == ["Sage 100"]


def test_only_what_brought_data_can_be_chosen(company: Company, old: Connection) -> None:
    held = connect(company, "xero", platform_name="Xero")
    with acting_for(company.organization_id), pytest.raises(NoData):
        choose(held, by="Ada Marsh")


def test_data_before_counts_again_when_the_newer_is_deleted(
    company: Company, member: Member, old: Connection, new: Connection
) -> None:
    read()
    with acting_for(company.organization_id):
        delete_connection(new, by=member)
    assert counts(company) == ["Sage 100"]


def test_unlinked_data_counts_as_long_as_no_other_came(company: Company, old: Connection) -> None:
    with acting_for(company.organization_id):
        unlink(old, by="Ada Marsh")
    assert counts(company) == ["Sage 100"]


def test_other_types_of_connections_count_beside_the_books(company: Company, old: Connection) -> None:
    bring(connect(company, "cards", platform_name="Cards", source_type="Expense"), NEWER)
    read()
    assert counts(company) == ["Sage 100", "Cards"]
    assert status(old) == "Linked"


def test_a_disconnected_connection_is_read_no_more(company: Company, old: Connection) -> None:
    bring(old, NEWER)
    with acting_for(company.organization_id):
        unlink(old, by="Ada Marsh")
        before = counted().get().id
    read()
    with acting_for(company.organization_id):
        assert counted().get().id == before
        assert not old.syncs.filter(completed_at=None).exists()
    assert status(old) == "Unlinked"


@pytest.mark.usefixtures("ready_reports")
def test_software_that_comes_back_with_the_same_files_counts_with_them(
    company: Company, old: Connection, new: Connection
) -> None:
    work()
    with acting_for(company.organization_id):
        Connection.objects.filter(id=old.id).update(status="PendingAuth")
    bring(old, {})
    assert work() == ["syncs.read_uploads", "insights.generate"]
    assert (counts(company), status(old), status(new)) == (["Sage 100"], "Linked", "Unlinked")
    with acting_for(company.organization_id):
        assert Event.objects.filter(kind="connection.reconnected").count() == 1
