"""Ongoing Insights: what changed from one quarter to the next."""

from dataclasses import replace

from cardable.language import noted
from cardable.metrics import Analysis
from cardable.reports import _measures as measures
from cardable.reports._format import Format
from cardable.reports._occasion import Occasion
from cardable.reports._report import Report
from cardable.reports._sheet import Chart, Column, Layout, Section, Sheet
from cardable.reports._suppliers import ONLY_JSON, SECTIONS
from cardable.reports._workbook import workbook

_COUNT, _MONEY, _SHARE, _DAYS = Format.COUNT, Format.MONEY, Format.SHARE, Format.DAYS
_LAST = noted("% of all bills (by amount) — last quarter")
_THIS = noted("% of all bills (by amount) — this quarter")


SUMMARY = Sheet(
    name="Summary",
    meaning="The latest quarter: its new suppliers, and how long settlement took against the quarter before.",
    table="ongoing_summary_row",
    order="1",
    json="summary",
    banner=True,
    sections=(
        Section(
            "Quarter",
            "suppliers",
            (
                Column(
                    "Start Date", "start_date", Format.DAY, "First day of the latest quarter.", "startDate"
                ),
                Column("End Date", "end_date", Format.DAY, "Last day of the latest quarter.", "endDate"),
                Column("Months Reviewed", "months_reviewed", _COUNT, "Always 3.", "monthsReviewed"),
            ),
        ),
        Section(
            "New suppliers",
            "spend",
            (
                Column(
                    "New supplier count",
                    "new_suppliers_count",
                    _COUNT,
                    "Suppliers with spend in the quarter and no bill, payment or expense in the one before.",
                    "newSupplierCount",
                ),
                Column(
                    "# of Bills (new suppliers only)",
                    "bills_count",
                    _COUNT,
                    "Their bills of the quarter.",
                    "billsCount",
                ),
                replace(measures.BILLS_AMOUNT, name=noted("Bills amount (new suppliers only)")),
                Column(
                    "# of Payments (new suppliers only)",
                    "payments_count",
                    _COUNT,
                    "Payments to them in the quarter.",
                    "paymentsCount",
                ),
                replace(measures.PAYMENTS_AMOUNT, name=noted("Payments amount (new suppliers only)")),
                Column(
                    "# of Expenses (new suppliers only)",
                    "expenses_count",
                    _COUNT,
                    "Expenses with them in the quarter.",
                    "expensesCount",
                ),
                replace(
                    measures.EXPENSES_AMOUNT,
                    name=noted("Expenses amount (new suppliers only)"),
                    json="expensesAmount",
                ),
            ),
        ),
        Section(
            "Settlement",
            "terms",
            (
                Column(
                    "Average settlement days",
                    "average_settlement_days",
                    _DAYS,
                    "Days from issue to payment of the new suppliers' bills; larger payments weigh more.",
                    "averageSettlementDays",
                ),
                Column(
                    "Change in average settlement days",
                    "settlement_days_change",
                    _DAYS,
                    "Against all suppliers' bills of the quarter before; above zero means slower.",
                    "changeInAverageSettlementDays",
                ),
            ),
        ),
    ),
    only_json=(
        Column(
            "Average settlement days before",
            "prior_average_settlement_days",
            _DAYS,
            "Of all suppliers' bills of the quarter before.",
            "priorPeriodAverageSettlementDays",
        ),
    ),
)

METHODS = Sheet(
    name="Spend Analysis",
    meaning="How the billed amount moved between payment methods.",
    table="(select *, 'row' as level from ongoing_method_rows)",
    layout=Layout.LEVELS,
    json="spendAnalysis",
    chart=Chart("Share of the billed amount by payment method", "Payment method", (_LAST, _THIS), "row"),
    sections=(
        Section(
            "Payment methods",
            "suppliers",
            (
                Column(
                    "Payment method",
                    "method",
                    Format.TEXT,
                    "A supplier's most common inferred method in each quarter by itself.",
                    "paymentMethod",
                    ours="true",
                ),
            ),
        ),
        Section(
            "Bills",
            "bills",
            (
                Column(
                    _LAST,
                    "last_quarter_share",
                    _SHARE,
                    "Bills amount ÷ all, in the quarter before.",
                    "lastQuarter",
                ),
                Column(
                    _THIS,
                    "this_quarter_share",
                    _SHARE,
                    "Bills amount ÷ all, in the latest quarter.",
                    "thisQuarter",
                ),
                Column(
                    "Change",
                    "change",
                    _SHARE,
                    "In percentage points: this quarter less last quarter.",
                    "change",
                ),
            ),
        ),
    ),
)

NEW_SUPPLIERS = Sheet(
    name="New Suppliers",
    meaning="Every new supplier, largest spend first, with the figures of the latest quarter.",
    table="ongoing_supplier_rows",
    banner=True,
    json="newSuppliers",
    pages_wide=3,
    sections=SECTIONS,
    only_json=ONLY_JSON,
)

SHEETS = (SUMMARY, METHODS, NEW_SUPPLIERS)


def _latest_quarter(analysis: Analysis) -> Occasion:
    found = analysis.connection.execute(
        "select start_date, end_date, run_date from ongoing_summary_row"
    ).fetchall()
    return Occasion(*found[0])


REPORT = Report(
    key="ongoing-insights",
    name="Ongoing Insights",
    file_stem="OngoingInsights",
    extension="xlsx",
    position=3,
    meaning="What changed from one quarter to the next: new suppliers, payment methods, settlement.",
    sheets=SHEETS,
    build=workbook(noted("Ongoing Insights"), SHEETS, occasion=_latest_quarter),
    is_due=lambda analysis: analysis.has_ongoing,
    occasion=_latest_quarter,
)
