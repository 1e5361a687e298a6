"""What is told of the files beside their records: counts, totals, problems, notices, currencies."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import duckdb

from cardable.intake.model import FileReading, Problem
from cardable.integrations.any_spreadsheet import assemble
from cardable.records import Bill, BillPayment, Expense, Supplier
from tests.integrations.grids import Files, rows_of

USES = ("record_id", "supplier_id", "issue_date", "amount", "currency")


def test_rows_read_are_those_accepted_rejected_and_skipped(files: Files) -> None:
    rows = [
        ("1", "S1", "2026-01-05", "5", "USD"),
        ("2", "S1", "soon", "5", "USD"),
        (None, None, None, None, None),
        ("3", "S1", "2026-03-05", "7", "EUR"),
        ("Total", None, None, "17", None),
    ]
    (report,) = files.read(files.table("bills", USES, rows, skipped={6: "a total"})).delivery.files
    assert (report.read, report.accepted, report.rejected, report.skipped) == (4, 2, 1, 1)
    assert report.totals == {"EUR": Decimal(7), "USD": Decimal(5)}
    assert (report.first_date, report.last_date) == (date(2026, 1, 5), date(2026, 3, 5))


def test_the_rejected_share_leaves_skipped_rows_out(files: Files) -> None:
    rows = [
        ("1", "S1", "2026-01-05", "5", "USD"),
        ("2", "S1", "soon", "5", "USD"),
        ("Total", None, None, "9", None),
    ]
    assert files.read(
        files.table("bills", USES, rows, skipped={4: "a total"})
    ).delivery.rejected_share == Decimal("0.5")


def test_a_row_filled_only_outside_the_known_columns_is_a_row(files: Files) -> None:
    rows = [("1", "S1", "2026-01-05", "5", "USD", None), (None, None, None, None, None, "remark")]
    (report,) = files.read(files.table("bills", (*USES, None), rows)).delivery.files
    assert (report.read, report.rejected) == (2, 1)


def test_every_fault_of_a_row_is_kept_with_its_value_and_place(files: Files) -> None:
    table = files.table(
        "bills", USES, [("1", "S1", "31/02/2026", "ten", "Groats!")], sheet="Bills", file="b.xlsx"
    )
    found = files.read(table).problem_rows()
    assert [(each["column"], each["value"], each["code"]) for each in found] == [
        ("amount", "ten", "NOT_A_NUMBER"),
        ("currency", "Groats!", "NOT_A_CURRENCY"),
        ("issue_date", "31/02/2026", "NOT_A_DATE"),
    ]
    assert {(each["file"], each["sheet"], each["row"]) for each in found} == {("b.xlsx", "Bills", 2)}


def test_problems_of_one_rule_and_column_are_told_once_with_their_number(files: Files) -> None:
    rows = [(str(n), "S1", f"day {n}", "5", "USD") for n in range(7)]
    (problem,) = files.read(files.table("bills", USES, rows)).delivery.problems
    assert (problem.rows, problem.row, problem.value) == (7, 2, "day 0")
    assert problem.message == "“day 0” is not a date. Use YYYY-MM-DD."


def test_a_file_of_a_header_gives_empty_tables(files: Files) -> None:
    read = files.read(files.table("bills", USES, []), files.table("expenses", USES, []))
    assert (read.records(Bill), read.records(Expense), read.records(Supplier)) == ([], [], [])
    assert [report.read for report in read.delivery.files] == [0, 0]
    assert BillPayment not in read.delivery.companies[0].tables


def test_a_table_of_another_kind_is_left_out_and_told(files: Files) -> None:
    table = files.table(
        "other", ("amount",), [("1",), ("2",)], kind_reason="a journal with debits and credits"
    )
    read = files.read(table)
    (notice,) = [each for each in read.delivery.notices if each.code == "NOT_PAYABLES"]
    assert "a journal with debits and credits" in notice.message
    assert (read.delivery.files[0].read, read.delivery.files[0].skipped) == (2, 2)


def test_a_hidden_sheet_is_left_out_and_told(files: Files) -> None:
    read = files.read(files.table("bills", USES, [("1", "S1", "2026-01-05", "5", "USD")], hidden=True))
    assert (read.codes()[0], Bill in read.delivery.companies[0].tables) == ("HIDDEN_SHEET", False)


def test_a_refused_file_is_a_problem_beside_the_others(files: Files) -> None:
    refusal = Problem(file="a.pdf", message="This is a PDF. Bring a CSV export.", code="REFUSED_PDF")
    refused = FileReading(file="a.pdf", sha256="1", bytes=1, refusal=refusal)
    read = files.read(refused, files.table("bills", USES, [("1", "S1", "2026-01-05", "5", "USD")]))
    assert (read.delivery.problems, len(read.records(Bill))) == ((refusal,), 1)


def test_currencies_are_known_by_code_name_and_sign(files: Files) -> None:
    said = ("usd", "Euro", "£", "US Dollar", "Kč", "zł", "CAD$", "Pesos mexicanos (MXN)", "Fr.", "XYZ")
    rows = [(each, "S1", "2026-01-05", "5", each) for each in said]
    found = [bill.currency for bill in files.read(files.table("bills", USES, rows)).records(Bill)]
    assert found == ["USD", "EUR", "GBP", "USD", "CZK", "PLN", "CAD", "MXN", "CHF", "XYZ"]


def test_a_heading_may_name_the_currency(files: Files) -> None:
    headers = ["ID", "Supplier", "Date", "Betrag (CHF)"]
    table = files.table("bills", USES[:4], [("1", "S1", "2026-01-05", "5")], headers=headers)
    assert files.read(table, base_currency="EUR").only(Bill).currency == "CHF"


def test_the_currency_given_goes_before_that_of_most_records(files: Files) -> None:
    known = files.table("bills", USES, [("1", "S1", "2026-01-05", "5", "SEK")])
    unknown = files.table("expenses", USES[:4], [("1", "S1", "2026-01-05", "5")])
    assert files.read(known, unknown).only(Expense).currency == "SEK"
    assert files.read(known, unknown, base_currency="NOK").only(Expense).currency == "NOK"


def test_dollars_are_assumed_where_nothing_tells_and_it_is_told(files: Files) -> None:
    read = files.read(files.table("bills", USES[:4], [("1", "S1", "2026-01-05", "5")]))
    assert (read.only(Bill).currency, read.delivery.companies[0].base_currency) == ("USD", "USD")
    (notice,) = [each for each in read.delivery.files[0].notices if each.code == "CURRENCY_ASSUMED"]
    assert notice.rows == 1


def test_imported_dates_and_rates_come_out_typed(files: Files) -> None:
    dates = files.table("imported_dates", ("supplier_id", "imported_date"), [("S1", "2026-01-05")])
    uses = ("date", "from_currency", "to_currency", "exchange_rate")
    rates = files.table(
        "exchange_rates", uses, [("2026-01-05", "EUR", "USD", "1.0875"), ("2026-01-05", "EUR", "USD", "0")]
    )
    read = files.read(files.table("bills", USES, []), dates, rates, company_name="Lake")
    assert read.delivery.imported_dates is not None
    assert read.delivery.exchange_rates is not None
    assert rows_of(read.delivery.imported_dates)[0]["company_id"] == "lake"
    (rate,) = rows_of(read.delivery.exchange_rates)
    assert (rate["date"], rate["rate"]) == (date(2026, 1, 5), Decimal("1.0875"))
    assert read.problem_rows()[0]["wrong"] == "There is no rate above zero."


def test_a_column_given_twice_is_read_from_the_first_that_is_filled(files: Files) -> None:
    uses = ("record_id", "issue_date", "amount", "description", "description")
    rows = [("1", "2026-01-05", "5", None, "second"), ("2", "2026-01-05", "5", "first", "second")]
    headers = ["ID", "Date", "Amount", "Text", "Text #2"]
    found = files.read(files.table("bills", uses, rows, headers=headers)).records(Bill)
    assert [bill.note for bill in found] == ["second", "first"]


def test_hostile_text_stays_text(files: Files) -> None:
    text = "'); drop table x; -- “\" {value} $1 ?"
    table = files.table(
        "bills", (*USES, "description"), [("1", text, "2026-01-05", "5", "USD", text)], file=text
    )
    bad = files.table("bills", USES, [("2", "S", text, "5", "USD")], headers=[text, "b", "c", "d", "e"])
    read = files.read(table, bad, company_name=text)
    assert (read.records(Bill)[0].supplier_id, read.records(Bill)[0].note) == (text, text)
    assert read.problem_rows()[0]["value"] == text


def test_a_connection_is_left_as_it_was(files: Files) -> None:
    table = files.table("bills", USES, [("1", "S1", "2026-01-05", "5", "USD")])
    with duckdb.connect() as connection:
        before = connection.execute("select current_setting('search_path')").fetchall()
        assemble([replace(table, file="x.csv")], connection, files.work / "out")
        assert connection.execute("select current_setting('search_path')").fetchall() == before
        assert connection.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]
