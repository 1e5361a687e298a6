"""The records as Parquet: one file a company and record type, in the columns of the record."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cardable.integrations.any_spreadsheet.store import Store
from cardable.records import (
    Address,
    Bill,
    BillCreditNote,
    BillLine,
    BillPayment,
    Expense,
    PaymentLine,
    Supplier,
    columns,
    table_name,
)

_SUPPLIER_WORDS = "coalesce(status, 'Active')"
_ADDRESS_PARTS = "coalesce(address_line1, address, address_line2, city, region, postal_code, country)"


def projection(record: type[Any], values: Mapping[str, str]) -> str:
    """The record's columns in order, each from its expression; what no file brings is left out."""
    return ", ".join(
        f'cast({values[name]} as {kind}) as "{name}"'
        for name, kind in columns(record).items()
        if name in values
    )


def _struct(record: type[Any], values: Mapping[str, str]) -> str:
    fields = ", ".join(
        f"'{name}': cast({values.get(name, '[]' if kind.endswith('[]') else 'null')} as {kind})"
        for name, kind in columns(record).items()
    )
    return "{" + fields + "}"


def write(
    store: Store, record: type[Any], select: str, numbers: list[int], work: Path
) -> dict[int, tuple[Path, int]]:
    """Write a record type for each company; the file and how many records are in it."""
    written = {}
    for number in numbers:
        target = work / f"company-{number}" / f"{table_name(record)}.parquet"
        mine = f" where company_number = {number}" if len(numbers) > 1 else ""
        written[number] = (target, store.write(select.replace("/*mine*/", mine), target))
    return written


def supplier_records() -> str:
    address = _struct(
        Address,
        {
            "type": "'Unknown'",
            "line1": "coalesce(address_line1, address)",
            "line2": "address_line2",
            "city": "city",
            "region": "region",
            "country": "country",
            "postal_code": "postal_code",
        },
    )
    values = {
        "id": "key",
        "supplier_name": "coalesce(supplier_name, key)",
        "addresses": f"case when {_ADDRESS_PARTS} is null then [] else [{address}] end",
        "status": _SUPPLIER_WORDS,
        "default_currency": "currency",
    }
    own = (
        "contact_name",
        "email",
        "phone",
        "tax_number",
        "registration_number",
        "account_number",
        "is_derived",
    )
    values |= {name: name for name in own}
    order = "is_derived, number, row, key"
    return f"select {projection(Supplier, values)} from suppliers_all/*mine*/ order by {order}"


def bill_records(*, with_lines: bool) -> str:
    """Bills, with what is due: as given, else nothing on a paid one, else what payments leave."""
    own = (
        "id",
        "supplier_name",
        "issue_date",
        "due_date",
        "currency",
        "note",
        "total_amount",
        "amount_due",
        "status",
    )
    values = {name: name for name in own}
    values |= {
        "supplier_id": "supplier_key",
        "reference": "document",
        "currency_rate": "rate",
        "sub_total": "net",
        "tax_amount": "tax",
    }
    if with_lines:
        line = {
            name: f"line.{name}"
            for name in ("description", "sub_total", "tax_amount", "total_amount", "account_name")
        }
        numbered = _struct(BillLine, line | {"line_number": "cast(place as varchar)"})
        values["lines"] = f"list_transform(coalesce(lines, []), lambda line, place: {numbered})"
    order = " order by number, row" if with_lines else ""
    return f"select {projection(Bill, values)} from bills_final/*mine*/{order}"


def payment_records(*, linked: bool, in_order: bool) -> str:
    values = {
        "id": "id",
        "supplier_id": "supplier_key",
        "supplier_name": "supplier_name",
        "date": "day",
        "currency": "currency",
        "currency_rate": "rate",
        "total_amount": "total",
        "payment_method": "payment_method",
        "account_name": "account_name",
        "reference": "reference",
        "note": "note",
        "status": "coalesce(status, 'Active')",
        "is_derived": "is_derived",
    }
    if linked:
        line = _struct(PaymentLine, {"amount": "total", "links": "links"})
        values["lines"] = f"case when links is null then [] else [{line}] end"
    order = "" if in_order else " order by number, row, id"
    return f"select {projection(BillPayment, values)} from payments_final/*mine*/{order}"


def expense_records(*, in_order: bool) -> str:
    values = {
        "id": "id",
        "supplier_id": "supplier_key",
        "contact_name": "coalesce(supplier_name, contact)",
        "contact_type": "case when contact is not null then 'customers' end",
        "issue_date": "day",
        "currency": "currency",
        "currency_rate": "rate",
        "total_amount": "total",
        "sub_total": "net",
        "tax_amount": "tax",
        "payment_method": "payment_method",
        "account_name": "account_name",
        "reference": "coalesce(document, payment_reference)",
        "note": "note",
    }
    order = "" if in_order else " order by number, row"
    # The model has no status for expenses: what is void never happened.
    return f"select {projection(Expense, values)} from expenses_final/*mine*/{order}"


def credit_note_records(*, in_order: bool) -> str:
    values = {
        "id": "id",
        "supplier_id": "supplier_key",
        "supplier_name": "supplier_name",
        "credit_note_number": "document",
        "issue_date": "day",
        "currency": "currency",
        "currency_rate": "rate",
        "total_amount": "total",
        "sub_total": "net",
        "tax_amount": "tax",
        "remaining_credit": "due",
        "status": "case when status = 'Open' then 'Submitted' else coalesce(status, 'Unknown') end",
        "note": "note",
    }
    order = "" if in_order else " order by number, row"
    return f"select {projection(BillCreditNote, values)} from credit_notes_final/*mine*/{order}"
