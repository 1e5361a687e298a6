"""What the customer sees of a file before it confirms it."""

from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.connections.models import Upload
from cardable.server.syncs.jobs import rejects_key
from cardable.server.syncs.requests import request_inspection
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, connect, harbor_foods, upload, work


def inspected(company: Company, name: str, text: str | bytes, report: str = "any", **more: object) -> Upload:
    made = upload(connect(company), name, text, report, status="Received", **more)
    with acting_for(company.organization_id):
        request_inspection(made)
    work()
    with acting_for(company.organization_id):
        return Upload.objects.get(id=made.id)


def test_columns_counts_totals_and_dates_are_told(company: Company) -> None:
    found = inspected(company, "bills.csv", BILLS, "bills")
    (table,) = found.reading["tables"]
    assert (found.status, table["kind"], found.reading["usable"]) == ("Read", "bills", True)
    assert table["columns"][2]["samples"] == ["2026-09-03", "2026-10-05"]
    told = table["conversion"]
    assert (told["read"], told["accepted"], told["rejected"], told["totals"]) == (
        2,
        2,
        0,
        {"USD": "2000.0000"},
    )
    assert (told["first_date"], told["last_date"]) == ("2026-09-03", "2026-10-05")


def test_rejected_rows_are_told_with_the_reason_and_can_be_had(company: Company) -> None:
    found = inspected(company, "bills.csv", BILLS.replace("2026-09-03", "31/31/2026"))
    assert found.reading["needs_acceptance"]
    (problem,) = [each for each in found.reading["tables"][0]["conversion"]["problems"] if each["rejects"]]
    assert (problem["row"], problem["value"], problem["column"]) == (2, "31/31/2026", "issue_date")
    rows = b"".join(storage.chunks(rejects_key(found))).decode()
    assert rows.splitlines()[0] == "sheet,row,column,value,what is wrong,what to do"
    assert "“31/31/2026” is not a date." in rows


def test_a_file_that_is_no_table_is_refused_in_words(company: Company) -> None:
    found = inspected(company, "scan.pdf", b"%PDF-1.7 not a table")
    assert found.status == "Refused"
    assert found.refusal.startswith("This is a PDF")


def test_allocations_may_come_before_their_payments(company: Company) -> None:
    found = inspected(company, "allocations.csv", harbor_foods()["payment_allocations.csv"])
    assert not found.reading["needs_acceptance"]
    assert found.reading["rejected"] == 0


def test_an_unclear_file_is_what_its_step_asked_for(company: Company) -> None:
    text = "Name,Date,Amount\nPacific Paper,2026-09-03,12.00\nVolt Energy,2026-09-04,8.00\n"
    kinds = {
        step: inspected(company, "list.csv", text, step).reading["tables"][0]["kind"]
        for step in ("bills", "expenses")
    }
    assert kinds == {"bills": "bills", "expenses": "expenses"}
