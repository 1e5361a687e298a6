"""Rows of the metrics in the words and roundings of `expected.json`."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MEASURES = {
    "billsCount": "bills_count",
    "billsAmount": "bills_amount",
    "billsOutstandingCount": "bills_outstanding_count",
    "billsOutstandingAmount": "bills_outstanding_amount",
    "billsOutstandingPercentageByAmount": "bills_outstanding_share",
    "billsPaidLateCount": "bills_late_count",
    "billsPaidLateAmount": "bills_late_amount",
    "billsPaidLatePercentageByAmount": "bills_late_share",
    "paymentsCount": "payments_count",
    "paymentsAmount": "payments_amount",
    "averagePaymentAmount": "average_payment_amount",
    "averageBillPaymentTermsWeighted": "average_terms_days",
    "averageBillSettlementPeriodWeighted": "average_settlement_days",
    "directCostsCount": "expenses_count",
    "directCostsAmount": "expenses_amount",
    "totalSpend": "total_spend",
}

SUPPLIER = MEASURES | {
    "supplierId": "supplier_id",
    "supplierName": "supplier_name",
    "erpPaymentMethod": "erp_method",
    "biggestCountPaymentMethod": "inferred_method",
    "biggestSpendPaymentMethod": "biggest_spend_method",
    "hasAcceptedCreditCard": "has_accepted_credit_card",
    "importedDate": "imported_date",
    "commonPaymentTermsDays": "common_terms_days",
    "latestBilled": "latest_bill",
    "latestDirectCostBilled": "latest_expense",
}

METHOD = MEASURES | {
    "paymentMethod": "label",
    "suppliersCount": "suppliers_count",
    "percentageSuppliersByCount": "suppliers_share",
    "percentageBillsByCount": "bills_count_share",
    "percentageBillsByAmount": "bills_amount_share",
    "directCostsPercentageByCount": "expenses_count_share",
    "directCostsPercentageByAmount": "expenses_amount_share",
}

ENTITY = {
    "companyId": "company_id",
    "companyName": "company_name",
    "billsAmount": "bills_amount",
    "expensesAmount": "expenses_amount",
    "totalSpend": "total_spend",
}

CUSTOMER = {
    "companyName": "company_name",
    "startDate": "start_date",
    "endDate": "end_date",
    "monthsReviewed": "months_reviewed",
    "excludesSuppliersWithAnnualSpendBelow": "threshold",
    "suppliersCount": "suppliers_count",
    "billsCount": "bills_count",
    "billsAmount": "bills_amount",
    "paymentsCount": "payments_count",
    "paymentsAmount": "payments_amount",
    "expensesCount": "expenses_count",
    "expensesAmount": "expenses_amount",
    "recordsExcludedNoExchangeRate": "records_excluded",
}


def worded(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The row under the names of `expected.json`, its values as that file writes them."""
    return {name: _value(column, row[column]) for name, column in names.items()}


def two_decimals(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _value(column: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return two_decimals(value * 100 if column.endswith("_share") else value)
    return value.isoformat() if isinstance(value, date) else value
