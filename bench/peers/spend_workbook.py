"""A Spend Analysis workbook made with pandas and XlsxWriter: python -m bench.peers.spend_workbook FOLDER OUT.

Written as fast as XlsxWriter goes: rows in constant memory, formats set once per column, dates turned into
serial numbers a column at a time, and the typed write methods called directly.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from bench.peers.payment_words import CATEGORIES
from bench.peers.spend_figures import Frame, Spend, spend

_EPOCH = np.datetime64("1899-12-30")
_BLOCK = 20_000
_ROWS = ("Card", "Credit Card", "Debit Card", "Non-Card", "Bank Transfer", "Cash", "Check",
         "Unknown (category)", "Unknown", "Other", "Overall")  # fmt: skip

TEXT, COUNT, MONEY, SHARE, DAYS, DATE, RATE = "text", "count", "money", "share", "days", "date", "rate"
_FORMATS: dict[str, dict[str, str]] = {
    TEXT: {},
    COUNT: {"num_format": "#,##0"},
    MONEY: {"num_format": "#,##0.00"},
    SHARE: {"num_format": "0.0%"},
    DAYS: {"num_format": "0.0"},
    DATE: {"num_format": "yyyy-mm-dd"},
    RATE: {"num_format": "0.0000#####"},
}

Columns = tuple[tuple[str, str, str], ...]
"""Heading, field, format."""

_MEASURES: Columns = (
    ("Total spend", "total_spend", MONEY),
    ("# of bills", "bills_count", COUNT),
    ("# of bills outstanding", "open_count", COUNT),
    ("Bills amount", "bills_amount", MONEY),
    ("Bills outstanding amount", "open_amount", MONEY),
    ("% bills outstanding (by amount)", "open_share", SHARE),
    ("# of bills paid late", "late_count", COUNT),
    ("Bills paid late amount", "late_amount", MONEY),
    ("% bills paid late (by amount)", "late_share", SHARE),
    ("# of payments", "payments_count", COUNT),
    ("Payments amount", "payments_amount", MONEY),
    ("Average payment amount", "average_payment", MONEY),
    ("Average payment terms", "average_terms", DAYS),
    ("Average settlement period", "average_settlement", DAYS),
    ("# of Expenses", "expenses_count", COUNT),
    ("Expenses amount", "expenses_amount", MONEY),
)
_METHOD_COLUMNS: Columns = (
    ("Payment method", "label", TEXT),
    ("# of suppliers", "suppliers_count", COUNT),
    ("% of all suppliers", "suppliers_share", SHARE),
    ("% of all bills (by #)", "bills_count_share", SHARE),
    ("% of all bills (by amount)", "bills_amount_share", SHARE),
    *_MEASURES[:14],
    ("% of all Expenses (by #)", "expenses_count_share", SHARE),
    ("% of all Expenses (by amount)", "expenses_amount_share", SHARE),
    *_MEASURES[14:],
)
_SUPPLIER_COLUMNS: Columns = (
    ("Supplier name", "supplier_name", TEXT),
    ("Most common payment method (ERP)", "erp", TEXT),
    ("Most common payment method (Inferred)", "inferred", TEXT),
    ("Has Accepted Credit Card (Last 12 months)", "accepted", TEXT),
    ("Imported date", "imported", DATE),
    *_MEASURES[:5],
    ("% of bills outstanding (by amount)", "open_share", SHARE),
    *_MEASURES[6:9],
    ("Most recent bill", "latest_bill", DATE),
    *_MEASURES[9:13],
    ("Common payment terms days", "common_terms", COUNT),
    *_MEASURES[13:],
    ("Most recent direct cost", "latest_expense", DATE),
    ("Supplier ID", "supplier_id", TEXT),
    ("Contact name", "contact_name", TEXT),
    ("Email", "email", TEXT),
    ("Phone", "phone", TEXT),
    ("Tax number", "tax_number", TEXT),
    ("Address line 1", "address_line_1", TEXT),
    ("Address line 2", "address_line_2", TEXT),
    ("City", "city", TEXT),
    ("Region", "region", TEXT),
    ("Postal code", "postal_code", TEXT),
    ("Country", "country", TEXT),
    ("Status", "status", TEXT),
)
_BILL_COLUMNS: Columns = (
    ("Id", "bill_id", TEXT),
    ("Supplier Id", "supplier_id", TEXT),
    ("Supplier Name", "supplier_name", TEXT),
    ("Reference", "reference", TEXT),
    ("Issue Date", "issue_date", DATE),
    ("Due Date", "due_date", DATE),
    ("Currency", "currency", TEXT),
    ("Currency Rate", "rate", RATE),
    ("Total Amt", "total_amount", MONEY),
    ("Amount Due", "amount_due", MONEY),
    ("Status", "status", TEXT),
    ("Total Amt (base)", "base", MONEY),
    ("Note", "note", TEXT),
    ("Company Id", "company_id", TEXT),
    ("Company Name", "company_name", TEXT),
)
_PAYMENT_COLUMNS: Columns = (
    ("Id", "payment_id", TEXT),
    ("Supplier Id", "supplier_id", TEXT),
    ("Supplier Name", "supplier_name", TEXT),
    ("Date", "date", DATE),
    ("Currency", "currency", TEXT),
    ("Currency Rate", "rate", RATE),
    ("Total Amt", "total_amount", MONEY),
    ("Total Amt (base)", "base", MONEY),
    ("Payment Method (ERP)", "erp", TEXT),
    ("Payment Account", "account_name", TEXT),
    ("Reference", "reference", TEXT),
    ("Payment Method (Inferred)", "inferred", TEXT),
    ("Why", "why", TEXT),
    ("Note", "note", TEXT),
)
_EXPENSE_COLUMNS: Columns = (
    ("Id", "expense_id", TEXT),
    ("Contact Name", "contact_name", TEXT),
    ("Contact Id", "supplier_id", TEXT),
    ("Reference", "reference", TEXT),
    ("Payment Account", "account_name", TEXT),
    ("Issue Date", "issue_date", DATE),
    ("Currency", "currency", TEXT),
    ("Currency Rate", "rate", RATE),
    ("Total Amt", "total_amount", MONEY),
    ("Total Amt (base)", "base", MONEY),
    ("Payment Method (ERP)", "erp", TEXT),
    ("Payment Method (Inferred)", "inferred", TEXT),
    ("Why", "why", TEXT),
    ("Note", "note", TEXT),
)


class Book:
    """An XlsxWriter workbook that writes a frame as a sheet, row by row, in constant memory."""

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self.heading = self.book.add_format(
            {"bold": True, "bg_color": "#1F4E79", "font_color": "white", "text_wrap": True, "valign": "top"}
        )
        self.formats = {name: self.book.add_format(form) for name, form in _FORMATS.items()}

    def sheet(self, name: str, frame: Frame, columns: Columns) -> Any:
        sheet = self.book.add_worksheet(name)
        for place, (_, _, form) in enumerate(columns):
            sheet.set_column(place, place, 28 if form == TEXT else 14, self.formats[form])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(frame), len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        for place, (heading, _, _) in enumerate(columns):
            sheet.write_string(0, place, heading, self.heading)
        for start in range(0, len(frame), _BLOCK):
            self._write_rows(sheet, start + 1, frame.iloc[start : start + _BLOCK], columns)
        return sheet

    def _write_rows(self, sheet: Any, first: int, frame: Frame, columns: Columns) -> None:
        cells = [_cells(frame[field], form) for _, field, form in columns]
        writers = [sheet.write_string if form == TEXT else sheet.write_number for _, _, form in columns]
        places = range(len(columns))
        for row, values in enumerate(zip(*cells, strict=True), first):
            for place, write, value in zip(places, writers, values, strict=True):
                if value is not None:
                    write(row, place, value)


def _cells(column: Frame, form: str) -> list[Any]:
    """The column as strings and numbers for the sheet, None where a cell stays empty."""
    if form == TEXT:
        return list(column.astype(object).where(column.notna(), None))
    if form == DATE:
        serial = (column.to_numpy(dtype="datetime64[D]") - _EPOCH).astype("float64")
        values = np.where(column.isna(), np.nan, serial)
    else:
        scale = {MONEY: 100, RATE: 1_000_000_000}.get(form, 1)
        values = column.to_numpy(dtype="float64") / scale
    return [None if value != value else value for value in values.tolist()]


def write(made: Spend, path: Path, *, company: str, currency: str, end: str, months: int) -> None:
    book = Book(path)
    _write_customer(book, made, company=company, currency=currency, end=end, months=months)
    methods = _method_rows(made)
    sheet = book.sheet("Spend Analysis", methods, _METHOD_COLUMNS)
    sheet.insert_chart("B16", _chart(book.book))
    run_date = pd.Timestamp(end) + pd.Timedelta(days=1)
    suppliers = made.suppliers[made.suppliers["total_spend"] * 12 >= 100 * months].assign(
        accepted=lambda frame: np.where(frame["took_card"], "Yes", "No"),
        imported=run_date,
        address_line_2=None,
    )
    book.sheet("Supplier Analysis", suppliers, _SUPPLIER_COLUMNS)
    names = made.records.suppliers["supplier_name"]
    for name, frame, columns in (
        ("Bills", made.records.bills, _BILL_COLUMNS),
        ("Bill Payments", made.records.payments, _PAYMENT_COLUMNS),
        ("Expenses", made.records.expenses, _EXPENSE_COLUMNS),
    ):
        named = frame.assign(
            supplier_name=frame["supplier_id"].map(names), company_id=company.casefold(), company_name=company
        )
        book.sheet(name, named, columns)
    book.book.close()


def _write_customer(book: Book, made: Spend, *, company: str, currency: str, end: str, months: int) -> None:
    sheet = book.book.add_worksheet("Customer")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 24)
    overall = made.overall
    start = pd.Timestamp(end) + pd.Timedelta(days=1) - pd.DateOffset(months=months)
    facts = (
        ("Company name", company, TEXT),
        ("Start date", start, DATE),
        ("End date", pd.Timestamp(end), DATE),
        ("Months reviewed", months, COUNT),
        ("Excludes suppliers with annual spend below", 1, MONEY),
        ("Suppliers count", len(made.suppliers), COUNT),
        ("# of bills", overall["bills_count"], COUNT),
        ("Bills amount", overall["bills_amount"] / 100, MONEY),
        ("# of payments", overall["payments_count"], COUNT),
        ("Payments amount", overall["payments_amount"] / 100, MONEY),
        ("# of Expenses", overall["expenses_count"], COUNT),
        ("Expenses amount", overall["expenses_amount"] / 100, MONEY),
        ("Base currency", currency, TEXT),
    )
    for row, (label, value, form) in enumerate(facts):
        sheet.write(row, 0, label)
        writer = sheet.write_datetime if form == DATE else sheet.write
        writer(row, 1, value, book.formats[form])


def _method_rows(made: Spend) -> Frame:
    """The eleven rows of the tab, empty ones included, with each row's share of all."""
    rows = pd.DataFrame({**made.by_method, "Overall": made.overall}).T.reindex(_ROWS)
    methods = made.suppliers["inferred"]
    counts = methods.value_counts().add(methods.map(CATEGORIES).value_counts(), fill_value=0)
    rows["suppliers_count"] = counts.reindex(_ROWS)
    rows.loc["Overall", "suppliers_count"] = len(methods)
    whole = [
        field for _, field, form in _METHOD_COLUMNS if form in (COUNT, MONEY) and field != "average_payment"
    ]
    rows[whole] = rows[whole].astype("float64").fillna(0)
    for share, field in (
        ("suppliers_share", "suppliers_count"),
        ("bills_count_share", "bills_count"),
        ("bills_amount_share", "bills_amount"),
        ("expenses_count_share", "expenses_count"),
        ("expenses_amount_share", "expenses_amount"),
    ):
        rows[share] = rows[field] / rows.loc["Overall", field]
    return rows.assign(label=rows.index)


def _chart(book: Any) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"categories": "='Spend Analysis'!$A$3:$A$11", "values": "='Spend Analysis'!$F$3:$F$11"})
    chart.set_title({"name": "Total spend by payment method"})
    return chart


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--company", default="Company")
    parser.add_argument("--currency", default="USD")
    parser.add_argument("--end", default="2026-06-30")
    parser.add_argument("--months", type=int, default=12)
    chosen = parser.parse_args()
    made = spend(chosen.folder, currency=chosen.currency, end=chosen.end, months=chosen.months)
    write(
        made,
        chosen.out,
        company=chosen.company,
        currency=chosen.currency,
        end=chosen.end,
        months=chosen.months,
    )


if __name__ == "__main__":
    main()
