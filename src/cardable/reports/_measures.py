"""The columns that more than one report has, each defined once."""

from cardable.reports._format import Format
from cardable.reports._sheet import Column

TOTAL_SPEND = Column(
    "Total spend",
    "total_spend",
    Format.MONEY,
    "Bills amount plus Expenses amount; payments are not added, as they settle bills.",
    "totalSpend",
)

BILLS_COUNT = Column(
    "# of bills",
    "bills_count",
    Format.COUNT,
    "Bills issued in the period, but for void and draft ones.",
    "billsCount",
)
OUTSTANDING_COUNT = Column(
    "# of bills outstanding",
    "bills_outstanding_count",
    Format.COUNT,
    "Those bills on which an amount is still due.",
    "billsOutstandingCount",
)
BILLS_AMOUNT = Column(
    "Bills amount",
    "bills_amount",
    Format.MONEY,
    "Sum of the bills issued in the period, before any credit.",
    "billsAmount",
)
OUTSTANDING_AMOUNT = Column(
    "Bills outstanding amount",
    "bills_outstanding_amount",
    Format.MONEY,
    "What is still due on those bills: the rest, not the full bill.",
    "billsOutstandingAmount",
)
OUTSTANDING_SHARE = Column(
    "% bills outstanding (by amount)",
    "bills_outstanding_share",
    Format.SHARE,
    "Bills outstanding amount ÷ Bills amount.",
    "billsOutstandingPercentageByAmount",
)
LATE_COUNT = Column(
    "# of bills paid late",
    "bills_late_count",
    Format.COUNT,
    "Bills whose last payment came after the due date; an unpaid overdue bill is outstanding, not late.",
    "billsPaidLateCount",
)
LATE_AMOUNT = Column(
    "Bills paid late amount",
    "bills_late_amount",
    Format.MONEY,
    "Sum of the bills paid late, in full.",
    "billsPaidLateAmount",
)
LATE_SHARE = Column(
    "% bills paid late (by amount)",
    "bills_late_share",
    Format.SHARE,
    "Bills paid late amount ÷ Bills amount.",
    "billsPaidLatePercentageByAmount",
)
LATEST_BILL = Column(
    "Most recent bill",
    "latest_bill",
    Format.DAY,
    "Latest issue date of a bill in the period.",
    "latestBilled",
)

PAYMENTS_COUNT = Column(
    "# of payments",
    "payments_count",
    Format.COUNT,
    "Payments to suppliers dated in the period, but for void ones and refunds.",
    "paymentsCount",
)
PAYMENTS_AMOUNT = Column(
    "Payments amount",
    "payments_amount",
    Format.MONEY,
    "Sum of those payments, less refunds.",
    "paymentsAmount",
)
AVERAGE_PAYMENT = Column(
    "Average payment amount",
    "average_payment_amount",
    Format.MONEY,
    "Payments amount ÷ # of payments.",
    "averagePaymentAmount",
)

AVERAGE_TERMS = Column(
    "Average payment terms",
    "average_terms_days",
    Format.DAYS,
    "Days from issue to due date; larger bills weigh more, bills without a due date do not count.",
    "averageBillPaymentTermsWeighted",
)
COMMON_TERMS = Column(
    "Common payment terms days",
    "common_terms_days",
    Format.WHOLE_DAYS,
    "The days from issue to due date that most bills have.",
    "commonPaymentTermsDays",
)
AVERAGE_SETTLEMENT = Column(
    "Average settlement period",
    "average_settlement_days",
    Format.DAYS,
    "Days from issue to payment; larger payments weigh more.",
    "averageBillSettlementPeriodWeighted",
)

EXPENSES_COUNT = Column(
    "# of Expenses",
    "expenses_count",
    Format.COUNT,
    "Purchases paid at once, outside accounts payable, in the period; refunds are not counted.",
    "directCostsCount",
)
EXPENSES_AMOUNT = Column(
    "Expenses amount",
    "expenses_amount",
    Format.MONEY,
    "Sum of those purchases, less refunds.",
    "directCostsAmount",
)
LATEST_EXPENSE = Column(
    "Most recent direct cost",
    "latest_expense",
    Format.DAY,
    "Latest date of an expense in the period.",
    "latestDirectCostBilled",
)

INFERRED_METHOD = Column(
    "Most common payment method (Inferred)",
    "inferred_method",
    Format.TEXT,
    "The method most of the supplier's payments and expenses show, read from the payment method, "
    "the account, the note and the reference.",
    "biggestCountPaymentMethod",
)
ACCEPTS_CREDIT_CARD = Column(
    "Has Accepted Credit Card (Last 12 months)",
    "has_accepted_credit_card",
    Format.FLAG,
    "Yes if at least one payment or expense of the last 12 months was by credit card.",
    "hasAcceptedCreditCard",
)
