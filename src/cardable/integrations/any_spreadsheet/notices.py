"""What was assumed, derived or is missing, told to the one who brought the files."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Collection, Mapping, Sequence

from cardable.intake.model import FileReading, Table
from cardable.integrations.any_spreadsheet.delivery import Notice
from cardable.integrations.any_spreadsheet.problems import Counts
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.wanted import DATES, TRANSACTIONS, WANTED
from cardable.language import noted, said


def about_tables(readings: Sequence[FileReading]) -> list[Notice]:
    """Tables that were left out, and why."""
    found = []
    for reading in readings:
        for table in reading.tables:
            if table.kind not in WANTED:
                message = said(
                    "This is no list of suppliers, bills, payments or expenses, so it was left out."
                )
                message = f"{message} {table.kind_reason}".strip()
                found.append(_notice("NOT_PAYABLES", message, reading, table, table.rows))
            elif table.grid.hidden:
                message = said(
                    "The sheet is hidden, so it was left out. Show it in the workbook if it holds data."
                )
                found.append(_notice("HIDDEN_SHEET", message, reading, table, table.rows))
            elif table.counterparty == "customer":
                message = said(
                    "The other party is a customer, not a supplier, so nobody in it became a supplier."
                )
                found.append(_notice("CUSTOMERS", message, reading, table, table.rows))
    return found


def about_links(*, lost: int, matched: int, derived: int) -> list[Notice]:
    found = []
    if lost:
        message = said(
            "Allocations name payments that did not come. Bring those payments, or correct the IDs."
        )
        found.append(Notice(code="NO_SUCH_PAYMENT", message=message, rows=lost))
    if matched:
        message = said("Payments were matched to bills of the same supplier by the bill's exact reference.")
        found.append(Notice(code="MATCHED_BY_REFERENCE", message=message, rows=matched))
    if derived:
        message = said(
            "No payments came, so each paid bill was taken as paid by one payment on its payment date. "
            "Bring the payments for exact methods and dates."
        )
        found.append(Notice(code="DERIVED_PAYMENT", message=message, rows=derived))
    return found


_MISSING = {
    "suppliers": noted(
        "No supplier list came, so suppliers were made from the names on transactions. "
        "Bring the list for addresses, contacts and tax numbers."
    ),
    "bills": noted(
        "No bills came, so there are no payment terms, lateness or outstanding amounts. "
        "Bring the bills for them."
    ),
    "payments": noted(
        "No payments came, so payment methods are unknown where nothing else tells. Bring the payments."
    ),
    "expenses": noted(
        "No expenses came, so card and cash spending outside bills is missing. Bring it if there is any."
    ),
}
_BORROWED_DATES = {
    ("issue_date", "payment_date"): noted("Rows without an issue date took their payment date instead."),
    ("issue_date", "due_date"): noted("Rows without an issue date took their due date instead."),
    ("payment_date", "issue_date"): noted("Rows without a payment date took their issue date instead."),
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
            message = said("Rows gave way to those of a later file or sheet with the same IDs.")
            found.append(_notice("REPLACED", message, each.reading, each.table, replaced[each.number]))
    made = store.value("select count(*) from derived_suppliers")
    if made and "suppliers" in came:
        message = said("Transactions name suppliers that the supplier list lacks; they were added.")
        found.append(Notice(code="SUPPLIERS_ADDED", message=message, rows=made))
    return found


def _borrowed_dates(store: Store, each: Staged) -> list[Notice]:
    """How many records took another date for their own; an expense's day of payment is as good."""
    own, *others = DATES.get(each.kind, ("",))
    others = [name for name in others if name in each.names]
    if not others or (own, others[0]) not in _BORROWED_DATES or each.kind == "expenses":
        return []
    missing = f"{own} is null" if own in each.names else "true"
    rows = store.value(f"select count(*) from {each.stage} where not rejected and not ignored and {missing}")
    if not rows:
        return []
    code = "ISSUE_DATE_ASSUMED" if own == "issue_date" else "PAYMENT_DATE_ASSUMED"
    message = _BORROWED_DATES[own, others[0]]
    return [_notice(code, message, each.reading, each.table, rows)]


def _borrowed_amounts(each: Staged, rows: int) -> list[Notice]:
    if each.kind not in TRANSACTIONS or not {"net", "due"} & each.names or {"amount", "credit"} & each.names:
        return []
    if {"net", "tax"} <= each.names:
        message = said("There is no total amount, so the net and tax amounts stand for it.")
    elif "net" in each.names:
        message = said("There is no total amount, so the net amount stands for it.")
    else:
        message = said("There is no total amount, so the amount due stands for it.")
    return [_notice("AMOUNT_ASSUMED", message, each.reading, each.table, rows)] if rows else []


def _ignored(each: Staged, rows: int) -> list[Notice]:
    message = said("Rows that are payments, or neither money in nor out, were left out.")
    return [_notice("ROWS_LEFT_OUT", message, each.reading, each.table, rows)] if rows else []


def _notice(code: str, message: str, reading: FileReading, table: Table, rows: int) -> Notice:
    return Notice(code=code, message=message, file=reading.file, sheet=table.grid.sheet, rows=rows)
