"""Where each figure comes from: its formula, and the records one adds up to find it again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cardable.metrics import Analysis
from cardable.reports._format import Format
from cardable.reports._json_rows import json_rows
from cardable.reports._raw_tabs import BILL_PAYMENTS, BILLS, EXPENSES
from cardable.reports._sheet import Column, Sheet

_BILLS, _PAYMENTS, _EXPENSES = BILLS.name, BILL_PAYMENTS.name, EXPENSES.name

_TABS: dict[str, tuple[str, ...]] = {
    "total_spend": (_BILLS, _EXPENSES),
    "latest_bill": (_BILLS,),
    "latest_expense": (_EXPENSES,),
    "average_payment_amount": (_PAYMENTS,),
    "average_terms_days": (_BILLS,),
    "common_terms_days": (_BILLS,),
    "average_settlement_days": (_BILLS, _PAYMENTS),
    "has_accepted_credit_card": (_PAYMENTS, _EXPENSES),
    "erp_method": (_PAYMENTS, _EXPENSES),
    "inferred_method": (_PAYMENTS, _EXPENSES),
    "biggest_spend_method": (_PAYMENTS, _EXPENSES),
    "suppliers_count": (_BILLS, _PAYMENTS, _EXPENSES),
    "suppliers_share": (_BILLS, _PAYMENTS, _EXPENSES),
    "records_excluded": (_BILLS, _PAYMENTS, _EXPENSES),
}
_TABS_BY_START = {"bills_": (_BILLS,), "payments_": (_PAYMENTS,), "expenses_": (_EXPENSES,)}

_PAYMENT = """
    select 1 as place, 'payment' as kind, id, supplier_id, supplier_name, company_id, date as day,
        base_amount, recorded_method, payment_method, inferred_method, why_rule, why_field, why_keyword, why
    from payment_rows
"""
_EXPENSE = """
    select 2, 'expense', id, contact_id, supplier_name, company_id, issue_date as day,
        base_amount, recorded_method, payment_method, inferred_method, why_rule, why_field, why_keyword, why
    from expense_rows
"""
_PAYMENT_DAYS = """
    select a.paid_on as day
    from payment_amounts as a
    where in_period(a.paid_on)
        and a.counts
"""
_EXPENSE_DAYS = """
    select a.issue_date as day
    from expense_amounts as a
    where in_period(a.issue_date)
"""
_INFERENCE = "select * from inference order by position"

_WHY = (
    Column(
        "Rule", "why_rule", Format.COUNT, "1 method field, 2 account, 3 note or reference, 4 nothing.", "rule"
    ),
    Column("Field", "why_field", Format.TEXT, "The field that decided.", "field"),
    Column("Keyword", "why_keyword", Format.TEXT, "The word in it that decided.", "keyword"),
)
_METHOD = Column("Method", "inferred_method", Format.TEXT, "The inferred method.", "inferredPaymentMethod")
INFERENCE_COLUMNS = (
    *_WHY,
    _METHOD,
    Column("Transactions", "transactions", Format.COUNT, "Payments and expenses it decided.", "transactions"),
    Column("Amount", "amount", Format.MONEY, "Sum of them in base currency, less refunds.", "amount"),
    Column("First", "first_id", Format.TEXT, "ID of the first of them, in the order they came.", "firstId"),
    Column("Last", "last_id", Format.TEXT, "ID of the last of them.", "lastId"),
)
TRANSACTION_COLUMNS = (
    Column("Kind", "kind", Format.TEXT, "payment or expense.", "type"),
    Column("Id", "id", Format.TEXT, "The record's ID.", "id"),
    Column("Company ID", "company_id", Format.TEXT, "The company that holds it.", "companyId"),
    Column("Supplier ID", "supplier_id", Format.TEXT, "Whom it was paid to.", "supplierId"),
    Column("Supplier name", "supplier_name", Format.TEXT, "The supplier's name.", "supplierName"),
    Column("Date", "day", Format.DAY, "The day it was paid.", "date"),
    Column("Amount", "base_amount", Format.MONEY, "In base currency; null without a rate.", "baseAmount"),
    Column("Recorded method", "recorded_method", Format.TEXT, "As the source words it.", "recordedMethod"),
    Column("ERP method", "payment_method", Format.TEXT, "The same as a standard method.", "erpPaymentMethod"),
    _METHOD,
    *_WHY,
    Column("Why", "why", Format.TEXT, "The same in words.", "why"),
)


def inference(analysis: Analysis) -> Iterator[str]:
    """Each rule, field and keyword that decided a method, how often, and the first records it decided."""
    return json_rows(analysis, _INFERENCE, INFERENCE_COLUMNS)


def transactions(analysis: Analysis, at_most: int) -> Iterator[str]:
    """The first payments, and the first expenses, with what decided the method of each."""
    first = [
        f"(select * from ({query}) where day <= {_last_day(analysis, days, at_most)} "  # noqa: S608
        f"order by day, id, company_id limit {at_most})"
        for query, days in ((_PAYMENT, _PAYMENT_DAYS), (_EXPENSE, _EXPENSE_DAYS))
    ]
    query = f"select * from ({' union all '.join(first)}) order by place, day, id, company_id"  # noqa: S608
    return json_rows(analysis, query, TRANSACTION_COLUMNS)


def _last_day(analysis: Analysis, days: str, at_most: int) -> str:
    """The day up to which so many are found: who looks at days alone need not put every row together."""
    ((day,),) = analysis.connection.execute(
        f"select max(day) from ({days} order by day limit {at_most})"  # noqa: S608
    ).fetchall()
    return f"date '{day}'" if day else "null"


def transactions_omitted(analysis: Analysis, at_most: int) -> int:
    """How many payments and expenses come after the first."""
    counted = analysis.connection.execute(
        f"select count(*) from ({_PAYMENT_DAYS}) union all select count(*) from ({_EXPENSE_DAYS})"  # noqa: S608
    ).fetchall()
    return sum(max(0, count - at_most) for (count,) in counted)


@dataclass(frozen=True)
class Formula:
    """A figure's JSON name and label, what it is, and the raw tabs whose records it adds up."""

    figure: str
    column: str
    formula: str
    tabs: tuple[str, ...]


SUMMARY_FORMULAS = (
    Formula(
        "cardableSpend",
        "Cardable spend",
        "Sum of the Total spend of cardable suppliers, none below zero; × 12 ÷ months.",
        (_BILLS, _EXPENSES),
    ),
    Formula(
        "cardablePayments",
        "Cardable payments",
        "Sum of # of payments and # of Expenses of cardable suppliers; × 12 ÷ months.",
        (_PAYMENTS, _EXPENSES),
    ),
    Formula(
        "cashbackValue",
        "Cashback value",
        "Each tier's part of the cardable spend × its rate, rounded once.",
        (_BILLS, _EXPENSES),
    ),
    Formula(
        "timeSaved",
        "Time saved",
        "Cardable payments × minutes per payment ÷ 60 × hourly rate, rounded once.",
        (_PAYMENTS, _EXPENSES),
    ),
    Formula(
        "annualCardBenefits",
        "Annual card benefits",
        "Cashback value + Time saved.",
        (_BILLS, _PAYMENTS, _EXPENSES),
    ),
    Formula(
        "topSupplierOpportunities",
        "Top supplier opportunities",
        "Suppliers by Total spend; not those mostly paid by Credit Card, excluded or without spend.",
        (_BILLS, _EXPENSES),
    ),
)
"""How the figures of the slide come about."""

_RECORDS = {
    "paymentMethods": (
        "The records of the suppliers whose Most common payment method (Inferred) in Supplier Analysis is "
        "the row's; records without a supplier are in Unknown."
    ),
    "spendSummary": "The records of the suppliers whose verdict is cardable.",
    "suppliers": "The records with the row's Supplier ID.",
    "entitySpendBreakdown": "The records with the row's Company ID.",
}


def formulas(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Of each figure of these sheets and of the slide: what it is, and whose records it adds up."""
    of_sheets = {
        sheet.json: {
            "tab": sheet.name,
            "records": _RECORDS.get(sheet.json, "All records of the tabs."),
            "figures": [
                vars(Formula(column.json or column.key, column.name, column.meaning, tabs(column.key)))
                for column in sheet.columns
                if tabs(column.key)
            ],
        }
        for sheet in sheets
    }
    slide = {
        "tab": "Spend Summary",
        "records": _RECORDS["spendSummary"],
        "figures": list(map(vars, SUMMARY_FORMULAS)),
    }
    return {**of_sheets, "spendSummary": slide}


def tabs(key: str) -> tuple[str, ...]:
    """The raw tabs that a metric is worked out from."""
    if key in _TABS:
        return _TABS[key]
    return next((found for start, found in _TABS_BY_START.items() if key.startswith(start)), ())
