"""The wire form of each record, against facts of the published API written down here by hand."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from cardable.records import (
    Address,
    Bill,
    BillCreditNote,
    BillLine,
    BillPayment,
    BillStatus,
    Expense,
    LinkType,
    PaymentLine,
    PaymentLink,
    Supplier,
    exact_json,
)
from cardable.records.wire import DATA_TYPES, IncompleteRecord, from_wire, to_wire
from tests.records.strategies import any_record

REQUIRED = {
    "company": (),
    "suppliers": ("id", "status"),
    "bills": ("id", "issueDate", "status", "subTotal", "taxAmount", "totalAmount"),
    "billPayments": ("id", "date", "totalAmount"),
    "billCreditNotes": (
        *("id", "status", "subTotal", "totalTaxAmount", "totalAmount"),
        *("totalDiscount", "discountPercentage"),
    ),
    "directCosts": (
        *("id", "issueDate", "currency", "lineItems", "paymentAllocations"),
        *("subTotal", "taxAmount", "totalAmount"),
    ),
    "accounts": ("id", "type", "status"),
    "paymentMethods": ("id", "type", "status"),
}
WORDS = {
    ("suppliers", "status"): {"Unknown", "Active", "Archived"},
    ("bills", "status"): {"Unknown", "Open", "PartiallyPaid", "Paid", "Void", "Draft"},
    ("billCreditNotes", "status"): {"Unknown", "Draft", "Submitted", "Paid", "Void", "PartiallyPaid"},
    ("accounts", "type"): {"Unknown", "Asset", "Expense", "Income", "Liability", "Equity"},
    ("accounts", "status"): {"Unknown", "Active", "Archived", "Pending"},
    ("paymentMethods", "status"): {"Unknown", "Active", "Archived"},
}
NEED_ID = ("supplierRef", "contactRef", "itemRef", "paymentMethodRef")

BILL = Bill(
    id="B04",
    supplier_id="S1",
    supplier_name="Pacific Paper Co",
    issue_date=date(2026, 2, 2),
    currency="USD",
    total_amount=Decimal("6000.00"),
    amount_due=Decimal(0),
    status=BillStatus.PAID,
)


def payment(identity: str, amount: str, *links: PaymentLink, day: date = date(2026, 3, 1)) -> BillPayment:
    line = PaymentLine(amount=Decimal(amount), links=links)
    return BillPayment(id=identity, supplier_id="S1", date=day, total_amount=Decimal(amount), lines=(line,))


@given(any_record())
@settings(max_examples=80, deadline=None)
def test_what_the_api_requires_is_there_and_its_lists_are_closed(record: Any) -> None:
    kind, wire = DATA_TYPES[type(record)], to_wire(record)
    assert all(wire.get(key) is not None for key in REQUIRED[kind])
    assert all(wire[key] in words for (owner, key), words in WORDS.items() if owner == kind)
    assert None not in wire.values()


@given(any_record())
@settings(max_examples=60, deadline=None)
def test_a_reference_that_needs_an_id_has_one(record: Any) -> None:
    wire = to_wire(record)
    lines = wire.get("lineItems", [])
    assert all("id" in each[key] for each in (wire, *lines) for key in NEED_ID if key in each)


def test_an_address_is_unknown_billing_or_delivery() -> None:
    wire = to_wire(Supplier(id="S1", addresses=(Address(type="Head office", postal_code="02110"),)))
    assert wire["addresses"] == [{"type": "Unknown", "postalCode": "02110"}]


def test_a_business_date_is_local_midnight_and_a_change_is_utc() -> None:
    wire = to_wire(
        Bill(
            id="B",
            issue_date=date(2022, 5, 6),
            total_amount=Decimal(1),
            modified_at=datetime(2023, 4, 26, 12),
        )
    )
    assert wire["issueDate"] == "2022-05-06T00:00:00"
    assert wire["modifiedDate"] == "2023-04-26T12:00:00Z"


def test_a_bill_of_the_published_shape_is_read() -> None:
    bill = from_wire(
        Bill,
        {
            "id": "8159",
            "reference": "b465",
            "supplierRef": {"id": "8GeH", "supplierName": "DuBuque"},
            "issueDate": "2022-04-29T00:00:00",
            "dueDate": "2022-05-06T13:12:00",
            "currency": "GBP",
            "currencyRate": 1,
            "lineItems": [
                {"unitAmount": 2781.94, "quantity": 5, "accountRef": {"id": "72df", "name": "Sales"}}
            ],
            "status": "Paid",
            "totalAmount": 15300.67,
            "subTotal": 13909.7,
            "taxAmount": 1390.97,
            "modifiedDate": "2022-10-27T10:22:43.6464237Z",
            "metadata": {"isDeleted": False},
            "somethingNew": {"clients": "ignore"},
        },
    )
    line = BillLine(
        unit_amount=Decimal("2781.94"), quantity=Decimal(5), account_id="72df", account_name="Sales"
    )
    assert (bill.supplier_name, bill.due_date, bill.lines) == ("DuBuque", date(2022, 5, 6), (line,))
    assert bill.modified_at == datetime(2022, 10, 27, 10, 22, 43, 646423)


def test_an_offset_is_turned_into_utc() -> None:
    read = from_wire(Supplier, {"id": "S", "modifiedDate": "2021-11-15T01:00:00-05:00"})
    assert read.modified_at == datetime(2021, 11, 15, 6)


def test_a_link_amount_is_negative_where_it_lowers_what_is_owed() -> None:
    wire = to_wire(payment("P03", "2500", PaymentLink(type=LinkType.BILL, id="B04", amount=Decimal(2500))))
    assert wire["lines"] == [{"amount": 2500, "links": [{"type": "Bill", "id": "B04", "amount": -2500}]}]


def test_a_credit_note_pays_a_bill_with_links_of_both_signs() -> None:
    bill = PaymentLink(type=LinkType.BILL, id="B09", amount=Decimal(500))
    credit = PaymentLink(type=LinkType.CREDIT_NOTE, id="CN01", amount=Decimal(-500))
    wire = to_wire(payment("P18", "0", bill, credit))
    assert [(each["type"], each["amount"]) for each in wire["lines"][0]["links"]] == [
        ("Bill", -500),
        ("CreditNote", 500),
    ]


def test_a_bill_lists_the_payments_applied_to_it() -> None:
    applied = payment("P03", "2500", PaymentLink(type=LinkType.BILL, id="B04", amount=Decimal(2500)))
    other = payment("P04", "3500", PaymentLink(type=LinkType.BILL, id="B05", amount=Decimal(3500)))
    (allocation,) = to_wire(BILL, payments=[applied, other])["paymentAllocations"]
    assert allocation["payment"] == {"id": "P03", "paidOnDate": "2026-03-01T00:00:00", "totalAmount": 2500}
    assert allocation["allocation"] == {
        "currency": "USD",
        "allocatedOnDate": "2026-03-01T00:00:00",
        "totalAmount": -2500,
    }


def test_a_bill_without_payments_read_has_no_allocations() -> None:
    assert "paymentAllocations" not in to_wire(BILL)
    assert to_wire(BILL, payments=[])["paymentAllocations"] == []


def test_a_credit_note_lists_where_it_went() -> None:
    note = BillCreditNote(id="CN01", issue_date=date(2026, 3, 10), total_amount=Decimal(500), currency="USD")
    used = payment("P18", "0", PaymentLink(type=LinkType.CREDIT_NOTE, id="CN01", amount=Decimal(-500)))
    assert to_wire(note, payments=[used])["paymentAllocations"][0]["allocation"]["totalAmount"] == 500


def test_an_expense_is_paid_at_once_from_its_account() -> None:
    expense = Expense(
        id="X01",
        supplier_id="S4",
        issue_date=date(2025, 10, 5),
        total_amount=Decimal(1200),
        account_name="Amex 1009",
    )
    wire = to_wire(expense)
    assert wire["currency"] == "XXX"
    assert wire["paymentAllocations"][0]["payment"]["accountRef"] == {"name": "Amex 1009"}
    assert wire["paymentAllocations"][0]["allocation"]["totalAmount"] == -1200


def test_net_and_tax_follow_from_the_total_where_only_it_is_known() -> None:
    wire = to_wire(BILL)
    assert (wire["subTotal"], wire["taxAmount"]) == (6000, 0)
    assert from_wire(Bill, wire).sub_total is None


def test_tracking_categories_alone_are_kept() -> None:
    line = {
        "unitAmount": 1,
        "quantity": 1,
        "trackingCategoryRefs": [{"id": "costcode_1", "name": "Concrete"}],
    }
    read = from_wire(Bill, {**to_wire(BILL), "lineItems": [line]})
    assert to_wire(read)["lineItems"] == [line]


def test_extra_content_of_the_source_stays_beside_ours() -> None:
    supplier = Supplier(id="S", account_number="AC-1", supplemental_data='{"vendor": {"grade": 1.50}}')
    content = to_wire(supplier)["supplementalData"]["content"]
    assert content["vendor"] == {"grade": Decimal("1.50")}
    assert content["cardable"] == {"accountNumber": "AC-1"}


def test_a_plain_record_carries_nothing_of_ours() -> None:
    assert "supplementalData" not in to_wire(Supplier(id="S", supplier_name="Volt Energy LLC"))


def test_a_form_without_what_every_record_has_is_refused() -> None:
    with pytest.raises(IncompleteRecord, match="Bill 'B1' has no 'issue_date'"):
        from_wire(Bill, {"id": "B1", "totalAmount": 1})


def test_numbers_are_written_exactly_and_without_an_exponent() -> None:
    assert exact_json.dumps([Decimal("1E+3"), Decimal("0.1"), Decimal("1E-9")]) == "[1000, 0.1, 0.000000001]"
    assert exact_json.loads("0.1") == Decimal("0.1")


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        exact_json.dumps(Decimal("NaN"))
    with pytest.raises(TypeError, match="float"):
        exact_json.dumps(1.5)
