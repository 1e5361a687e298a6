"""Spend Analysis: who is paid, how much, by which method and on what terms."""

from cardable.language import noted
from cardable.reports import _measures as measures
from cardable.reports._format import Format
from cardable.reports._raw_tabs import BILL_PAYMENTS, BILLS, EXPENSES
from cardable.reports._report import Report
from cardable.reports._sheet import Chart, Column, Layout, Section, Sheet
from cardable.reports._suppliers import ONLY_JSON, SECTIONS
from cardable.reports._workbook import workbook

_TOTAL = noted("Total")
_TEXT, _COUNT, _MONEY, _SHARE = Format.TEXT, Format.COUNT, Format.MONEY, Format.SHARE

CUSTOMER = Sheet(
    name="Customer",
    meaning="The customer, the period and the totals of everything the report counts.",
    table="customer_row",
    order="1",
    layout=Layout.LABELS,
    notes="select code, count, message from warnings order by position",
    json="customer",
    sections=(
        Section(
            "Customer",
            "suppliers",
            (
                Column("Company name", "company_name", _TEXT, "The customer's name.", "companyName"),
                Column(
                    "Registration #",
                    "registration_number",
                    _TEXT,
                    "Company registration number in its books.",
                    "registrationNumber",
                ),
                Column("Tax #", "tax_number", _TEXT, "Tax number in its books.", "taxNumber"),
                Column("Phone", "phone", _TEXT, "Phone numbers in its books.", "phone"),
                Column("Addresses", "addresses", _TEXT, "Addresses in its books.", "addresses"),
                Column("Web links", "web_links", _TEXT, "Web pages in its books.", "webLinks"),
            ),
        ),
        Section(
            "Period",
            "details",
            (
                Column("Start date", "start_date", Format.DAY, "First day the report covers.", "startDate"),
                Column("End date", "end_date", Format.DAY, "Last day the report covers.", "endDate"),
                Column(
                    "Months reviewed",
                    "months_reviewed",
                    _COUNT,
                    "Calendar months from start to end.",
                    "monthsReviewed",
                ),
                Column(
                    "Excludes suppliers with annual spend below",
                    "threshold",
                    _MONEY,
                    "Smaller suppliers are left out of Supplier Analysis; the totals keep them.",
                    "excludesSuppliersWithAnnualSpendBelow",
                ),
            ),
        ),
        Section(
            "Totals",
            "spend",
            (
                Column(
                    "Suppliers count",
                    "suppliers_count",
                    _COUNT,
                    "Suppliers with at least one bill, payment or expense in the period.",
                    "suppliersCount",
                ),
                measures.BILLS_COUNT,
                measures.BILLS_AMOUNT,
                measures.PAYMENTS_COUNT,
                measures.PAYMENTS_AMOUNT,
                Column(
                    "# of Expenses",
                    "expenses_count",
                    _COUNT,
                    measures.EXPENSES_COUNT.meaning,
                    "expensesCount",
                ),
                Column(
                    "Expenses amount",
                    "expenses_amount",
                    _MONEY,
                    measures.EXPENSES_AMOUNT.meaning,
                    "expensesAmount",
                ),
            ),
        ),
        Section(
            "Data",
            "details",
            (
                Column(
                    "Base currency", "base_currency", _TEXT, "The currency of every total.", "baseCurrency"
                ),
                Column("Data as of", "data_as_of", Format.DAY, "The day the data stands for.", "dataAsOf"),
                Column(
                    "Records excluded (no exchange rate)",
                    "records_excluded",
                    _COUNT,
                    "Records in another currency without a rate: listed in the raw tabs, counted nowhere.",
                    "recordsExcludedNoExchangeRate",
                ),
            ),
        ),
    ),
)

ENTITIES = Sheet(
    name="Entity Spend Breakdown",
    meaning="What each company of the group spends, largest first.",
    table=f"""(
        select
            'entity' as level, position, company_id, company_name, bills_amount, expenses_amount, total_spend
        from entity_rows
        union all
        select 'total', 2147483647, '{_TOTAL}', null, bills_amount, expenses_amount, total_spend
        from method_rows where level = 'overall'
    )""",  # noqa: S608
    layout=Layout.LEVELS,
    json="entitySpendBreakdown",
    groups_only=True,
    frozen=2,
    sections=(
        Section(
            "Entities",
            "suppliers",
            (
                Column(
                    "Company ID",
                    "company_id",
                    _TEXT,
                    "The company's ID; the last row is the group.",
                    "companyId",
                    ours="level = 'total'",
                ),
                Column(
                    "Company name", "company_name", _TEXT, "A company of the group with data.", "companyName"
                ),
            ),
        ),
        Section(
            "Total spend",
            "spend",
            (
                Column("Bills amount", "bills_amount", _MONEY, measures.BILLS_AMOUNT.meaning, "billsAmount"),
                Column(
                    "Expenses amount",
                    "expenses_amount",
                    _MONEY,
                    measures.EXPENSES_AMOUNT.meaning,
                    "expensesAmount",
                ),
                measures.TOTAL_SPEND,
            ),
        ),
    ),
)

METHODS = Sheet(
    name="Spend Analysis",
    meaning="The spend by payment method: each supplier counts under its most common inferred method.",
    table="method_rows",
    layout=Layout.LEVELS,
    banner=True,
    json="paymentMethods",
    chart=Chart("Total spend by payment method", "Payment method", (noted("Total spend"),), "method"),
    sections=(
        Section(
            "Suppliers",
            "suppliers",
            (
                Column(
                    "Payment method",
                    "label",
                    _TEXT,
                    "Methods under their category; category and Overall rows are computed from the records.",
                    "biggestCountPaymentMethod",
                    ours="true",
                ),
                Column(
                    "# of suppliers",
                    "suppliers_count",
                    _COUNT,
                    "Suppliers whose most common inferred method it is.",
                    "suppliersCount",
                ),
                Column(
                    "% of all suppliers",
                    "suppliers_share",
                    _SHARE,
                    "# of suppliers ÷ all suppliers.",
                    "percentageSuppliersByCount",
                ),
                Column(
                    "% of all bills (by #)",
                    "bills_count_share",
                    _SHARE,
                    "# of bills ÷ all bills.",
                    "percentageBillsByCount",
                ),
                Column(
                    "% of all bills (by amount)",
                    "bills_amount_share",
                    _SHARE,
                    "Bills amount ÷ that of all bills.",
                    "percentageBillsByAmount",
                ),
            ),
        ),
        Section("Total spend", "spend", (measures.TOTAL_SPEND,)),
        Section(
            "Bills",
            "bills",
            (
                measures.BILLS_COUNT,
                measures.OUTSTANDING_COUNT,
                measures.BILLS_AMOUNT,
                measures.OUTSTANDING_AMOUNT,
                measures.OUTSTANDING_SHARE,
                measures.LATE_COUNT,
                measures.LATE_AMOUNT,
                measures.LATE_SHARE,
            ),
        ),
        Section(
            "Payments",
            "payments",
            (measures.PAYMENTS_COUNT, measures.PAYMENTS_AMOUNT, measures.AVERAGE_PAYMENT),
        ),
        Section("Payment terms", "terms", (measures.AVERAGE_TERMS, measures.AVERAGE_SETTLEMENT)),
        Section(
            "Expenses",
            "expenses",
            (
                Column(
                    "% of all Expenses (by #)",
                    "expenses_count_share",
                    _SHARE,
                    "# of Expenses ÷ that of all.",
                    "directCostsPercentageByCount",
                ),
                Column(
                    "% of all Expenses (by amount)",
                    "expenses_amount_share",
                    _SHARE,
                    "Expenses amount ÷ that of all.",
                    "directCostsPercentageByAmount",
                ),
                measures.EXPENSES_COUNT,
                measures.EXPENSES_AMOUNT,
            ),
        ),
    ),
)

SUPPLIERS = Sheet(
    name="Supplier Analysis",
    meaning="The suppliers, largest spend first.",
    table="supplier_rows",
    where="shown",
    banner=True,
    json="suppliers",
    pages_wide=3,
    sections=SECTIONS,
    only_json=ONLY_JSON,
)

SHEETS = (CUSTOMER, ENTITIES, METHODS, SUPPLIERS, BILLS, BILL_PAYMENTS, EXPENSES)

REPORT = Report(
    key="spend-analysis",
    name="Spend Analysis",
    file_stem="SpendAnalysis",
    extension="xlsx",
    position=2,
    meaning="The full analysis: totals, payment methods, suppliers and every record behind them.",
    sheets=SHEETS,
    build=workbook(noted("Spend Analysis"), SHEETS),
)
