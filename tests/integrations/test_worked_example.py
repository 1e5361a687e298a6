"""Harbor Foods' files come out as exactly the records that the example says they hold."""

from pathlib import Path

import pytest

from cardable.integrations.any_spreadsheet import CompanyData
from cardable.records import Bill, BillCreditNote, BillPayment, CompanyInfo, Expense, Supplier
from cardable.snapshots import Snapshot, write
from tests.examples import HARBOR_FOODS, harbor_foods
from tests.integrations.grids import Files, Result, rows_of

FILES = {
    "suppliers": "suppliers.csv",
    "bills": "bills.csv",
    "payments": "bill_payments.csv",
    "allocations": "payment_allocations.csv",
    "credit_notes": "bill_credit_notes.csv",
    "expenses": "expenses.csv",
    "companies": "companies.csv",
    "imported_dates": "imported_dates.csv",
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Result:
    files = Files(tmp_path_factory.mktemp("harbor"))
    texts = {kind: (HARBOR_FOODS / file).read_text("utf-8") for kind, file in FILES.items()}
    return files.read(*(files.template(kind, text, file=FILES[kind]) for kind, text in texts.items()))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    group = harbor_foods(tmp_path_factory.mktemp("expected"))
    return {entity.id: entity.snapshot for entity in group.entities}


@pytest.mark.parametrize("record", [Supplier, Bill, BillPayment, BillCreditNote, Expense])
@pytest.mark.parametrize("place", [1, 2])
def test_the_records_are_exactly_those_of_the_example(
    read: Result, expected: dict[str, Snapshot], record: type, place: int
) -> None:
    company = read.delivery.companies[place]
    assert read.records(record, place) == list(expected[company.id].read(record))


def test_each_company_has_its_own_details(read: Result) -> None:
    group, east, west = read.delivery.companies
    assert (group.name, group.tables, east.parent_id, west.parent_id) == (
        "Harbor Foods Group",
        {},
        "hfg",
        "hfg",
    )
    assert (east.source_instance, east.base_currency, east.info.tax_number) == (
        "erp-7781",
        "USD",
        "98-7654321",
    )
    assert isinstance(east.info, CompanyInfo)


def test_every_row_is_accepted_and_nothing_is_assumed(read: Result) -> None:
    counts = {table.kind: (table.read, table.accepted) for table in read.delivery.files}
    assert counts["bills"] == (20, 20)
    assert counts["payments"] == (19, 19)
    assert not read.delivery.problems
    assert not read.delivery.notices
    assert read.delivery.rejected_share == 0


def test_imported_dates_come_with_the_company_they_name(read: Result) -> None:
    assert read.delivery.imported_dates is not None
    rows = rows_of(read.delivery.imported_dates)
    assert [(row["company_id"], row["supplier_id"]) for row in rows][:2] == [("hfg", "S1"), ("hfg", "S2")]


def test_a_snapshot_takes_the_files_as_they_are(read: Result, tmp_path: Path) -> None:
    company: CompanyData = read.delivery.companies[1]
    snapshot = write(tmp_path / "snapshot", company.tables)
    assert len(snapshot.read(Bill)) == company.rows[Bill] == 13
