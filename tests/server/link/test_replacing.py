"""Newer files beside older ones: in their place or in addition, and back again; no row counts twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cardable.server.connections.models import Upload
from cardable.server.link import files
from cardable.server.syncs.models import StoredSnapshot
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, SUPPLIERS, read
from tests.server.link.customers import SPEND, Customer

# Rows that carry no ID of their own: an export that overlaps another holds some of them again.
LONGER = SPEND + "Acme Tools,2026-05-02,33.00,USD,Check\n"


@pytest.fixture
def place(customer: Customer) -> str:
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    return place


def finished(customer: Customer, place: str) -> int:
    """How many payments count once the customer has finished."""
    customer.post(f"{place}/complete")
    read()
    with acting_for(customer.organization.id):
        rows: int = StoredSnapshot.objects.get(is_current=True).rows["bill_payments"]
    return rows


def statuses(customer: Customer) -> dict[str, str]:
    return {each.file_name: each.status for each in customer.uploads}


def bring(customer: Customer, place: str, name: str, text: str, *, instead: bool) -> Upload:
    """Post a file and let it be read; not confirmed yet."""
    file = SimpleUploadedFile(name, text.encode())
    customer.post(f"{place}/report/any", file=file, instead="yes" if instead else "no")
    read()
    return customer.uploads[-1]


def confirm(customer: Customer, place: str, upload: Upload) -> None:
    assert customer.post(f"{place}/files/{upload.id}", do="confirm").status_code == 302


def test_a_newer_export_takes_the_place_of_the_older_once_it_is_confirmed(
    customer: Customer, place: str
) -> None:
    newer = bring(customer, place, "longer.csv", LONGER, instead=True)
    assert statuses(customer) == {"spend.csv": "Confirmed", "longer.csv": "Read"}
    confirm(customer, place, newer)
    assert statuses(customer) == {"spend.csv": "Replaced", "longer.csv": "Confirmed"}
    assert finished(customer, place) == 3


def test_a_file_in_addition_keeps_the_first(customer: Customer, place: str) -> None:
    confirm(customer, place, bring(customer, place, "more.csv", LONGER, instead=False))
    assert finished(customer, place) == 5


def test_who_comes_back_is_offered_to_replace_and_who_goes_on_to_add(customer: Customer, place: str) -> None:
    def chosen() -> str:
        page = customer.browser.get(f"{place}/report/any").content.decode()
        return "yes" if 'name="instead" value="yes" checked' in page else "no"

    assert chosen() == "no"
    finished(customer, place)
    assert chosen() == "yes"


def test_the_first_files_of_a_step_are_not_asked_about(customer: Customer) -> None:
    assert "Come in addition" not in customer.get(f"{customer.choose()}/report/bills")


def test_a_replaced_file_comes_back_to_be_checked_anew_when_the_newer_goes(
    customer: Customer, place: str
) -> None:
    newer = bring(customer, place, "longer.csv", LONGER, instead=True)
    confirm(customer, place, newer)
    answer = customer.post(f"{place}/files/{newer.id}/remove")
    assert statuses(customer) == {"spend.csv": "Received"}
    assert "check them again" in customer.browser.get(answer.headers["Location"]).content.decode()
    read()
    assert statuses(customer) == {"spend.csv": "Read"}


def test_a_newer_file_removed_unconfirmed_leaves_the_older_as_it_was(customer: Customer, place: str) -> None:
    newer = bring(customer, place, "longer.csv", LONGER, instead=True)
    customer.post(f"{place}/files/{newer.id}/remove")
    assert statuses(customer) == {"spend.csv": "Confirmed"}


def test_a_file_that_two_others_replace_stays_away_until_both_are_gone(
    customer: Customer, place: str
) -> None:
    newer = [
        bring(customer, place, name, LONGER + f"{name},2026-05-09,1.00,USD,Check\n", instead=True)
        for name in ("a.csv", "b.csv")
    ]
    for each in newer:
        confirm(customer, place, each)
    customer.post(f"{place}/files/{newer[0].id}/remove")
    assert statuses(customer) == {"spend.csv": "Replaced", "b.csv": "Confirmed"}


def test_a_confirmed_file_read_another_way_loses_its_confirmation(customer: Customer, place: str) -> None:
    (upload,) = customer.uploads
    customer.post(f"{place}/files/{upload.id}", do="apply", **{"kind-0": "expenses"})
    assert statuses(customer) == {"spend.csv": "Received"}
    assert "Files to check" in customer.get(f"{place}/complete")


def test_reading_a_file_another_way_does_not_make_it_the_later_one(customer: Customer, place: str) -> None:
    before = customer.uploads[0].received_at
    customer.post(f"{place}/files/{customer.uploads[0].id}", do="apply", **{"kind-0": "expenses"})
    assert customer.uploads[0].received_at == before


def test_one_file_brought_for_two_reports_counts_once(customer: Customer) -> None:
    place = customer.choose()
    customer.bring_and_confirm(place, "suppliers", "suppliers.csv", SUPPLIERS)
    customer.bring_and_confirm(place, "bills", "bills.csv", BILLS)
    customer.bring_and_confirm(place, "payments", "spend.csv", SPEND)
    customer.bring_and_confirm(place, "expenses", "spend.csv", SPEND, **{"kind-0": "payments"})
    assert finished(customer, place) == 2


def test_files_changed_after_the_end_are_said_not_to_be_handed_over(customer: Customer, place: str) -> None:
    finished(customer, place)
    assert "Not handed over yet" not in customer.get(f"{place}/manage")
    confirm(customer, place, bring(customer, place, "longer.csv", LONGER, instead=True))
    assert "Not handed over yet" in customer.get(f"{place}/manage")
    assert finished(customer, place) == 3
    assert "Not handed over yet" not in customer.get(f"{place}/manage")


def test_replaced_files_leave_room_for_newer_ones(
    customer: Customer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 2)
    confirm(customer, place, bring(customer, place, "longer.csv", LONGER, instead=True))
    bring(customer, place, "third.csv", LONGER, instead=True)
    assert set(statuses(customer)) == {"spend.csv", "longer.csv", "third.csv"}
    assert "1 earlier file replaced, no longer used" in customer.get(f"{place}/report/any")
