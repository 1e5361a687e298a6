"""Payments and expenses: their dates, signs, IDs, and the bills they pay."""

from datetime import date
from typing import Any

import pytest

from cardable.records import Bill, BillCreditNote, BillPayment, Expense
from cardable.records.values import PaymentStatus
from tests.integrations.grids import Files, Result

USES = ("record_id", "supplier_id", "payment_date", "amount", "document_id", "status")
BILLS = ("record_id", "supplier_id", "document_id", "issue_date", "amount", "currency")
LINKS = ("payment_id", "link_type", "link_id", "link_amount")


def links(read: Result) -> dict[str, list[Any]]:
    return {
        payment.id: [(link.type.value, link.id, link.amount) for line in payment.lines for link in line.links]
        for payment in read.records(BillPayment)
    }


def test_a_payment_without_a_date_is_rejected_with_the_column_to_bring(files: Files) -> None:
    read = files.read(files.table("payments", ("supplier_name", "amount"), [("Acorn", "5"), ("Birch", "6")]))
    assert read.records(BillPayment) == []
    (problem,) = read.delivery.problems
    assert (problem.code, problem.rows, problem.rejects_row) == ("NO_DATE", 2, True)
    assert "“Payment date”" in problem.message


def test_a_payment_takes_its_issue_date_where_it_has_no_other(files: Files) -> None:
    read = files.read(
        files.table("payments", ("record_id", "issue_date", "amount"), [("P1", "2026-01-05", "5")])
    )
    assert read.only(BillPayment).date == date(2026, 1, 5)
    assert "PAYMENT_DATE_ASSUMED" in read.codes()


def test_void_payments_are_kept_as_void(files: Files) -> None:
    rows = [("P1", "S1", "2026-01-05", "5", None, "Voided"), ("P2", "S1", "2026-01-05", "5", None, "Cleared")]
    found = files.read(files.table("payments", USES, rows)).records(BillPayment)
    assert [each.status for each in found] == [PaymentStatus.VOID, PaymentStatus.ACTIVE]


def test_every_row_is_a_payment_and_ids_that_repeat_are_numbered_by_content(files: Files) -> None:
    rows = [("123", "S1", f"2026-01-0{day}", "5", None, None) for day in (3, 1, 2)]
    found = files.read(files.table("payments", USES, rows)).records(BillPayment)
    assert {each.date.day: each.id for each in found} == {1: "123", 2: "123 #2", 3: "123 #3"}


def test_the_check_number_is_the_id_where_there_is_no_other(files: Files) -> None:
    uses = ("payment_reference", "document_id", "supplier_id", "payment_date", "amount")
    found = files.read(files.table("payments", uses, [("20098", "INV-1", "S1", "2026-01-05", "5")]))
    assert (found.only(BillPayment).id, found.only(BillPayment).reference) == ("20098", "20098")


def test_a_later_file_replaces_the_payments_of_its_ids(files: Files) -> None:
    first = files.table("payments", USES, [("P1", "S1", "2026-01-05", "5", None, None)])
    second = files.table("payments", USES, [("P1", "S1", "2026-01-06", "7", None, None)])
    assert files.read(first, second).only(BillPayment).total_amount == 7


def test_rows_of_a_transaction_number_in_two_files_are_kept_unless_they_are_the_same(files: Files) -> None:
    uses = ("document_id", "supplier_id", "payment_date", "amount")
    first = files.table(
        "payments", uses, [("57989", "S1", "2026-01-05", "5"), ("57989", "S1", "2026-01-05", "6")]
    )
    second = files.table(
        "payments", uses, [("57989", "S1", "2026-01-05", "6"), ("57989", "S2", "2026-01-05", "7")]
    )
    found = files.read(first, second).records(BillPayment)
    assert sorted(each.total_amount for each in found) == [5, 6, 7]


def test_allocations_become_the_links_of_their_payment_in_order(files: Files) -> None:
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "9", None, None)])
    rows = [
        ("P1", "Invoice", "B2", "4"),
        ("P1", "Bill", "B1", "6"),
        ("P1", "Credit note", "C1", "-1"),
        ("P1", None, None, "1"),
    ]
    read = files.read(payments, files.table("allocations", LINKS, rows))
    assert links(read)["P1"] == [
        ("Bill", "B2", 4), ("Bill", "B1", 6), ("CreditNote", "C1", -1), ("PaymentOnAccount", None, 1)
    ]  # fmt: skip
    assert read.only(BillPayment).lines[0].amount == 9


def test_an_allocation_of_a_payment_that_did_not_come_is_rejected(files: Files) -> None:
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "9", None, None)])
    allocations = files.table("allocations", LINKS, [("P9", "Bill", "B1", "9"), ("P1", "Bill", "B1", "9")])
    read = files.read(payments, allocations)
    (problem,) = read.problem_rows()
    assert (problem["code"], problem["value"], problem["row"]) == ("NO_SUCH_PAYMENT", "P9", 2)
    report = read.delivery.files[1]
    assert (report.read, report.accepted, report.rejected) == (2, 1, 1)


def test_an_allocation_may_name_a_bill_by_its_reference(files: Files) -> None:
    bills = files.table("bills", BILLS, [("B1", "S1", "INV-7", "2026-01-01", "9", "USD")])
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "9", None, None)])
    read = files.read(bills, payments, files.table("allocations", LINKS, [("P1", "Bill", "INV-7", "9")]))
    assert links(read)["P1"] == [("Bill", "B1", 9)]
    assert read.only(Bill).amount_due == 0


def test_allocations_without_amounts_share_the_payment_by_the_bills_totals(files: Files) -> None:
    rows = [("B1", "S1", None, "2026-01-01", "30", "USD"), ("B2", "S1", None, "2026-01-01", "10", "USD")]
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "20", None, None)])
    allocations = files.table("allocations", LINKS, [("P1", "Bill", "B1", None), ("P1", "Bill", "B2", None)])
    read = files.read(files.table("bills", BILLS, rows), payments, allocations)
    assert links(read)["P1"] == [("Bill", "B1", 15), ("Bill", "B2", 5)]
    assert [bill.amount_due for bill in read.records(Bill)] == [15, 5]


def test_only_bill_links_of_payments_that_are_not_void_lower_what_is_due(files: Files) -> None:
    bills = files.table("bills", BILLS, [("B1", "S1", None, "2026-01-01", "100", "USD")])
    rows = [("P1", "S1", "2026-01-05", "60", None, None), ("P2", "S1", "2026-01-06", "30", None, "Void")]
    allocations = [("P1", "Bill", "B1", "60"), ("P1", "CreditNote", "B1", "5"), ("P2", "Bill", "B1", "30")]
    payments = files.table("payments", USES, rows)
    read = files.read(bills, payments, files.table("allocations", LINKS, allocations))
    assert read.only(Bill).amount_due == 40


def test_more_paid_than_billed_leaves_nothing_due(files: Files) -> None:
    bills = files.table("bills", BILLS, [("B1", "S1", None, "2026-01-01", "100", "USD")])
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "160", None, None)])
    read = files.read(bills, payments, files.table("allocations", LINKS, [("P1", "Bill", "B1", "160")]))
    assert read.only(Bill).amount_due == 0


def test_a_payment_matches_a_bill_only_by_supplier_and_exact_reference(files: Files) -> None:
    rows = [("B1", "S1", "INV-7", "2026-01-01", "9", "USD"), ("B2", "S2", "INV-8", "2026-01-01", "9", "USD")]
    payments = [
        ("P1", "S1", "2026-01-05", "9", "INV-7", None),
        ("P2", "S1", "2026-01-05", "9", "INV-8", None),
        ("P3", "S1", "2026-01-05", "9", "inv 7", None),
    ]
    read = files.read(files.table("bills", BILLS, rows), files.table("payments", USES, payments))
    assert links(read) == {"P1": [("Bill", "B1", 9)], "P2": [], "P3": []}
    assert [bill.amount_due for bill in read.records(Bill)] == [0, 9]
    assert "MATCHED_BY_REFERENCE" in read.codes()


def test_a_payment_with_allocations_is_not_matched_by_reference(files: Files) -> None:
    bills = files.table("bills", BILLS, [("B1", "S1", "INV-7", "2026-01-01", "9", "USD")])
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "9", "INV-7", None)])
    allocations = files.table("allocations", LINKS, [("P1", "PaymentOnAccount", "S1", "9")])
    assert links(files.read(bills, payments, allocations))["P1"] == [("PaymentOnAccount", "S1", 9)]


def test_a_reference_match_is_no_more_than_the_bill(files: Files) -> None:
    bills = files.table("bills", BILLS, [("B1", "S1", "INV-7", "2026-01-01", "9", "USD")])
    payments = files.table("payments", USES, [("P1", "S1", "2026-01-05", "20", "INV-7", None)])
    assert links(files.read(bills, payments))["P1"] == [("Bill", "B1", 9)]


@pytest.mark.parametrize(
    ("word", "amount"),
    [("Debit", 10), ("Credit", -10), ("支出", 10), ("收入", -10), ("S", 10), ("Haben", -10)],
)
def test_the_direction_gives_the_sign(files: Files, word: str, amount: int) -> None:
    other = "支出" if word in "支出收入" else "Debit"
    uses = ("record_id", "payment_date", "amount", "direction")
    rows = [("X1", "2026-01-05", "10", word), ("X2", "2026-01-05", "1", other)]
    assert files.read(files.table("expenses", uses, rows)).records(Expense)[0].total_amount == amount


def test_what_is_neither_money_in_nor_out_is_skipped(files: Files) -> None:
    uses = ("record_id", "payment_date", "amount", "direction")
    rows = [
        ("X1", "2026-01-05", "10", "支出"),
        ("X2", "2026-01-05", "1", "不计收支"),
        ("X3", "2026-01-05", "1", "/"),
    ]
    read = files.read(files.table("expenses", uses, rows))
    assert ([each.id for each in read.records(Expense)], read.delivery.files[0].skipped) == (["X1"], 2)


def test_debits_and_credits_in_two_columns_are_one_amount(files: Files) -> None:
    uses = ("record_id", "payment_date", "amount", "credit_amount")
    rows = [("X1", "2026-01-05", "10", None), ("X2", "2026-01-05", None, "4"), ("X3", "2026-01-05", "3", "0")]
    found = files.read(files.table("expenses", uses, rows)).records(Expense)
    assert [each.total_amount for each in found] == [10, -4, 3]


def test_a_card_number_says_which_account_paid(files: Files) -> None:
    uses = ("supplier_name", "payment_date", "amount", "payment_reference")
    headers = ["Merchant", "Date", "Amount", "CARD NUMBER"]
    table = files.table("expenses", uses, [("Acorn", "2026-01-05", "5", "****1009")], headers=headers)
    expense = files.read(table).only(Expense)
    assert (expense.id, expense.account_name, expense.payment_method) == ("row 2", "****1009", None)


def test_credit_notes_are_positive(files: Files) -> None:
    uses = ("record_id", "supplier_id", "issue_date", "amount", "remaining_credit", "status")
    rows = [("C1", "S1", "2026-01-05", "-50", "20", "Open")]
    note = files.read(files.table("credit_notes", uses, rows)).only(BillCreditNote)
    assert (note.total_amount, note.remaining_credit, note.status.value) == (50, 20, "Submitted")


def test_money_in_is_a_refund_only_from_one_who_was_paid(files: Files) -> None:
    uses = ("record_id", "supplier_name", "payment_date", "amount", "direction")
    rows = [
        ("X1", "Acorn", "2026-01-05", "10", "支出"),
        ("X2", "Acorn", "2026-01-06", "4", "收入"),
        ("X3", "Fund", "2026-01-07", "900", "收入"),
    ]
    read = files.read(files.table("expenses", uses, rows))
    assert {each.id: each.total_amount for each in read.records(Expense)} == {"X1": 10, "X2": -4}
    assert (read.delivery.files[0].accepted, read.delivery.files[0].skipped) == (2, 1)
