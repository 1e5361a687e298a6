"""Bills: their dates, amounts, IDs, lines, and what is due."""

from datetime import date
from typing import Any

import pytest

from cardable.records import Bill, BillPayment, BillStatus
from tests.integrations.grids import Files, Result, Row

USES = ("record_id", "supplier_id", "document_id", "issue_date", "due_date", "amount", "amount_due", "status")


def bills(files: Files, *rows: Row, uses: tuple[str, ...] = USES) -> list[Any]:
    return files.read(files.table("bills", uses, rows)).records(Bill)


def due(read: Result) -> list[Any]:
    return [bill.amount_due for bill in read.records(Bill)]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Paid", BillStatus.PAID), ("Bezahlt", BillStatus.PAID), ("Payée", BillStatus.PAID),
        ("PAGADO", BillStatus.PAID), ("Betaald", BillStatus.PAID), ("Zapłacono", BillStatus.PAID),
        ("Fully paid 05/06", BillStatus.PAID), ("Partially Paid", BillStatus.PARTIALLY_PAID),
        ("PartiallyPaid", BillStatus.PARTIALLY_PAID), ("Storniert", BillStatus.VOID),
        ("Annulée", BillStatus.VOID), ("Voided", BillStatus.VOID), ("Brouillon", BillStatus.DRAFT),
        ("Entwurf", BillStatus.DRAFT), ("Not paid", BillStatus.OPEN), ("Offen", BillStatus.OPEN),
        ("Awaiting Payment", BillStatus.OPEN), ("zzz", BillStatus.UNKNOWN), (None, BillStatus.UNKNOWN),
    ],
)  # fmt: skip
def test_statuses_are_understood_in_many_languages(files: Files, word: str, status: BillStatus) -> None:
    (bill,) = bills(files, ("B1", "S1", None, "2026-01-05", None, "10", None, word))
    assert bill.status == status


def test_without_an_issue_date_the_payment_date_then_the_due_date_is_taken(files: Files) -> None:
    uses = ("record_id", "supplier_id", "issue_date", "payment_date", "due_date", "amount")
    rows = [("B1", "S1", None, "2026-02-01", "2026-03-01", "1"), ("B2", "S1", None, None, "2026-03-01", "1")]
    read = files.read(files.table("bills", uses, rows))
    assert [bill.issue_date for bill in read.records(Bill)] == [date(2026, 2, 1), date(2026, 3, 1)]
    assert "ISSUE_DATE_ASSUMED" in read.codes()


def test_a_wrong_issue_date_is_not_replaced_by_another(files: Files) -> None:
    uses = ("record_id", "supplier_id", "issue_date", "payment_date", "amount")
    assert bills(files, ("B1", "S1", "2026-02-31", "2026-02-01", "1"), uses=uses) == []


def test_a_wrong_due_date_leaves_the_bill_and_is_told(files: Files) -> None:
    read = files.read(
        files.table("bills", USES, [("B1", "S1", None, "2026-01-05", "soon", "10", None, None)])
    )
    assert read.only(Bill).due_date is None
    (problem,) = read.problem_rows()
    assert (problem["column"], problem["rejects_row"]) == ("due_date", False)


def test_the_amount_is_net_and_tax_where_there_is_no_total(files: Files) -> None:
    uses = ("record_id", "supplier_id", "issue_date", "net_amount", "tax_amount")
    rows = [("B1", "S1", "2026-01-05", "100", "20"), ("B2", "S1", "2026-01-05", "50", None)]
    read = files.read(files.table("bills", uses, rows))
    assert [bill.total_amount for bill in read.records(Bill)] == [120, 50]
    assert "AMOUNT_ASSUMED" in read.codes()


def test_what_is_due_stands_for_the_amount_where_nothing_else_does(files: Files) -> None:
    (bill,) = bills(
        files, ("B1", "S1", "2026-01-05", "75"), uses=("record_id", "supplier_id", "due_date", "amount_due")
    )
    assert (bill.total_amount, bill.amount_due) == (75, 75)


def test_due_is_as_given_even_on_a_paid_bill(files: Files) -> None:
    (bill,) = bills(files, ("B1", "S1", None, "2026-01-05", None, "10", "4", "Paid"))
    assert bill.amount_due == 4


def test_a_paid_bill_owes_nothing_and_an_open_one_all(files: Files) -> None:
    paid, open_ = bills(
        files,
        ("B1", "S1", None, "2026-01-05", None, "10", None, "Paid"),
        ("B2", "S1", None, "2026-01-05", None, "10", None, "Open"),
    )
    assert (paid.amount_due, open_.amount_due) == (0, 10)


def test_payment_terms_give_the_due_date(files: Files) -> None:
    uses = ("record_id", "supplier_id", "issue_date", "amount", "payment_terms")
    terms = ("Net 30", "2/10 net 45", "14 days", "Due on receipt", "30 EOM", "by agreement")
    rows = [(each, "S1", "2026-01-01", "1", each) for each in terms]
    found = {bill.id: bill.due_date for bill in bills(files, *rows, uses=uses)}
    days = [found[each] and (found[each] - date(2026, 1, 1)).days for each in terms]
    assert days == [30, 45, 14, 0, None, None]


def test_a_credit_note_among_bills_is_a_negative_bill(files: Files) -> None:
    uses = ("record_id", "supplier_id", "document_type", "issue_date", "amount")
    words = ("Invoice", "Credit Note", "Gutschrift", "Avoir", "Nota de crédito")
    rows = [(word, "S1", word, "2026-01-05", "10") for word in words]
    assert [bill.total_amount for bill in bills(files, *rows, uses=uses)] == [10, -10, -10, -10, -10]


def test_payments_among_bills_are_skipped(files: Files) -> None:
    uses = ("record_id", "supplier_id", "document_type", "issue_date", "amount")
    rows = [("1", "S1", "Invoice", "2026-01-05", "10"), ("2", "S1", "Payment", "2026-01-06", "10")]
    read = files.read(files.table("bills", uses, rows))
    assert [bill.id for bill in read.records(Bill)] == ["1"]
    assert (read.delivery.files[0].skipped, read.delivery.files[0].read) == (1, 2)


LINES = ("document_id", "supplier_id", "issue_date", "amount", "net_amount", "description")


def test_a_total_repeated_on_every_line_counts_once(files: Files) -> None:
    rows = [
        ("I1", "S1", "2026-01-05", "120", "60", "Paper"),
        ("I1", "S1", "2026-01-05", "120", "40", "Ink"),
        ("I2", "S1", "2026-01-06", "10", "10", None),
    ]
    first, second = bills(files, *rows, uses=LINES)
    assert (first.id, first.total_amount, first.sub_total, second.total_amount) == ("I1", 120, 100, 10)
    assert [(line.description, line.sub_total) for line in first.lines] == [("Paper", 60), ("Ink", 40)]


def test_lines_with_amounts_of_their_own_are_added(files: Files) -> None:
    rows = [("I1", "S1", "2026-01-05", "60", None, "Paper"), ("I1", "S1", "2026-01-05", "40", None, "Ink")]
    (bill,) = bills(files, *rows, uses=LINES)
    assert (bill.total_amount, [line.total_amount for line in bill.lines]) == (100, [60, 40])


def test_the_same_number_from_two_suppliers_is_two_bills(files: Files) -> None:
    rows = [("9", "S1", "2026-01-05", "60", None, None), ("9", "S2", "2026-01-05", "40", None, None)]
    assert {bill.id: bill.total_amount for bill in bills(files, *rows, uses=LINES)} == {
        "9 / S1": 60,
        "9 / S2": 40,
    }


def test_the_same_number_on_another_day_is_another_bill(files: Files) -> None:
    rows = [("9", "S1", "2025-01-05", "60", None, None), ("9", "S1", "2026-01-05", "40", None, None)]
    found = bills(files, *rows, uses=LINES)
    assert [bill.id for bill in found] == ["9 / S1 / 2025-01-05", "9 / S1 / 2026-01-05"]


def test_a_row_without_an_id_is_known_by_its_place(files: Files) -> None:
    rows = [(None, "S1", "2026-01-05", "60", None, None)]
    assert [bill.id for bill in bills(files, *rows, uses=LINES)] == ["row 2"]
    tables = [files.table("bills", LINES, rows, file=f"{name}.csv") for name in "ab"]
    assert [bill.id for bill in files.read(*tables).records(Bill)] == ["a.csv row 2", "b.csv row 2"]


def test_the_later_file_wins_where_both_have_a_bill(files: Files) -> None:
    first = files.table("bills", USES, [("B1", "S1", None, "2026-01-05", None, "10", None, None)])
    second = files.table("bills", USES, [("B1", "S1", None, "2026-01-05", None, "99", None, None)])
    assert [bill.total_amount for bill in files.read(first, second).records(Bill)] == [99]
    assert [bill.total_amount for bill in files.read(second, first).records(Bill)] == [10]


PAID = (
    "record_id",
    "supplier_id",
    "issue_date",
    "payment_date",
    "amount",
    "amount_due",
    "status",
    "payment_method",
)


def test_paid_bills_make_payments_where_none_came(files: Files) -> None:
    rows = [
        ("B1", "S1", "2026-01-05", "2026-02-01", "10", None, None, "ACH"),
        ("B2", "S1", "2026-01-05", "2026-02-02", "10", "4", None, None),
        ("B3", "S1", "2026-01-05", None, "10", None, None, None),
        ("B4", "S1", "2026-01-05", "2026-02-02", "10", None, "Void", None),
        ("B5", "S1", "2026-01-05", "2026-02-02", "10", "10", "Open", None),
    ]
    read = files.read(files.table("bills", PAID, rows))
    found = read.records(BillPayment)
    assert [(each.id, each.total_amount, each.payment_method) for each in found] == [
        ("paid B1", 10, "ACH"), ("paid B2", 6, None)
    ]  # fmt: skip
    assert all(each.is_derived and each.lines[0].links[0].amount == each.total_amount for each in found)
    assert due(read) == [0, 4, 10, 0, 10]
    assert "DERIVED_PAYMENT" in read.codes()


def test_paid_bills_make_no_payments_where_payments_came(files: Files) -> None:
    table = files.table("bills", PAID, [("B1", "S1", "2026-01-05", "2026-02-01", "10", None, None, None)])
    payments = files.table("payments", ("record_id", "payment_date", "amount"), [])
    assert files.read(table, payments).records(BillPayment) == []


def test_a_borrowed_issue_date_claims_no_settlement_in_no_days(files: Files) -> None:
    table = files.table("bills", PAID, [("B1", "S1", None, "2026-02-01", "10", None, None, None)])
    read = files.read(table)
    assert (read.only(BillPayment).lines, due(read)) == ((), [0])


def test_the_payers_own_number_parts_bills_of_one_supplier_number(files: Files) -> None:
    uses = ("document_id", "supplier_id", "issue_date", "amount", "payment_reference")
    rows = [("9", "S1", "2026-01-05", "60", number) for number in ("100", "100", "101", "102")]
    found = bills(files, *rows, uses=uses)
    assert [(bill.id, bill.total_amount) for bill in found] == [
        (f"9 / S1 / 2026-01-05 / {number}", 60) for number in (100, 101, 102)
    ]


def test_rows_that_gave_way_to_a_later_file_are_told(files: Files) -> None:
    first = files.table(
        "bills", USES, [("B1", "S1", None, "2026-01-05", None, "10", None, None)], file="a.csv"
    )
    second = files.table(
        "bills", USES, [("B1", "S1", None, "2026-01-05", None, "99", None, None)], file="b.csv"
    )
    (notice,) = [each for each in files.read(first, second).delivery.notices if each.code == "REPLACED"]
    assert (notice.file, notice.rows) == ("a.csv", 1)
