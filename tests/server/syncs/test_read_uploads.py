"""Confirmed uploads become a company's data, whole or not at all."""

from collections.abc import Callable

import pytest

from cardable.records import Bill
from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, ConnectionEvent, SavedMapping, Upload
from cardable.server.events.models import Event
from cardable.server.insights.models import ReportRun
from cardable.server.syncs.jobs import read_uploads
from cardable.server.syncs.models import StoredSnapshot, Sync
from cardable.server.tenancy import acting_for
from cardable.snapshots import Snapshot
from tests.server.bringing import BILLS, ask, bring, connect, stored, upload, waiting, work

READ = "syncs.read_uploads"


@pytest.fixture
def held(company: Company) -> Connection:
    return connect(company)


def current(held: Connection) -> StoredSnapshot:
    with acting_for(held.organization_id):
        return StoredSnapshot.objects.get(connection=held, is_current=True)


def bills_of(held: Connection) -> list[Bill]:
    with storage.checked_out(current(held).storage_prefix) as folder:
        return list(Snapshot(folder).read(Bill))


def syncs_of(held: Connection) -> dict[str, str]:
    with acting_for(held.organization_id):
        return dict(Sync.objects.order_by("requested_at").values_list("record_type", "status"))


def fault_of(held: Connection) -> str:
    with acting_for(held.organization_id):
        return Connection.objects.get(id=held.id).error


def test_uploads_become_the_current_snapshot(held: Connection) -> None:
    bring(held)
    assert syncs_of(held) == dict.fromkeys(["suppliers", "bills", "bill_payments"], "Queued")
    work(READ)
    with acting_for(held.organization_id):
        held.refresh_from_db()
        held.company.refresh_from_db()
        timeline = list(ConnectionEvent.objects.values_list("kind", flat=True))
    assert current(held).rows == {"suppliers": 2, "bills": 2, "bill_payments": 1}
    assert syncs_of(held) == dict.fromkeys(["suppliers", "bills", "bill_payments"], "Complete")
    assert [bill.id for bill in bills_of(held)] == ["B1", "B2"]
    assert (held.status, timeline, held.company.connection_status) == ("Linked", ["Completed"], "Linked")


def test_the_first_reports_follow_by_themselves(held: Connection) -> None:
    bring(held)
    assert work() == [READ, "insights.generate"]
    with acting_for(held.organization_id):
        run = ReportRun.objects.get()
        names = set(run.files.values_list("report", flat=True))
        held.company.refresh_from_db()
    assert (run.status, held.company.report_status) == ("Complete", "Available")
    assert {"spend-analysis", "spend-summary", "bundle", "json"} <= names
    assert "ongoing-insights" not in names


def test_reading_twice_changes_nothing(held: Connection) -> None:
    bring(held)
    work(READ)
    before, files = current(held), stored()
    read_uploads.func(str(held.organization_id), str(held.id))
    assert (current(held).id, stored(), len(syncs_of(held))) == (before.id, files, 3)
    with acting_for(held.organization_id):
        assert Event.objects.filter(kind__startswith="read.").count() == 1


def test_new_files_replace_rows_of_the_same_id(held: Connection) -> None:
    bring(held)
    work(READ)
    bring(held, {"bills": BILLS.replace("800.00,800.00,Open", "800.00,0.00,Paid")})
    work(READ)
    assert [str(bill.amount_due) for bill in bills_of(held)] == ["0.0000", "0.0000"]
    with acting_for(held.organization_id):
        assert StoredSnapshot.objects.count() == 2


def refuse(held: Connection) -> None:
    upload(held, "scan.pdf", b"%PDF-1.7 not a table", "bills")


def reject(held: Connection) -> None:
    upload(held, "bad.csv", BILLS.replace("2026-09-03", "31/31/2026"), "bills")


def lose(held: Connection) -> None:
    storage.delete_file(upload(held, "lost.csv", BILLS, "bills").storage_key)


@pytest.mark.parametrize(
    ("spoil", "status", "words"),
    [
        (refuse, "MapError", "scan.pdf: This is a PDF"),
        (reject, "ValidationError", "could not be used"),
        (lose, "FetchError", "lost.csv is no longer there"),
    ],
)
def test_a_failed_sync_keeps_the_last_good_data(
    held: Connection, spoil: Callable[[Connection], None], status: str, words: str
) -> None:
    bring(held)
    work(READ)
    before = current(held)
    spoil(held)
    ask(held)
    work(READ)
    assert current(held).id == before.id
    assert (syncs_of(held)["bills"], words in fault_of(held)) == (status, True)
    with acting_for(held.organization_id):
        assert Connection.objects.get(id=held.id).status == "Linked"


def test_a_mistake_of_ours_is_told_by_its_reference_alone(
    held: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ValueError("Pacific Paper")

    monkeypatch.setattr("cardable.server.syncs.jobs.delivered", stumble)
    bring(held)
    work(READ)
    assert syncs_of(held)["bills"] == "InternalError"
    reference = fault_of(held).rstrip(".").split()[-1]
    assert reference in caplog.text
    assert "Pacific" not in caplog.text


def test_what_may_pass_by_itself_is_tried_again(held: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise storage.Unreachable("storage is away")

    bring(held)
    with monkeypatch.context() as patched:
        patched.setattr("cardable.server.storage.put_folder", away)
        with pytest.raises(storage.Unreachable):
            work(READ)
    assert syncs_of(held)["bills"] == "Processing"
    work(READ)
    assert syncs_of(held) == dict.fromkeys(["suppliers", "bills", "bill_payments"], "Complete")


def test_rejects_are_accepted_by_whoever_says_so(held: Connection) -> None:
    text = BILLS.replace("2026-09-03", "31/31/2026")
    upload(held, "bad.csv", text, "bills", rejects_accepted=True)
    ask(held)
    work(READ)
    assert [bill.id for bill in bills_of(held)] == ["B2"]


def test_what_a_customer_changed_holds_and_is_remembered(held: Connection) -> None:
    text = "Nr,Wer,Wann,Wieviel,Foo\n1,Pacific,2026-09-03,12.00,9.00\n2,Volt,2026-09-04,8.00,7.00\n"
    uses = {"0": "record_id", "1": "supplier_name", "2": "issue_date", "3": None, "4": "amount"}
    upload(held, "odd.csv", text, "bills", choices={"": {"kind": "bills", **uses}})
    ask(held)
    work(READ)
    assert [str(bill.total_amount) for bill in bills_of(held)] == ["9.0000", "7.0000"]
    with acting_for(held.organization_id):
        Upload.objects.all().delete()
        kept = SavedMapping.objects.get()
    assert (kept.kind, kept.uses["wieviel"], kept.uses["foo"]) == ("bills", None, "amount")
    bring(held, {"again.csv": text.replace("9.00", "5.00")})
    work(READ)
    assert [str(bill.total_amount) for bill in bills_of(held)] == ["5.0000", "7.0000"]


def test_only_one_reading_waits_at_a_time(held: Connection) -> None:
    bring(held)
    ask(held)
    assert [task for task, _ in waiting()] == [READ]


def test_nothing_is_read_for_a_company_on_its_way_out(held: Connection) -> None:
    bring(held)
    with acting_for(held.organization_id):
        Company.objects.update(deleting_since="2026-11-24T00:00:00Z")
    work(READ)
    with acting_for(held.organization_id):
        assert not StoredSnapshot.objects.exists()
