"""Suppliers: those on the list, those only transactions name, and how the two are told to be one."""

from cardable.records import Address, Bill, BillPayment, Expense, Supplier
from tests.integrations.grids import Files

PAID = ("supplier_name", "payment_date", "amount")
LIST = ("supplier_id", "supplier_name", "status")


def test_suppliers_are_derived_where_no_list_came(files: Files) -> None:
    rows = [
        ("Acorn Ltd", "2026-01-05", "5"),
        ("ACORN  ltd.", "2026-01-06", "6"),
        ("Acorn Ltd", "2026-01-07", "6"),
    ]
    read = files.read(files.table("payments", PAID, rows))
    supplier = read.only(Supplier)
    assert (supplier.id, supplier.supplier_name, supplier.is_derived) == ("name:acorn ltd", "Acorn Ltd", True)
    assert {payment.supplier_id for payment in read.records(BillPayment)} == {"name:acorn ltd"}
    assert "NO_SUPPLIERS" in read.codes()


def test_keys_drop_accents_case_and_signs(files: Files) -> None:
    rows = [
        (name, "2026-01-05", "5") for name in ("Bureau Lumière", "BUREAU-LUMIERE", "Straße 1", "北京 公司")
    ]
    found = files.read(files.table("payments", PAID, rows)).records(Supplier)
    assert sorted(each.id for each in found) == ["name:bureau lumiere", "name:strasse 1", "name:北京 公司"]


def test_an_id_without_a_name_names_itself_where_no_list_came(files: Files) -> None:
    table = files.table(
        "bills", ("record_id", "supplier_id", "issue_date", "amount"), [("1", "437", "2026-01-05", "5")]
    )
    supplier = files.read(table).only(Supplier)
    assert (supplier.id, supplier.supplier_name) == ("437", "437")


def test_a_name_that_only_one_listed_supplier_has_means_that_supplier(files: Files) -> None:
    listed = files.table(
        "suppliers", LIST, [("S1", "Acorn Ltd", None), ("S2", "Birch", None), ("S3", "birch", None)]
    )
    paid = files.table("payments", PAID, [("ACORN LTD", "2026-01-05", "5"), ("Birch", "2026-01-05", "5")])
    read = files.read(listed, paid)
    assert [payment.supplier_id for payment in read.records(BillPayment)] == ["S1", "name:birch"]


def test_a_supplier_the_list_lacks_is_added_if_it_is_named(files: Files) -> None:
    listed = files.table("suppliers", LIST, [("S1", "Acorn", None)])
    uses = ("record_id", "supplier_id", "supplier_name", "issue_date", "amount")
    rows = [
        ("1", "S1", "Acorn", "2026-01-05", "5"),
        ("2", "S2", "Birch", "2026-01-05", "5"),
        ("3", "S3", None, "2026-01-05", "5"),
    ]
    read = files.read(listed, files.table("bills", uses, rows))
    assert [(each.id, each.is_derived) for each in read.records(Supplier)] == [("S1", False), ("S2", True)]
    assert "SUPPLIERS_ADDED" in read.codes()


def test_derived_suppliers_keep_what_transactions_tell_of_them(files: Files) -> None:
    uses = ("record_id", "supplier_name", "issue_date", "amount", "city", "tax_number")
    rows = [("1", "Acorn", "2026-01-05", "5", None, "12-3"), ("2", "Acorn", "2026-01-05", "5", "Paris", None)]
    supplier = files.read(files.table("bills", uses, rows)).only(Supplier)
    assert (supplier.tax_number, supplier.addresses) == ("12-3", (Address(city="Paris"),))


def test_a_tax_number_is_who_it_is_where_nothing_else_says(files: Files) -> None:
    uses = ("document_id", "issue_date", "amount", "tax_number")
    read = files.read(files.table("bills", uses, [("A1", "2026-01-05", "5", "21.4567.890")]))
    supplier = read.only(Supplier)
    assert (supplier.id, supplier.supplier_name) == ("name:21 4567 890", "21.4567.890")
    assert read.only(Bill).supplier_id == supplier.id


def test_a_customer_never_becomes_a_supplier(files: Files) -> None:
    uses = ("record_id", "supplier_name", "issue_date", "amount")
    table = files.table("expenses", uses, [("X1", "Bob", "2026-01-05", "5")], counterparty="customer")
    read = files.read(table)
    expense = read.only(Expense)
    assert (expense.supplier_id, expense.contact_name, expense.contact_type) == (None, "Bob", "customers")
    assert read.records(Supplier) == []


def test_a_blank_party_is_unassigned(files: Files) -> None:
    rows = [("/", "2026-01-05", "5"), ("-", "2026-01-05", "5"), (None, "2026-01-05", "5")]
    read = files.read(files.table("payments", PAID, rows))
    assert [payment.supplier_id for payment in read.records(BillPayment)] == [None, None, None]


def test_the_later_list_wins_and_the_first_row_within_it(files: Files) -> None:
    first = files.table("suppliers", LIST, [("S1", "Old", "Active")])
    second = files.table("suppliers", LIST, [("S1", "New", "Gesperrt"), ("S1", "Site 2", "Active")])
    supplier = files.read(first, second).only(Supplier)
    assert (supplier.supplier_name, supplier.status.value) == ("New", "Archived")


def test_a_column_that_says_blocked_is_turned_round(files: Files) -> None:
    headers = ["ID", "Name", "Blocked"]
    table = files.table("suppliers", LIST, [("S1", "A", "No"), ("S2", "B", "Yes")], headers=headers)
    assert [each.status.value for each in files.read(table).records(Supplier)] == ["Active", "Archived"]


def test_a_supplier_without_id_and_name_is_rejected(files: Files) -> None:
    read = files.read(
        files.table("suppliers", (*LIST, "city"), [(None, None, None, "Paris"), ("S1", "A", None, None)])
    )
    assert [each.id for each in read.records(Supplier)] == ["S1"]
    (problem,) = read.problem_rows()
    assert (problem["code"], problem["wrong"]) == ("MISSING_VALUE", "There is no supplier.")
