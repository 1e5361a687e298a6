"""Confirmed uploads become a company's data, whole or not at all."""

from cardable.records import Bill
from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, ConnectionEvent
from cardable.server.insights.models import ReportRun
from cardable.server.syncs.jobs import read_uploads
from cardable.server.syncs.models import StoredSnapshot, Sync
from cardable.server.tenancy import acting_for
from cardable.snapshots import Snapshot
from tests.server.bringing import BILLS, SMALL, ask, bring, connect, stored, upload, work


def test_uploads_become_the_current_snapshot(company: Company) -> None:
    held = connect(company)
    bring(held)
    assert work() == ["syncs.read_uploads", "insights.generate"]
    with acting_for(company.organization_id):
        snapshot = StoredSnapshot.objects.get(connection=held, is_current=True)
        again = Connection.objects.get(id=held.id)
        timeline = list(ConnectionEvent.objects.values_list("kind", flat=True))
    assert snapshot.rows == {"suppliers": 2, "bills": 2, "bill_payments": 1}
    assert (snapshot.base_currency, again.status, timeline) == ("USD", "Linked", ["Completed"])
    with storage.checked_out(snapshot.storage_prefix) as folder:
        assert [bill.id for bill in Snapshot(folder).read(Bill)] == ["B1", "B2"]


def test_the_first_reports_follow_by_themselves(company: Company) -> None:
    bring(connect(company))
    work()
    with acting_for(company.organization_id):
        run = ReportRun.objects.get()
        names = set(run.files.values_list("report", flat=True))
        company.refresh_from_db()
    assert (run.status, company.report_status) == ("Complete", "Available")
    assert {"spend-analysis", "spend-summary", "bundle", "json"} <= names
