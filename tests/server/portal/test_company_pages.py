"""A company's own pages: summary, connections, data, files, history, subsidiaries."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from cardable import snapshots
from cardable.records import Bill, Supplier
from tests.server.conftest import client_of, make_company
from tests.server.portal.made import connect, family, listed

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.connections.models import Connection, Upload
    from cardable.server.organizations.models import Organization

SUPPLIERS = [
    Supplier(id="S1", supplier_name="Café Azul", email="ap@azul.example", default_currency="EUR"),
    Supplier(id="S2", supplier_name="=HYPERLINK(0)", default_currency="USD"),
    Supplier(id="S3", supplier_name="Northwind"),
]
BILLS = [
    Bill(id=f"B{number}", issue_date=date(2026, 1, 1), total_amount=Decimal(-number), currency="USD")
    for number in range(120)
]


def bring(connection: Connection, folder: Path, tables: dict[type, list[Any]]) -> None:
    """Make these records the connection's current data."""
    from cardable.records import table_name
    from cardable.server import storage
    from cardable.server.companies.folders import snapshot_folder
    from cardable.server.syncs.models import StoredSnapshot
    from cardable.server.tenancy import acting_for

    organization, company, id = connection.organization_id, connection.company_id, uuid.uuid4()
    prefix = snapshot_folder(organization, company, id)
    storage.put_folder(prefix, snapshots.write(folder / str(id), tables).folder)
    with acting_for(organization):
        StoredSnapshot.objects.create(
            id=id,
            organization_id=organization,
            company_id=company,
            connection=connection,
            storage_prefix=prefix,
            base_currency="USD",
            as_of=date(2026, 6, 30),
            rows={table_name(kind): len(rows) for kind, rows in tables.items()},
        )


def upload(connection: Connection, name: str, content: bytes, at: datetime) -> Upload:
    from cardable.server import storage
    from cardable.server.connections.models import Upload
    from cardable.server.tenancy import acting_for

    with acting_for(connection.organization_id):
        made = Upload.objects.create(
            organization_id=connection.organization_id,
            connection=connection,
            report="bills",
            file_name=name,
            bytes=len(content),
            sha256="0" * 64,
            storage_key=f"test/uploads/{uuid.uuid4()}",
            status="Confirmed",
        )
        Upload.objects.filter(id=made.id).update(received_at=at)
    storage.put(made.storage_key, [content])
    return made


@pytest.fixture
def sage(company: Company) -> Connection:
    return connect(company, "Sage 100")


@pytest.fixture
def data(sage: Connection, tmp_path: Path) -> str:
    """Where Harbor Foods' data is shown."""
    bring(sage, tmp_path, {Supplier: SUPPLIERS, Bill: BILLS})
    return f"/companies/{sage.company_id}/data/"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_summary_shows_the_company_and_what_happened_to_it(client: Client) -> None:
    client.post("/companies/new", {"name": "Harbor Foods", "tags_key": ["crm"], "tags_value": ["17"]})
    (address,) = re.findall(r'href="(/companies/[0-9a-f-]{36}/)"', client.get("/companies/").content.decode())
    page = client.get(address).content.decode()
    for words in (
        "Total spend",
        "Suppliers",
        "Last data sync",
        "crm:",
        "Harbor Foods was created.",
        "Ada Marsh",
    ):
        assert words in page


def test_the_summary_leads_up_and_down_the_hierarchy(client: Client, organization: Organization) -> None:
    group, north, depot = family(organization)
    page = client.get(f"/companies/{north.id}/").content.decode()
    assert f'<a href="/companies/{group.id}/">Harbor Foods Group</a>' in page
    assert f'href="/companies/{north.id}/subsidiaries"' in page
    assert (
        f'href="/companies/{depot.id}/subsidiaries"'
        not in client.get(f"/companies/{depot.id}/").content.decode()
    )


def test_subsidiaries_have_the_controls_of_the_companies_tab(
    client: Client, organization: Organization
) -> None:
    group, north, depot = family(organization)
    address = f"/companies/{group.id}/subsidiaries"
    make_company(organization, "Depot elsewhere")
    assert listed(client, address) == ["Harbor North"]
    assert listed(client, f"{address}?q=depot") == ["Harbor North", "Pier Depot"]
    assert listed(client, f"{address}?open={north.id.hex}&sort=name") == ["Harbor North", "Pier Depot"]
    assert listed(client, f"/companies/{depot.id}/subsidiaries") == []


def test_the_panel_lists_the_platforms_of_a_company_and_those_below(
    client: Client, organization: Organization
) -> None:
    group, north, _ = family(organization)
    linked, pending = (
        connect(group, "Xero", error="Access has expired."),
        connect(north, "Sage 100", "PendingAuth"),
    )
    page = client.get(f"/companies/{group.id}/connections", headers={"X-Window": "1"}).content.decode()
    assert "Platforms in this company" in page
    assert "1 connection has an error" in page
    assert str(linked.id) in page
    assert str(pending.id) in page
    assert f"/connections/{pending.id}/link" in page


def test_opening_the_panel_voids_no_link(client: Client, company: Company) -> None:
    from cardable.server.connections.models import OneTimeLink
    from cardable.server.tenancy import acting_for

    client.get(f"/companies/{company.id}/request-data")
    client.get(f"/companies/{company.id}/connections", headers={"X-Window": "1"})
    with acting_for(company.organization_id):
        assert OneTimeLink.objects.get().voided_at is None


@pytest.mark.parametrize(("role", "may"), [("Analyst", False), ("Developer", True)])
def test_only_some_roles_unlink_and_delete_connections(
    member_as: Any, sage: Connection, role: str, may: bool
) -> None:
    browser = client_of(member_as(role))
    page = browser.get(f"/companies/{sage.company_id}/connections").content.decode()
    assert ("Unlink" in page) == may
    answer = browser.post(f"/connections/{sage.id}/unlink", follow=True)
    assert (answer.status_code == 200) == may
    assert ("Sage 100 was unlinked" in answer.content.decode()) == may


def test_unlinking_keeps_the_data_and_shows_in_the_timeline(
    member_as: Any, sage: Connection, data: str
) -> None:
    browser = client_of(member_as("Developer"))
    browser.post(f"/connections/{sage.id}/unlink")
    page = browser.get(f"/companies/{sage.company_id}/timeline").content.decode()
    assert "Unlinked" in page
    assert "By Developer." in page
    assert "Northwind" in browser.get(f"{data}suppliers").content.decode()
    again = browser.post(f"/connections/{sage.id}/unlink", follow=True).content.decode()
    assert "nothing to unlink" in again


def test_deleting_a_connection_removes_it_and_its_files(member_as: Any, sage: Connection, data: str) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    browser = client_of(member_as("Developer"))
    assert "data and files it brought" in browser.get(f"/connections/{sage.id}/delete").content.decode()
    page = browser.post(f"/connections/{sage.id}/delete", follow=True).content.decode()
    assert "No connections yet" in page
    (job,) = ProcrastinateJob.objects.filter(task_name="connections.remove_files")
    assert len(job.args["prefixes"]) == 1


def test_a_timeline_without_events_says_so(client: Client, sage: Connection) -> None:
    page = client.get(f"/companies/{sage.company_id}/timeline").content.decode()
    assert "Timeline not available" in page


def test_data_opens_with_the_first_type_there_is(client: Client, data: str) -> None:
    page = client.get(data, follow=True).content.decode()
    assert re.findall(r'aria-current="page">(\w+) <span class="count">(\d+)', page) == [("Suppliers", "3")]
    assert "Café Azul" in page
    # Columns that hold nothing are left out.
    assert "Tax number" not in page


@pytest.mark.parametrize(("text", "found"), [("AZUL", 1), ("cafe", 1), ("S3", 1), ("nobody", 0), ("'", 0)])
def test_records_are_searched_whatever_case_and_accents(
    client: Client, data: str, text: str, found: int
) -> None:
    page = client.get(f"{data}suppliers", {"q": text}).content.decode()
    assert len(re.findall(r'<th scope="row"', page)) == found


def test_records_come_in_pages_and_in_order(client: Client, data: str) -> None:
    def ids(query: str) -> list[str]:
        return re.findall(
            r'<th scope="row" dir="auto">(B\d+)', client.get(f"{data}bills{query}").content.decode()
        )

    assert (len(ids("")), len(ids("?page=3")), len(ids("?page=99"))) == (50, 20, 20)
    assert ids("?sort=total_amount")[0] == "B119"
    assert ids("?sort=-total_amount")[0] == "B0"
    assert ids("?sort=drop")[0] == "B0"


def test_a_csv_holds_every_match_and_no_formula(client: Client, data: str) -> None:
    answer = client.get(f"{data}suppliers.csv")
    assert re.match(
        r'attachment; filename="HarborFoods_Suppliers_[\d-]+\.csv"', answer["Content-Disposition"]
    )
    lines = body(answer).decode().splitlines()
    assert lines[0].startswith("id,supplier_name,")
    assert len(lines) == 4
    assert any("'=HYPERLINK(0)" in line for line in lines)
    assert len(body(client.get(f"{data}suppliers.csv?q=azul")).splitlines()) == 2
    assert b",-5.0000," in body(client.get(f"{data}bills.csv"))


def test_data_of_two_connections_is_shown_as_one(
    client: Client, company: Company, data: str, tmp_path: Path
) -> None:
    bring(connect(company, "Xero"), tmp_path, {Supplier: [Supplier(id="X1", supplier_name="Extra")]})
    page = client.get(f"{data}suppliers").content.decode()
    assert "Extra" in page
    assert "Northwind" in page


@pytest.mark.parametrize("part", ["data/", "data/suppliers", "data/suppliers.csv", "files"])
def test_an_onboarding_user_sees_no_contributed_data(member_as: Any, company: Company, part: str) -> None:
    browser = client_of(member_as("Onboarding"))
    assert browser.get(f"/companies/{company.id}/{part}").status_code == 403
    assert "Uploaded files" not in browser.get(f"/companies/{company.id}/").content.decode()


def test_a_company_without_data_says_so(client: Client, company: Company) -> None:
    page = client.get(f"/companies/{company.id}/data/", follow=True).content.decode()
    assert "No data of this type" in page
    assert client.get(f"/companies/{company.id}/data/nonsense").status_code == 404


def test_files_are_listed_by_day_and_come_zipped_by_integration(client: Client, sage: Connection) -> None:
    day = datetime(2026, 6, 1, 12, tzinfo=UTC)
    for minute, content in enumerate((b"one", b"two")):
        upload(sage, "../bills.csv", content, day.replace(minute=minute))
    later = upload(sage, "late.csv", b"three", datetime(2026, 6, 2, 12, tzinfo=UTC))
    page = client.get(f"/companies/{sage.company_id}/files").content.decode()
    assert re.findall(r"files/([\d-]+)\.zip", page) == ["2026-06-02", "2026-06-01"]
    assert body(client.get(f"/companies/{sage.company_id}/files/{later.id}")) == b"three"
    answer = client.get(f"/companies/{sage.company_id}/files/2026-06-01.zip")
    with zipfile.ZipFile(io.BytesIO(body(answer))) as bundle:
        held = {name: bundle.read(name) for name in bundle.namelist()}
    assert held == {"Sage 100/_bills.csv": b"one", "Sage 100/_bills (2).csv": b"two"}


@pytest.mark.parametrize("day", ["2026-06-03", "9999-12-31", "0001-01-01", "2026-13-01", "nonsense"])
def test_a_day_without_files_has_no_zip(client: Client, sage: Connection, day: str) -> None:
    assert client.get(f"/companies/{sage.company_id}/files/{day}.zip").status_code == 404


def test_the_read_history_says_what_came_of_each_reading(client: Client, sage: Connection) -> None:
    from cardable.server.syncs.models import Sync
    from cardable.server.tenancy import acting_for

    with acting_for(sage.organization_id):
        for kind, status, detail in [
            ("suppliers", "Complete", ""),
            ("bill_payments", "ValidationError", "Row 41: “31/02/2026” is not a date."),
            ("any", "Mapping", ""),
        ]:
            Sync.objects.create(
                organization_id=sage.organization_id,
                company_id=sage.company_id,
                connection=sage,
                record_type=kind,
                status=status,
                detail=detail,
            )
    page = client.get(f"/companies/{sage.company_id}/history").content.decode()
    for words in ("Suppliers", "Bill payments", "Validation error", "is not a date", "All data", "every 3s"):
        assert words in page
