"""Whose records they are: company IDs split rows, and without any all rows are one company's."""

from cardable.records import Bill, BillPayment, Supplier
from tests.integrations.grids import Files, Result

USES = ("company_id", "record_id", "supplier_id", "issue_date", "amount")
PLAIN = USES[1:]
LISTED = ("company_id", "company_name", "parent_company_id", "source_instance", "base_currency")
ROW = ("1", "S1", "2026-01-05", "5")


def names(read: Result) -> list[tuple[str, str]]:
    return [(company.id, company.name) for company in read.delivery.companies]


def test_without_company_ids_all_rows_are_one_company_named_after_the_file(files: Files) -> None:
    read = files.read(files.table("bills", PLAIN, [ROW], file="inbox/wigan_spend-2024.csv"))
    assert names(read) == [("wigan-spend-2024", "Wigan Spend 2024")]


def test_several_files_are_named_after_their_folder_else_just_company(files: Files) -> None:
    tables = [files.table("bills", PLAIN, [ROW], file=f"acme corp/{name}.csv") for name in "ab"]
    assert names(files.read(*tables)) == [("acme-corp", "Acme Corp")]
    tables = [files.table("bills", PLAIN, [ROW], file=f"{name}.csv") for name in "ab"]
    assert names(files.read(*tables)) == [("company", "Company")]


def test_a_given_name_names_the_company(files: Files) -> None:
    read = files.read(files.table("bills", PLAIN, [ROW]), company_name="Łódź & Söhne")
    assert names(read) == [("łódź-söhne", "Łódź & Söhne")]


def test_a_list_of_one_company_names_it(files: Files) -> None:
    listed = files.table("companies", LISTED, [("lake", "Lakeside", None, None, "CAD")])
    read = files.read(files.table("bills", PLAIN, [ROW]), listed)
    assert names(read) == [("lake", "Lakeside")]
    assert read.delivery.companies[0].base_currency == read.only(Bill).currency == "CAD"


def test_company_ids_split_rows_and_ids_are_each_companys_own(files: Files) -> None:
    read = files.read(files.table("bills", USES, [("east", *ROW), ("west", *ROW)]))
    assert names(read) == [("east", "east"), ("west", "west")]
    assert [read.records(Bill, place)[0].id for place in (0, 1)] == ["1", "1"]
    assert [company.source_instance for company in read.delivery.companies] == ["east", "west"]


def test_a_company_that_the_list_lacks_is_added_and_told(files: Files) -> None:
    listed = files.table("companies", LISTED, [("east", "East Ltd", None, None, None)])
    read = files.read(listed, files.table("bills", USES, [("east", *ROW), ("south", *ROW)]))
    assert names(read) == [("east", "East Ltd"), ("south", "south")]
    assert "COMPANY_ADDED" in read.codes()


def test_rows_may_name_a_company_by_its_name(files: Files) -> None:
    listed = files.table(
        "companies", LISTED, [("e", "East Ltd", None, None, None), ("w", "West", None, None, None)]
    )
    read = files.read(listed, files.table("bills", USES, [("EAST LTD", *ROW)]))
    assert [len(company.tables) > 0 for company in read.delivery.companies] == [True, False]


def test_parents_are_kept_with_and_without_books_of_their_own(files: Files) -> None:
    rows = [("east", "East", "group", None, None), ("group", "Group", "holding", None, None)]
    read = files.read(files.table("companies", LISTED, rows), files.table("bills", USES, [("east", *ROW)]))
    parents = {company.id: company.parent_id for company in read.delivery.companies}
    assert parents == {"east": "group", "group": "holding", "holding": None}
    assert [company.id for company in read.delivery.companies if company.tables] == ["east"]


def test_a_circle_of_parents_is_cut_and_told(files: Files) -> None:
    rows = [("a", "A", "b", None, None), ("b", "B", "a", None, None), ("c", "C", "c", None, None)]
    read = files.read(files.table("companies", LISTED, rows), files.table("bills", USES, [("a", *ROW)]))
    assert [company.parent_id for company in read.delivery.companies] == [None, "a", None]
    assert [problem.code for problem in read.delivery.problems] == ["PARENT_CYCLE", "PARENT_CYCLE"]


def test_entity_columns_never_split(files: Files) -> None:
    table = files.table("bills", ("entity", *PLAIN), [("North", *ROW), ("South", "2", *ROW[1:])])
    assert len(files.read(table).delivery.companies) == 1


def test_a_supplier_list_without_companies_serves_them_all(files: Files) -> None:
    listed = files.table("suppliers", ("supplier_id", "supplier_name"), [("S1", "Acorn")])
    read = files.read(listed, files.table("bills", USES, [("east", *ROW), ("west", *ROW)]))
    assert [[each.supplier_name for each in read.records(Supplier, place)] for place in (0, 1)] == [
        ["Acorn"],
        ["Acorn"],
    ]


def test_an_allocation_without_a_company_belongs_to_that_of_its_payment(files: Files) -> None:
    uses = ("company_id", "record_id", "payment_date", "amount")
    payments = files.table(
        "payments", uses, [("east", "P1", "2026-01-05", "5"), ("west", "P2", "2026-01-05", "5")]
    )
    allocations = files.table("allocations", ("payment_id", "link_id", "link_amount"), [("P2", "B1", "5")])
    read = files.read(payments, allocations)
    assert [len(read.records(BillPayment, place)[0].lines) for place in (0, 1)] == [0, 1]


def test_a_supplier_of_a_company_with_the_same_books_is_not_derived(files: Files) -> None:
    rows = [("east", "East", None, "erp", None), ("west", "West", None, "erp", None)]
    companies = files.table("companies", LISTED, rows)
    listed = files.table(
        "suppliers", ("company_id", "supplier_id", "supplier_name"), [("east", "S1", "Acorn")]
    )
    bills = files.table("bills", (*USES, "supplier_name"), [("west", *ROW, "Acorn")])
    assert files.read(companies, listed, bills).records(Supplier, 1) == []
