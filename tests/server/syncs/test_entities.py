"""Each company in a customer's files becomes a subsidiary with data and reports of its own."""

import json
from decimal import Decimal
from typing import Any

import pytest

from cardable.server import storage
from cardable.server.companies.changes import create_company, delete_company
from cardable.server.companies.models import Company
from cardable.server.connections.changes import delete_connection, unlink
from cardable.server.connections.entities import choice_of
from cardable.server.connections.models import Connection, ConnectionEvent
from cardable.server.events.models import Event
from cardable.server.insights.models import ReportFile, ReportRun
from cardable.server.insights.runs import is_left_out, request_run
from cardable.server.organizations.models import Member, Organization
from cardable.server.syncs.counted import ChosenElsewhere, choose, set_aside
from cardable.server.syncs.jobs import read_uploads
from cardable.server.syncs.models import StoredSnapshot, Sync
from cardable.server.tenancy import acting_for
from tests.examples import expected
from tests.reports.test_json import differences
from tests.server.bringing import bring, connect, harbor_foods, read, stored, waiting, work
from tests.server.syncs.shared import (
    BOTH,
    NAMES,
    NEWER,
    ONLY_EAST,
    counts,
    entity_of,
    ids_of,
    names_below,
    share,
    spend,
    subsidiary,
)


@pytest.fixture
def held(company: Company) -> Connection:
    return connect(company, "sage-100", platform_name="Sage 100", step="done")


@pytest.fixture
def split(held: Connection) -> Connection:
    """Shared, each company as one of its own."""
    share(held, BOTH)
    return held


def report_json(company: Company) -> Any:
    with acting_for(company.organization_id):
        file = ReportFile.objects.get(run__company=company, report="json")
    return json.loads(b"".join(storage.chunks(file.storage_key)), parse_float=Decimal)


def status(company: Company) -> str:
    return entity_of(company).status


def test_each_entity_becomes_a_linked_subsidiary_and_no_file_is_kept_twice(
    company: Company, split: Connection
) -> None:
    assert names_below(company) == ["east", "west"]
    east = entity_of(subsidiary(company, "east"))
    assert (east.status, east.platform_name, east.origin_id) == ("Linked", "Sage 100", split.id)
    assert east.source_instance == split.source_instance
    with acting_for(company.organization_id):
        rows = {each.company.name: each.rows for each in StoredSnapshot.objects.select_related("company")}
        received = set(Sync.objects.filter(company=company).values_list("record_type", "detail"))
        company.refresh_from_db()
        assert set(ConnectionEvent.objects.filter(connection=east).values_list("kind", flat=True)) == {
            "Started", "Completed",
        }  # fmt: skip
    assert rows == {"Harbor Foods": {}, "east": _ONE, "west": _ONE}
    assert ("bills", "2 rows") in received
    assert (company.connection_status, company.linked_count, company.children_count) == ("Linked", 3, 2)


_ONE = {"suppliers": 1, "bills": 1}


def test_the_groups_figures_are_those_of_the_worked_example(
    company: Company, organization: Organization, held: Connection
) -> None:
    with acting_for(organization.id):
        organization.report_parameters = {"threshold": 500}
        organization.save()
    share(held, harbor_foods())
    assert names_below(company) == ["Harbor Foods East", "Harbor Foods West"]
    assert sorted(work()) == ["insights.generate"] * 3
    told, made = expected()["spendAnalysis"], report_json(company)
    assert lacking(made["customer"], told["customer"]) == {}
    assert lacking(made["spendSummary"], {"annualCardBenefits": "2128.68"}) == {}
    pairs = [
        *zip(made["entitySpendBreakdown"], told["entitySpendBreakdown"]["rows"], strict=True),
        *zip(made["paymentMethods"], told["spendAnalysisTab"], strict=True),
        *by_supplier(made, [*told["supplierAnalysisTab"], *told["suppliersBelowThreshold"]]),
    ]
    assert [lacking(*pair) for pair in pairs] == [{}] * len(pairs)
    for name, wanted in zip(names_below(company), expected()["childReportCustomerTabs"], strict=True):
        assert lacking(report_json(subsidiary(company, name))["customer"], wanted) == {}


def lacking(given: Any, wanted: Any) -> Any:
    """The figures that are not those of the example; names and IDs are the portal's own."""
    own = ("companyId", "companyName", "paymentMethod", "importedDate")
    return differences(given, {key: value for key, value in wanted.items() if key not in own})


def by_supplier(made: Any, wanted: Any) -> Any:
    given = {each["supplierId"]: each for each in made["suppliers"]}
    assert len(given) == len(wanted)
    return [(given[each["supplierId"]], each) for each in wanted]


def test_names_are_stripped_and_an_entity_that_is_renamed_keeps_its_company(
    company: Company, split: Connection
) -> None:
    before = ids_of(company)
    share(split, NAMES)
    assert names_below(company) == ["Harbor Foods East", "Harbor Foods West"]
    assert ids_of(company) == before


@pytest.mark.usefixtures("ready_reports")
def test_newer_files_bring_newer_data_to_every_company(company: Company, split: Connection) -> None:
    work()
    share(split, NEWER)
    assert names_below(company) == ["east", "west"]
    with acting_for(company.organization_id):
        rows = StoredSnapshot.objects.get(company__name="west", is_current=True).rows
        assert ReportRun.objects.filter(status="InProgress").count() == 3
    assert rows["bills"] == 2
    assert [task for task, at in waiting() if at] == []


@pytest.mark.usefixtures("ready_reports")
def test_an_entity_unticked_is_unlinked_and_its_data_kept_and_not_counted(
    company: Company, split: Connection
) -> None:
    work()
    share(split, left_out="west")
    west = subsidiary(company, "west")
    assert (status(west), counts(west), counts(subsidiary(company, "east"))) == ("Unlinked", False, True)
    with acting_for(company.organization_id):
        assert StoredSnapshot.objects.filter(company=west, is_current=True).exists()
        assert set_aside([west.id])[entity_of(west).id].platform_name == ""
        company.refresh_from_db()
        assert company.connection_status == "Partial"
        assert ReportRun.objects.filter(status="InProgress", company=west).count() == 0
        assert (is_left_out(west), is_left_out(company)) == (True, False)
    share(split)
    assert (status(west), counts(west)) == ("Linked", True)


def test_left_out_data_is_in_no_figure_of_the_group(company: Company, split: Connection) -> None:
    share(split, left_out="west")
    work()
    assert spend(company) == Decimal("1200.00")


def test_an_entity_that_newer_files_lack_counts_no_more(company: Company, split: Connection) -> None:
    with acting_for(company.organization_id):
        split.uploads.update(status="Replaced")
    share(split, ONLY_EAST)
    assert (counts(subsidiary(company, "east")), counts(subsidiary(company, "west"))) == (True, False)


def test_together_again_the_parts_do_not_count_beside_the_whole(company: Company, split: Connection) -> None:
    share(split, only="east")
    work()
    assert (status(subsidiary(company, "east")), spend(company)) == ("Unlinked", Decimal("1200.00"))


def test_one_chosen_of_several_is_all_that_counts_and_that_is_told(
    company: Company, held: Connection
) -> None:
    share(held, BOTH, only="west")
    work()
    assert (names_below(company), spend(company)) == ([], Decimal("800.00"))
    with acting_for(company.organization_id):
        (notice,) = [
            each for each in StoredSnapshot.objects.get().notices if each["code"] == "ENTITIES_LEFT_OUT"
        ]
    assert notice["message"] == "The customer left out what the files hold of east."


def test_what_was_chosen_and_is_not_there_is_a_fault_and_the_last_data_stays(
    company: Company, held: Connection
) -> None:
    share(held, BOTH, only="west")
    share(held, only="north")
    with acting_for(company.organization_id):
        assert Connection.objects.get().error.startswith("The files hold nothing of the company that was")
        assert StoredSnapshot.objects.get().rows["bills"] == 1


def test_reading_twice_changes_nothing(company: Company, split: Connection) -> None:
    before, files = ids_of(company), stored()
    read_uploads.func(str(split.organization_id), str(split.id))
    assert (ids_of(company), stored()) == (before, files)


def test_a_reading_killed_midway_is_ended_by_the_next(
    company: Company, held: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Subsidiaries are made and files lie in storage; the pointers are not moved."""
    with monkeypatch.context() as patched:
        patched.setattr("cardable.server.syncs.keeping._keep_entities", lambda *_: 1 / 0)
        patched.setattr("cardable.server.syncs.jobs.PATIENCE.is_for", lambda _: True)
        with pytest.raises(ZeroDivisionError):
            share(held, BOTH)
    made, files = ids_of(company), stored()
    with acting_for(company.organization_id):
        assert not StoredSnapshot.objects.exists()
    read()
    assert (ids_of(company), stored()) == (made, files)
    assert counts(subsidiary(company, "east"))


def test_other_software_that_holds_the_same_entity_finds_its_company(
    company: Company, split: Connection
) -> None:
    east = subsidiary(company, "east")
    new = connect(company, "xero", platform_name="Xero", step="done")
    share(new, {"bills.csv": BOTH["bills.csv"].replace("west", "north")})
    assert names_below(company) == ["east", "north", "west"]
    with acting_for(company.organization_id):
        by_software = dict(Connection.objects.filter(company=east).values_list("platform_name", "status"))
    assert by_software == {"Sage 100": "Unlinked", "Xero": "Linked"}
    assert [counts(subsidiary(company, name)) for name in ("east", "north", "west")] == [True, True, False]
    with acting_for(company.organization_id):
        choose(split, by="Ada Marsh")
    assert [counts(subsidiary(company, name)) for name in ("east", "north", "west")] == [True, False, True]
    with acting_for(company.organization_id), pytest.raises(ChosenElsewhere):
        choose(entity_of(subsidiary(company, "north")), by="Ada Marsh")


def test_subsidiaries_follow_the_parents_products_and_a_waiting_namesake_is_taken(
    company: Company, held: Connection
) -> None:
    with acting_for(company.organization_id):
        Company.objects.filter(id=company.id).update(products=["Spend Insights"])
        company.refresh_from_db()
        waits = create_company(company.organization, name="East", parent=company)
    share(held, BOTH)
    assert names_below(company) == ["East", "west"]
    assert waits.id in ids_of(company)
    assert subsidiary(company, "west").products == ["Spend Insights"]


def test_an_invited_subsidiary_has_its_entities_below_itself(company: Company) -> None:
    with acting_for(company.organization_id):
        child = create_company(company.organization, name="Child", parent=company)
    share(connect(child), BOTH)
    work()
    assert (names_below(child), names_below(company)) == (["east", "west"], ["Child"])
    assert spend(company) == spend(child) == Decimal("2000.00")


def test_an_entity_of_the_companys_own_name_is_the_company_itself(company: Company, held: Connection) -> None:
    share(held, {"bills.csv": BOTH["bills.csv"].replace("east,", "harbor foods,")})
    work()
    assert (names_below(company), spend(company)) == (["west"], Decimal("2000.00"))


def test_an_entity_unlinked_by_the_issuer_is_left_out_until_the_customer_ticks_it_again(
    company: Company, split: Connection
) -> None:
    west = subsidiary(company, "west")
    with acting_for(company.organization_id):
        unlink(entity_of(west), by="Ada Marsh")
        assert Event.objects.filter(kind="company.subsidiary.left_out", company_id=company.id).exists()
        kept = choice_of(Connection.objects.get(id=split.id))
    assert kept
    assert (counts(west), set(kept.unshared)) == (False, {"west"})
    bring(split, NEWER)
    read()
    assert (status(west), counts(west)) == ("Unlinked", False)
    share(split)
    assert (status(west), counts(west)) == ("Linked", True)


def test_deleting_a_subsidiary_unticks_it(company: Company, split: Connection, member: Member) -> None:
    with acting_for(company.organization_id):
        delete_company(subsidiary(company, "west"), by=member)
    work("companies.delete")
    bring(split, NEWER)
    read()
    assert names_below(company) == ["east"]
    share(split)
    assert names_below(company) == ["east", "west"]


def test_what_comes_with_a_connection_goes_with_it(
    company: Company, split: Connection, member: Member
) -> None:
    with acting_for(company.organization_id):
        unlink(split, by="Ada Marsh")
    east = subsidiary(company, "east")
    assert (status(east), counts(east)) == ("Unlinked", True)
    with acting_for(company.organization_id):
        delete_connection(Connection.objects.get(id=split.id), by=member)
        assert not Connection.objects.exists()
    work("connections.remove_files")
    assert [each for each in stored() if "/snapshots/" in each] == []
    assert names_below(company) == ["east", "west"]


def test_the_same_files_shared_again_after_a_pause_link_every_company(
    company: Company, split: Connection
) -> None:
    with acting_for(company.organization_id):
        unlink(split, by="Ada Marsh")
        Connection.objects.filter(id=split.id).update(status="PendingAuth")
    bring(split, {})
    read()
    assert status(subsidiary(company, "east")) == "Linked"


def test_deleting_the_parent_leaves_nothing(company: Company, split: Connection, member: Member) -> None:
    with acting_for(company.organization_id):
        request_run(company)
        delete_company(company, by=member)
    work("companies.delete")
    with acting_for(company.organization_id):
        assert not Company.objects.exists()
    assert stored() == []
