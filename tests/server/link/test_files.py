"""Files that customers bring: received, refused, taken back, skipped."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from cardable.server import storage
from cardable.server.connections.models import Upload
from cardable.server.link import bringing, files
from cardable.server.link.receiving import Incoming
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, SUPPLIERS, stored, work
from tests.server.link.customers import Customer


@pytest.fixture
def place(customer: Customer) -> str:
    return customer.choose()


def test_a_step_tells_how_to_export_its_report(customer: Customer, place: str) -> None:
    page = customer.get(f"{place}/report/bills")
    assert "Export it from Sage 100" in page
    assert "Accounts Payable Invoice History Report" in page
    assert "bills.csv" in page


def test_templates_are_downloads_with_known_headings(customer: Customer) -> None:
    answer = customer.browser.get(customer.at("template/bills.csv"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bills.csv"'
    assert answer.content.decode("utf-8-sig").startswith("bill_id,supplier_id,reference,issue_date")
    assert customer.browser.get(customer.at("template/nothing.csv")).status_code == 404


def test_a_file_goes_to_storage_whole_and_its_check_begins(customer: Customer, place: str) -> None:
    answer = customer.bring(place, "suppliers", ("suppliers.csv", SUPPLIERS))
    (upload,) = customer.uploads
    assert answer.headers["Location"] == f"{place}/files/{upload.id}"
    assert b"".join(storage.chunks(upload.storage_key)).decode() == SUPPLIERS
    assert (upload.file_name, upload.bytes, upload.status) == ("suppliers.csv", len(SUPPLIERS), "Received")
    assert "We are reading your file" in customer.get(answer.headers["Location"])
    assert work() == ["syncs.inspect_upload"]
    assert "2 suppliers" in customer.get(answer.headers["Location"])


def test_several_files_come_at_once(customer: Customer, place: str) -> None:
    answer = customer.bring(place, "bills", ("a.csv", BILLS), ("b.csv", BILLS.replace("B1,", "B3,")))
    assert answer.headers["Location"] == f"{place}/report/bills"
    assert "We are reading your files" in customer.get(f"{place}/report/bills")
    assert [each.file_name for each in customer.uploads] == ["a.csv", "b.csv"]


def test_a_file_larger_than_allowed_is_refused_while_it_comes(customer: Customer, place: str) -> None:
    large = b"x" * (settings.ENVIRONMENT.upload_bytes + 1)
    answer = customer.bring(place, "bills", ("large.csv", large))
    assert answer.status_code == 422
    assert "large.csv: It is larger than 10 MB. Split it by date" in answer.content.decode()
    assert customer.uploads == []
    assert stored() == []


def test_good_files_stay_where_another_is_refused(customer: Customer, place: str) -> None:
    answer = customer.bring(place, "bills", ("empty.csv", b""), ("bills.csv", BILLS))
    page = customer.browser.get(answer.headers["Location"]).content.decode()
    assert "empty.csv: It is empty." in page
    assert [each.file_name for each in customer.uploads] == ["bills.csv"]


def test_at_most_twenty_files_are_kept_for_a_report(
    customer: Customer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 2)
    answer = customer.bring(place, "bills", *((f"{n}.csv", BILLS) for n in range(3)))
    page = customer.browser.get(answer.headers["Location"]).content.decode()
    assert "2.csv: At most 2 files can be kept here. Remove one first." in page
    assert len(customer.uploads) == 2
    assert len(stored()) == 2


def test_too_much_at_once_is_refused_unread(customer: Customer, place: str) -> None:
    answer = customer.browser.post(
        f"{place}/report/bills", {"file": ""}, CONTENT_LENGTH=str(300 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "too much at once" in answer.content.decode()


def test_no_file_is_said_so(customer: Customer, place: str) -> None:
    answer = customer.post(f"{place}/report/bills")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_no_transaction_is_held_while_a_file_comes(
    customer: Customer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, take = [], Incoming.receive_data_chunk

    def watched(self: Incoming, raw_data: bytes, start: int) -> None:
        held.append(connection.in_atomic_block)
        take(self, raw_data, start)

    monkeypatch.setattr(Incoming, "receive_data_chunk", watched)
    customer.bring(place, "bills", ("bills.csv", BILLS))
    assert held == [False]
    assert [each.file_name for each in customer.uploads] == ["bills.csv"]


def test_files_go_where_their_rows_cannot_be_made(
    customer: Customer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(upload: Upload) -> None:
        raise OSError

    monkeypatch.setattr(bringing, "request_inspection", broken)
    customer.browser.raise_request_exception = False
    assert customer.bring(place, "bills", ("bills.csv", BILLS)).status_code == 500
    assert customer.uploads == []
    assert stored() == []


def test_two_forms_at_once_bring_no_more_than_one_may(
    customer: Customer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 2)
    customer.bring(place, "bills", ("a.csv", BILLS))
    # The other form asked for room when there was nothing yet.
    rooms = iter((2, 1))
    monkeypatch.setattr(bringing, "_room", lambda *asked: next(rooms))
    customer.bring(place, "bills", ("b.csv", BILLS), ("c.csv", BILLS))
    assert [each.file_name for each in customer.uploads] == ["a.csv", "b.csv"]
    assert len(stored()) == 2


def test_a_form_that_is_not_ours_leaves_no_file(customer: Customer, place: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    forger = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    forger.cookies = customer.browser.cookies
    file = SimpleUploadedFile("bills.csv", BILLS.encode())
    assert forger.post(f"{place}/report/bills", {"file": file}).status_code == 403
    assert customer.uploads == []
    assert stored() == []


def test_a_file_that_holds_something_else_than_its_name_says_is_refused(
    customer: Customer, place: str
) -> None:
    answer = customer.bring(place, "bills", ("bills.xlsx", b"%PDF-1.7 not a workbook"))
    work()
    refused = customer.browser.get(answer.headers["Location"], follow=True).content.decode()
    assert "Refused" in refused
    assert "PDF" in refused


def test_a_file_taken_back_is_gone_with_its_content(customer: Customer, place: str) -> None:
    customer.bring(place, "bills", ("bills.csv", BILLS))
    (upload,) = customer.uploads
    assert customer.post(f"{place}/files/{upload.id}/remove").headers["Location"] == f"{place}/report/bills"
    work()
    assert customer.uploads == []
    assert stored() == []


def test_an_optional_report_can_be_skipped_after_a_warning(customer: Customer, place: str) -> None:
    assert "Without payments the reports cannot tell" in customer.get(f"{place}/report/payments")
    answer = customer.post(f"{place}/report/payments/next")
    assert answer.headers["Location"] == f"{place}/report/expenses"
    assert customer.connection.skipped == ["payments"]


def test_a_report_that_is_needed_cannot_be_skipped(customer: Customer, place: str) -> None:
    assert customer.post(f"{place}/report/bills/next").headers["Location"] == f"{place}/report/bills"


def test_a_report_that_came_with_another_file_need_not_come_again(customer: Customer, place: str) -> None:
    customer.bring_and_confirm(place, "suppliers", "both.csv", BILLS)
    page = customer.get(f"{place}/report/bills")
    assert "Bills came with both.csv" in page
    assert customer.post(f"{place}/report/bills/next").headers["Location"] == f"{place}/report/payments"
    assert "There are no suppliers in these files" in customer.get(f"{place}/report/suppliers")


def test_a_report_the_system_is_not_asked_for_leads_on(customer: Customer) -> None:
    xero = customer.choose("xero")
    assert customer.browser.get(f"{xero}/report/expenses").headers["Location"] == f"{xero}/complete"


def test_another_companys_file_is_not_shown(customer: Customer, place: str) -> None:
    from tests.server.bringing import connect, upload
    from tests.server.conftest import make_company

    other = upload(connect(make_company(customer.organization, "Lakeside")), "secret.csv", BILLS)
    answer = customer.browser.get(f"{place}/files/{other.id}")
    assert answer.status_code == 302
    assert customer.browser.get(f"{place}/files/{other.id}/rejected.csv").status_code == 404
    customer.post(f"{place}/files/{other.id}/remove")
    with acting_for(customer.organization.id):
        assert Upload.objects.filter(id=other.id).exists()
