"""Every figure of `expected.json`, exactly."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, expected, harbor_entity
from tests.metrics.wording import CUSTOMER, ENTITY, METHOD, SUPPLIER, two_decimals, worded

EXPECTED = expected()
SPEND: dict[str, Any] = EXPECTED["spendAnalysis"]
SUMMARY: dict[str, Any] = EXPECTED["spendSummary"]
ONGOING: dict[str, Any] = EXPECTED["ongoingInsights"]


def test_the_customer_totals(harbor: Analysis) -> None:
    assert worded(harbor.row("customer_row"), CUSTOMER) == SPEND["customer"]


def test_the_entities(harbor: Analysis) -> None:
    entities = [worded(row, ENTITY) for row in harbor.rows("entity_rows")]
    assert entities == SPEND["entitySpendBreakdown"]["rows"]


def test_the_entities_add_up_to_the_customer(harbor: Analysis) -> None:
    total = {"billsAmount": "bills_amount", "expensesAmount": "expenses_amount", "totalSpend": "total_spend"}
    assert worded(harbor.row("customer_row"), total) == SPEND["entitySpendBreakdown"]["total"]


def test_the_payment_methods(harbor: Analysis) -> None:
    assert [worded(row, METHOD) for row in harbor.rows("method_rows")] == SPEND["spendAnalysisTab"]


def test_the_suppliers(harbor: Analysis) -> None:
    shown = [row for row in harbor.rows("supplier_rows") if row["shown"]]
    assert [worded(row, SUPPLIER) for row in shown] == SPEND["supplierAnalysisTab"]


def test_the_suppliers_below_the_threshold(harbor: Analysis) -> None:
    hidden = [row for row in harbor.rows("supplier_rows") if not row["shown"]]
    assert [worded(row, SUPPLIER) for row in hidden] == SPEND["suppliersBelowThreshold"]


def test_the_records_of_the_raw_tabs(harbor: Analysis) -> None:
    tabs = SPEND["rawTabs"]
    expenses = harbor.rows("expense_rows")
    assert {row["id"] for row in harbor.rows("bill_rows")} == set(tabs["bills"])
    assert {row["id"] for row in harbor.rows("payment_rows")} == set(tabs["billPayments"])
    assert {row["id"] for row in expenses if row["base_amount"] is not None} == set(tabs["expenses"])
    assert {row["id"] for row in expenses if row["base_amount"] is None} == set(
        tabs["expensesExcludedNoRate"]
    )


def test_every_transaction(harbor: Analysis) -> None:
    """Void, empty and unrated ones too, which no tab lists."""
    found = harbor.connection.execute(
        """
        select s.id, a.base_amount, a.erp_method, a.inferred_method, a.why_rule
        from (
            select record, id from stored_bill_payments union all select record, id from stored_expenses
        ) as s
        inner join (
            select record, base_amount, erp_method, inferred_method, why_rule from payment_amounts
            union all
            select record, base_amount, erp_method, inferred_method, why_rule from expense_amounts
        ) as a on a.record = s.record
        """
    ).fetchall()
    names = ("baseAmount", "erpMethod", "inferredMethod", "rulePriority")
    transactions = {
        key: dict(zip(names, (two_decimals(amount) if amount is not None else None, *rest), strict=True))
        for key, amount, *rest in found
    }
    assert transactions == EXPECTED["transactions"]


def test_every_bill_in_base_currency(harbor: Analysis) -> None:
    found = harbor.connection.execute(
        "select s.id, a.base_amount, a.base_due from bill_amounts as a "
        "inner join stored_bills as s on s.record = a.record"
    ).fetchall()
    bills = {key: {"total": two_decimals(total), "due": two_decimals(due)} for key, total, due in found}
    assert bills == EXPECTED["billBaseAmounts"]


def test_the_summary(harbor: Analysis) -> None:
    names = {
        "cardableSpend": "cardable_spend",
        "cashbackValue": "cashback_value",
        "timeSavedHours": "time_saved_hours",
        "paymentProcessingSavings": "time_saved_value",
        "annualCardBenefits": "annual_card_benefits",
    }
    row = harbor.row("summary_row")
    assert worded(row, names) == {name: SUMMARY[name] for name in names}
    assert row["cardable_payments"] == SUMMARY["cardablePayments"]


def test_the_cardable_suppliers(harbor: Analysis) -> None:
    cardable = {row["supplier_id"] for row in harbor.rows("supplier_rows") if row["verdict"] == "cardable"}
    assert cardable == set(SUMMARY["cardableSuppliers"])


def test_the_opportunities(harbor: Analysis) -> None:
    names = {
        "supplierName": "supplier_name",
        "annualSpend": "annual_spend",
        "settlementTermsDays": "settlement_terms_days",
        "currentPaymentMethod": "current_method",
    }
    assert [worded(row, names) for row in harbor.rows("opportunity_rows")] == SUMMARY[
        "topSupplierOpportunities"
    ]


def test_the_ongoing_summary(harbor: Analysis) -> None:
    names = {
        "startDate": "start_date",
        "endDate": "end_date",
        "monthsReviewed": "months_reviewed",
        "newSupplierCount": "new_suppliers_count",
        "billsCount": "bills_count",
        "billsAmount": "bills_amount",
        "paymentsCount": "payments_count",
        "paymentsAmount": "payments_amount",
        "expensesCount": "expenses_count",
        "expensesAmount": "expenses_amount",
        "averageSettlementDays": "average_settlement_days",
        "priorPeriodAverageSettlementDays": "prior_average_settlement_days",
        "changeInAverageSettlementDays": "settlement_days_change",
    }
    tab = dict(ONGOING["summaryTab"])
    del tab["newSuppliers"]
    assert worded(harbor.row("ongoing_summary_row"), names) == tab


def test_the_quarters_by_method(harbor: Analysis) -> None:
    names = {
        "paymentMethod": "method",
        "lastQuarter": "last_quarter_share",
        "thisQuarter": "this_quarter_share",
        "change": "change_share",
    }
    rows = [row | {"change_share": row["change"]} for row in harbor.rows("ongoing_method_rows")]
    assert [worded(row, names) for row in rows] == ONGOING["spendAnalysisTab"]


@pytest.mark.parametrize(
    ("quarter", "period"), [("lastQuarter", "prior quarter"), ("thisQuarter", "latest quarter")]
)
def test_each_quarter_finds_the_methods_of_its_suppliers(harbor: Analysis, quarter: str, period: str) -> None:
    methods = harbor.connection.table("supplier_methods").filter(f"period = '{period}'")
    suppliers = harbor.connection.table("suppliers").select("supplier", "supplier_id")
    found = methods.join(suppliers, "supplier").select("supplier_id", "inferred_method").fetchall()
    assert dict(found) == ONGOING["methodBySupplier"][quarter]


def test_the_new_suppliers(harbor: Analysis) -> None:
    new = [worded(row, SUPPLIER) for row in harbor.rows("ongoing_supplier_rows")]
    assert new == ONGOING["newSuppliersTab"]
    assert {row["supplierId"] for row in new} == set(ONGOING["summaryTab"]["newSuppliers"])


@pytest.mark.parametrize("child", EXPECTED["childReportCustomerTabs"], ids=lambda child: child["companyId"])
def test_each_entity_has_its_own_report(child: dict[str, Any], tmp_path: Path) -> None:
    customer = harbor_entity(tmp_path, child["companyId"])
    row = Analysis(customer, PERIOD, RUN_DATE, PARAMETERS).run().row("customer_row")
    assert worded(row, {name: CUSTOMER[name] for name in child if name != "companyId"}) == {
        name: value for name, value in child.items() if name != "companyId"
    }


def test_vendor_match_counts_transactions(harbor: Analysis) -> None:
    suppliers = {row["supplier_id"]: row for row in harbor.rows("supplier_rows")}
    for match in EXPECTED["vendorMatch"]:
        row = suppliers[match["supplierId"]]
        assert row["transactions_12_months_count"] == match["visa"]["numberOfChecks"]
        assert row["payments_amount"] + row["expenses_amount"] == Decimal(
            match["mastercard"]["billPaymentsAndDirectCostsAmount"]
        )
