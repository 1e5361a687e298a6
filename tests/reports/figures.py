"""Figures made up for a test: the tables an analysis leaves behind, holding only what the test names."""

from datetime import date
from typing import Any

from cardable.metrics import Analysis, Customer, Parameters, Period

_MONEY, _SHARE = "decimal(38, 4)", "decimal(38, 12)"
_BILLS = {
    "bills_count": "bigint",
    "bills_outstanding_count": "bigint",
    "bills_amount": _MONEY,
    "bills_outstanding_amount": _MONEY,
    "bills_outstanding_share": _SHARE,
    "bills_late_count": "bigint",
    "bills_late_amount": _MONEY,
    "bills_late_share": _SHARE,
}
_MEASURES = {
    "total_spend": _MONEY,
    **_BILLS,
    "payments_count": "bigint",
    "payments_amount": _MONEY,
    "average_payment_amount": _SHARE,
    "average_terms_days": _SHARE,
    "average_settlement_days": _SHARE,
    "expenses_count": "bigint",
    "expenses_amount": _MONEY,
}
_TEXTS = dict.fromkeys
_SUPPLIER = {
    "position": "bigint",
    **_TEXTS(("supplier_key", "supplier_id", "supplier_name", "erp_method", "inferred_method"), "varchar"),
    "biggest_spend_method": "varchar",
    "has_accepted_credit_card": "boolean",
    "imported_date": "date",
    **_MEASURES,
    "latest_bill": "date",
    "common_terms_days": "bigint",
    "latest_expense": "date",
    **_TEXTS(("contact_name", "email", "phone", "tax_number", "account_number"), "varchar"),
    "addresses": "struct(type varchar, line1 varchar, postal_code varchar)[]",
    **_TEXTS(("address_line1", "address_line2", "city", "region", "postal_code", "country"), "varchar"),
    **_TEXTS(("status", "entities"), "varchar"),
    "transactions_12_months_count": "bigint",
    "shown": "boolean",
}
_RECORD = {
    **_TEXTS(("position", "record"), "bigint"),
    **_TEXTS(("id", "supplier_id", "supplier_name", "reference", "currency"), "varchar"),
    "currency_rate": "decimal(18, 9)",
    "total_amount": "decimal(18, 4)",
    "base_amount": _MONEY,
    **_TEXTS(("payment_method", "account_name", "inferred_method", "why", "note"), "varchar"),
    **_TEXTS(("company_id", "company_name"), "varchar"),
}
TABLES = {
    "customer_row": {
        **_TEXTS(("company_name", "registration_number", "tax_number", "phone"), "varchar"),
        **_TEXTS(("addresses", "web_links"), "varchar"),
        "start_date": "date",
        "end_date": "date",
        "months_reviewed": "bigint",
        "threshold": _MONEY,
        **_TEXTS(("suppliers_count", "bills_count", "payments_count", "expenses_count"), "bigint"),
        **_TEXTS(("bills_amount", "payments_amount", "expenses_amount"), _MONEY),
        "base_currency": "varchar",
        "data_as_of": "date",
        "records_excluded": "bigint",
    },
    "entity_rows": {
        "position": "bigint",
        **_TEXTS(("company_id", "company_name"), "varchar"),
        **_TEXTS(("bills_amount", "expenses_amount", "total_spend"), _MONEY),
    },
    "method_rows": {
        "position": "bigint",
        **_TEXTS(("label", "level", "category", "method"), "varchar"),
        "suppliers_count": "bigint",
        **_TEXTS(("suppliers_share", "bills_count_share", "bills_amount_share"), _SHARE),
        **_MEASURES,
        **_TEXTS(("expenses_count_share", "expenses_amount_share"), _SHARE),
    },
    "supplier_rows": _SUPPLIER,
    "bill_rows": {
        **_RECORD,
        **_TEXTS(("issue_date", "due_date"), "date"),
        "amount_due": "decimal(18, 4)",
        "status": "varchar",
    },
    "payment_rows": {**_RECORD, "date": "date"},
    "expense_rows": {**_RECORD, **_TEXTS(("contact_name", "contact_id"), "varchar"), "issue_date": "date"},
    "warnings": {"position": "bigint", "code": "varchar", "count": "bigint", "message": "varchar"},
}


def figures(*, currency: str = "USD", is_group: bool = False, **rows: list[dict[str, Any]]) -> Analysis:
    """An analysis whose tables hold just these rows, numbered as they come."""
    customer = Customer(id="c", name="Test & Company", entities=(), is_group=is_group)
    period = Period.ending(date(2026, 6, 30), 12)
    analysis = Analysis(customer, period, date(2026, 7, 1), Parameters())
    analysis.base_currency = currency
    for table, kinds in TABLES.items():
        columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        analysis.connection.execute(f"create table {table} ({columns})")
        for position, row in enumerate(rows.get(table, ()), start=1):
            numbers = dict.fromkeys(kinds.keys() & {"position", "record"}, position)
            _insert(analysis, table, {**numbers, **row})
    for kind in ("bill", "payment", "expense"):
        analysis.connection.execute(f"create view {kind}_row_amounts as from {kind}_rows")
    return analysis


def _insert(analysis: Analysis, table: str, row: dict[str, Any]) -> None:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    insert = f"insert into {table} ({names}) values ({marks})"  # noqa: S608
    analysis.connection.execute(insert, list(row.values()))
