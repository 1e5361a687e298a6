"""What was assumed, derived or is missing, told to the one who brought the files."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Collection, Mapping, Sequence

from cardable.intake.model import FileReading, Table
from cardable.integrations.any_spreadsheet.delivery import Notice
from cardable.integrations.any_spreadsheet.problems import Counts
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.wanted import DATES, TRANSACTIONS, WANTED


def about_tables(readings: Sequence[FileReading]) -> list[Notice]:
    """Tables that were left out, and why."""
    found = []
    for reading in readings:
        for table in reading.tables:
            if table.kind not in WANTED:
                message = "This is no list of suppliers, bills, payments or expenses, so it was left out."
                message = f"{message} {table.kind_reason}".strip()
                found.append(_notice("NOT_PAYABLES", message, reading, table, table.rows))
            elif table.grid.hidden:
                message = "The sheet is hidden, so it was left out. Show it in the workbook if it holds data."
                found.append(_notice("HIDDEN_SHEET", message, reading, table, table.rows))
            elif table.counterparty == "customer":
                message = "The other party is a customer, not a supplier, so nobody in it became a supplier."
                found.append(_notice("CUSTOMERS", message, reading, table, table.rows))
    return found


def about_links(*, lost: int, matched: int, derived: int) -> list[Notice]:
    found = []
    if lost:
        message = "Allocations name payments that did not come. Bring those payments, or correct the IDs."
        found.append(Notice(code="NO_SUCH_PAYMENT", message=message, rows=lost))
    if matched:
        message = "Payments were matched to bills of the same supplier by the bill's exact reference."
        found.append(Notice(code="MATCHED_BY_REFERENCE", message=message, rows=matched))
    if derived:
        message = (
            "No payments came, so each paid bill was taken as paid by one payment on its payment date. "
            "Bring the payments for exact methods and dates."
        )
        found.append(Notice(code="DERIVED_PAYMENT", message=message, rows=derived))
    return found


_MISSING = {
    "suppliers": "No supplier list came, so suppliers were made from the names on transactions. "
    "Bring the list for addresses, contacts and tax numbers.",
    "bills": "No bills came, so there are no payment terms, lateness or outstanding amounts. "
    "Bring the bills for them.",
    "payments": "No payments came, so payment methods are unknown where nothing else tells. "
    "Bring the payments.",
    "expenses": "No expenses came, so card and cash spending outside bills is missing. "
    "Bring it if there is any.",
}


def about_records(
    store: Store, came: Collection[str], staged: Sequence[Staged], counts: Mapping[int, Counts]
) -> list[Notice]:
    """Kinds that did not come, and dates, amounts and suppliers taken from elsewhere."""
    found = [
        Notice(code=f"NO_{kind.upper()}", message=text) for kind, text in _MISSING.items() if kind not in came
    ]
    for each in staged:
        found += _borrowed_dates(store, each)
        found += _borrowed_amounts(each, counts[each.number].accepted)
        found += _ignored(each, counts[each.number].ignored)
    replaced = dict(store.rows("select number, sum(rows)::bigint from replaced group by number"))
    for each in staged:
        if each.number in replaced:
            message = "Rows gave way to those of a later file or sheet with the same IDs."
            found.append(_notice("REPLACED", message, each.reading, each.table, replaced[each.number]))
    made = store.value("select count(*) from derived_suppliers")
    if made and "suppliers" in came:
        message = "Transactions name suppliers that the supplier list lacks; they were added."
        found.append(Notice(code="SUPPLIERS_ADDED", message=message, rows=made))
    return found


def _borrowed_dates(store: Store, each: Staged) -> list[Notice]:
    """How many records took another date for their own; an expense's day of payment is as good."""
    own, *others = DATES.get(each.kind, ("",))
    words = {"issue_date": "issue date", "payment_date": "payment date", "due_date": "due date"}
    others = [name for name in others if name in each.names]
    if not others or own not in words or each.kind == "expenses":
        return []
    missing = f"{own} is null" if own in each.names else "true"
    rows = store.value(f"select count(*) from {each.stage} where not rejected and not ignored and {missing}")
    if not rows:
        return []
    code = "ISSUE_DATE_ASSUMED" if own == "issue_date" else "PAYMENT_DATE_ASSUMED"
    message = f"Rows without {_article(words[own])} took their {words[others[0]]} instead."
    return [_notice(code, message, each.reading, each.table, rows)]


def _article(thing: str) -> str:
    return f"an {thing}" if thing[0] in "aeiou" else f"a {thing}"


def _borrowed_amounts(each: Staged, rows: int) -> list[Notice]:
    if each.kind not in TRANSACTIONS or not {"net", "due"} & each.names or {"amount", "credit"} & each.names:
        return []
    source = (
        "net and tax amounts"
        if {"net", "tax"} <= each.names
        else "net amount"
        if "net" in each.names
        else "amount due"
    )
    message = f"There is no total amount, so the {source} stands for it."
    return [_notice("AMOUNT_ASSUMED", message, each.reading, each.table, rows)] if rows else []


def _ignored(each: Staged, rows: int) -> list[Notice]:
    message = "Rows that are payments, or neither money in nor out, were left out."
    return [_notice("ROWS_LEFT_OUT", message, each.reading, each.table, rows)] if rows else []


def _notice(code: str, message: str, reading: FileReading, table: Table, rows: int) -> Notice:
    return Notice(code=code, message=message, file=reading.file, sheet=table.grid.sheet, rows=rows)
