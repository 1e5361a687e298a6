"""A customer's data, whatever is killed meanwhile: nothing lost, nothing twice, nothing stuck."""

import socket
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardable.server import storage
from cardable.server.companies.changes import delete_company
from cardable.server.companies.folders import company_folder
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, Upload
from cardable.server.events.models import Event
from cardable.server.insights.models import ReportFile, ReportRun
from cardable.server.syncs.models import StoredSnapshot, Sync
from cardable.server.tenancy import acting_for
from tests.server.bringing import bring, connect, harbor_foods
from tests.server.conftest import make_company, make_organization
from tests.server.ill_treated.conftest import inside
from tests.server.link.customers import Customer
from tests.server.served import Served, becomes, eventually

MEGABYTE = 1024 * 1024


@pytest.fixture
def harbor(battered: Served, tables: None, static_files: None) -> Iterator[Company]:
    """A company of the battered server, with this process at work there."""
    name = f"Bank {uuid.uuid4().hex[:8]}"
    with inside(battered):
        yield make_company(make_organization(name, name.lower().replace(" ", "-")), "Harbor Foods")


def kill_worker_at(server: Served, place: str) -> None:
    """Kill the worker just when it reached the place, and let the next one pass."""
    wanted = server.data / "stay" / place
    eventually(wanted.with_suffix(".reached").exists, 90, f"the worker reaches {place}")
    server.kill("cardable.server.worker")
    wanted.unlink()


def stay_at(server: Served, *places: str) -> None:
    for place in places:
        (server.data / "stay").mkdir(exist_ok=True)
        (server.data / "stay" / f"{place}.reached").unlink(missing_ok=True)
        (server.data / "stay" / place).touch()


def now(company: Company) -> Company | None:
    with acting_for(company.organization_id):
        return Company.objects.filter(id=company.id).first()


def is_available(company: Company) -> bool:
    found = now(company)
    return found is not None and found.report_status == "Available"


def test_a_worker_killed_while_reading_and_while_generating_leaves_one_of_each(
    battered: Served, harbor: Company
) -> None:
    stay_at(battered, "snapshots", "runs")
    bring(connect(harbor), harbor_foods())
    kill_worker_at(battered, "snapshots")
    kill_worker_at(battered, "runs")
    eventually(lambda: is_available(harbor), 90, "the reports are there")
    with acting_for(harbor.organization_id):
        assert StoredSnapshot.objects.filter(connection__company=harbor, is_current=True).count() == 1
        assert set(Sync.objects.values_list("status", flat=True)) == {"Complete"}
        assert [run.status for run in ReportRun.objects.filter(company=harbor)] == ["Complete"]
        files = list(ReportFile.objects.filter(run__company=harbor).exclude(storage_key=""))
        happened = Counter(Event.objects.values_list("kind", flat=True))
    assert len({file.report for file in files}) == len(files) > 0
    assert all(len(b"".join(storage.chunks(file.storage_key))) == file.bytes for file in files)
    assert happened["reports.spendAnalysis.generate.successful"] == 1
    kept = storage.keys(company_folder(harbor.organization_id, harbor.id))
    assert len({key.split("/snapshots/")[1].split("/")[0] for key in kept if "/snapshots/" in key}) == 1
    left = "select task_name, status, attempts from procrastinate_jobs where status <> 'todo'"
    ours = f"{left} and task_name not like 'tests.%%'"  # other tests batter the same server
    becomes([], lambda: battered.sql(ours))


def test_a_worker_killed_while_deleting_leaves_nothing(battered: Served, harbor: Company) -> None:
    held = connect(harbor)
    bring(held, harbor_foods())
    eventually(lambda: is_available(harbor), 90, "the reports are there")
    stay_at(battered, "deletion")
    with acting_for(harbor.organization_id):
        delete_company(harbor)
    kill_worker_at(battered, "deletion")
    eventually(lambda: now(harbor) is None, 60, "the company is gone")
    eventually(lambda: storage.keys(company_folder(harbor.organization_id, harbor.id)) == [])
    with acting_for(harbor.organization_id):
        assert not Connection.objects.exists()
        assert not ReportRun.objects.exists()
    named = "select task_name from procrastinate_jobs where args::text like %s"
    eventually(lambda: battered.sql(named, f"%{harbor.id}%") == [], 30, "no job names the company")


def test_a_web_server_killed_during_an_upload_keeps_none_of_it_and_takes_the_next(
    battered: Served, harbor: Company
) -> None:
    customer = Customer(harbor, harbor.organization)
    place = customer.choose("other")
    customer.get(f"{place}/report/any")
    head, body = upload_request(customer, f"{place}/report/any", b"a,b\n" + b"1,2\n" * MEGABYTE)
    with socket.create_connection(("127.0.0.1", battered.port)) as wire:
        wire.sendall(head + body[: len(body) // 2])
        eventually(lambda: unfinished(battered, harbor) != [], 20, "the file is on its way")
        battered.kill("granian")
    assert customer.uploads == []
    storage.remove_unfinished(older_than_seconds=0)
    assert unfinished(battered, harbor) == []
    assert [key for key in storage.keys("organizations") if str(harbor.id) in key] == []
    with socket.create_connection(("127.0.0.1", battered.port)) as wire:
        wire.sendall(head + body)
        assert b" 302 " in wire.recv(200)
    with acting_for(harbor.organization_id):
        (upload,) = Upload.objects.all()
    assert upload.bytes == 4 * MEGABYTE + 4
    assert sum(map(len, storage.chunks(upload.storage_key))) == upload.bytes


def unfinished(server: Served, company: Company) -> list[Path]:
    """What lies in the company's folder of uploads, parts included."""
    return list((server.data / "storage").rglob(f"{company.id}/uploads/*"))


def upload_request(customer: Customer, path: str, data: bytes) -> tuple[bytes, bytes]:
    """What a browser sends to bring one file, as the customer who is let in."""
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in customer.browser.cookies.items())
    token = customer.browser.cookies["csrftoken"].value
    mark = uuid.uuid4().hex
    body = (
        f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="spend.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode() + data
    body += f"\r\n--{mark}--\r\n".encode()
    head = (
        f"POST {customer.at(path)} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n"
        f"X-CSRFToken: {token}\r\nContent-Type: multipart/form-data; boundary={mark}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode()
    return head, body
