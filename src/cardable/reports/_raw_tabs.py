"""The raw tabs: every record behind the figures, how it was paid, and why that is so."""

from cardable.language import noted
from cardable.reports._format import Format
from cardable.reports._sheet import Column, Section, Sheet

_TEXT, _DAY = Format.TEXT, Format.DAY

_RATE = Column(
    "Currency Rate",
    "currency_rate",
    Format.RATE,
    "The rate used; blank where none was found.",
    "currencyRate",
)
_CURRENCY = Column("Currency", "currency", _TEXT, "Of the record.", "currency")
_TOTAL = Column("Total Amt", "total_amount", Format.AMOUNT, "In the record's own currency.", "totalAmount")
_BASE = Column(
    "Total Amt (base)",
    "base_amount",
    Format.MONEY,
    "Total Amt × Currency Rate, rounded; the reports add these. Blank where no rate was found.",
    "baseAmount",
)
_ERP = Column(
    "Payment Method (ERP)",
    "payment_method",
    _TEXT,
    "The recorded payment method as a standard one; blank where none is recorded.",
    "erpPaymentMethod",
)
_ACCOUNT = Column(
    "Payment Account", "account_name", _TEXT, "The account the money left from.", "paymentAccount"
)
_REFERENCE = Column("Reference", "reference", _TEXT, "As recorded.", "reference")
_INFERRED = Column(
    "Payment Method (Inferred)",
    "inferred_method",
    _TEXT,
    "Read from the payment method, the account, the note and the reference, in this order.",
    "inferredPaymentMethod",
)
_NOTE = Column("Note", "note", _TEXT, "As recorded.", "note")
_GROUP = (
    Column(
        "Cardable company name",
        "company_name",
        _TEXT,
        "The company of the group that holds the record.",
        groups_only=True,
    ),
    Column(
        "Cardable company ID",
        "company_id",
        _TEXT,
        "ID of the company of the group that holds the record.",
        groups_only=True,
    ),
)


def _why(meaning: str) -> Column:
    return Column(noted("Why"), "why", _TEXT, meaning, "why", ours="true")


_WHY_METHOD = _why(noted("Which rule, field and word decided the inferred payment method."))

BILLS = Sheet(
    name="Bills",
    meaning="Bills issued in the period, oldest first.",
    table="bill_rows",
    amounts="bill_row_amounts",
    order="issue_date, id, company_id",
    json="bills",
    sections=(
        Section(
            "Bills",
            "bills",
            (
                Column("Id", "id", _TEXT, "The bill's ID in the books.", "id"),
                Column("Supplier Id", "supplier_id", _TEXT, "As recorded on the bill.", "supplierId"),
                Column(
                    "Supplier Name",
                    "supplier_name",
                    _TEXT,
                    "Blank where the ID is of no supplier.",
                    "supplierName",
                ),
                _REFERENCE,
                Column(
                    "Issue Date",
                    "issue_date",
                    _DAY,
                    "Decides whether the bill is in the period.",
                    "issueDate",
                ),
                Column("Due Date", "due_date", _DAY, "As recorded.", "dueDate"),
                _CURRENCY,
                _RATE,
                _TOTAL,
                Column(
                    "Amount Due",
                    "amount_due",
                    Format.AMOUNT,
                    "Still to pay, in the bill's own currency; computed from its payments if not recorded.",
                    "amountDue",
                ),
                Column("Status", "status", _TEXT, "As recorded.", "status"),
                _BASE,
                _NOTE,
                Column("Company Id", "company_id", _TEXT, "The company that holds the bill.", "companyId"),
                Column(
                    "Company Name", "company_name", _TEXT, "The company that holds the bill.", "companyName"
                ),
                *_GROUP,
                Column(
                    "Payment Method (Inferred)",
                    "inferred_method",
                    _TEXT,
                    "The supplier's most common method: the row of Spend Analysis that counts this bill.",
                    "inferredPaymentMethod",
                ),
                _why(noted("How many of the supplier's payments and expenses show that method.")),
            ),
        ),
    ),
)

BILL_PAYMENTS = Sheet(
    name="Bill Payments",
    meaning="Payments to suppliers dated in the period, refunds included, oldest first.",
    table="payment_rows",
    amounts="payment_row_amounts",
    order="date, id, company_id",
    json="billPayments",
    sections=(
        Section(
            "Payments",
            "payments",
            (
                Column("Id", "id", _TEXT, "The payment's ID in the books.", "id"),
                Column(
                    "Supplier Id", "supplier_id", _TEXT, "As recorded, else that of its bill.", "supplierId"
                ),
                Column(
                    "Supplier Name",
                    "supplier_name",
                    _TEXT,
                    "Blank where the ID is of no supplier.",
                    "supplierName",
                ),
                Column("Date", "date", _DAY, "The day the money left.", "date"),
                _CURRENCY,
                _RATE,
                _TOTAL,
                _BASE,
                _ERP,
                _ACCOUNT,
                _REFERENCE,
                _INFERRED,
                _NOTE,
                *_GROUP,
                _WHY_METHOD,
            ),
        ),
    ),
)

EXPENSES = Sheet(
    name="Expenses",
    meaning="Purchases paid at once in the period, refunds included, oldest first.",
    table="expense_rows",
    amounts="expense_row_amounts",
    order="issue_date, id, company_id",
    json="expenses",
    sections=(
        Section(
            "Expenses",
            "expenses",
            (
                Column("Id", "id", _TEXT, "The expense's ID in the books.", "id"),
                Column(
                    "Contact Name", "contact_name", _TEXT, "Whom it was paid to, as recorded.", "contactName"
                ),
                Column("Contact Id", "contact_id", _TEXT, "The supplier's ID, as recorded.", "contactId"),
                _REFERENCE,
                _ACCOUNT,
                Column("Issue Date", "issue_date", _DAY, "The day of the purchase.", "issueDate"),
                _CURRENCY,
                _RATE,
                _TOTAL,
                _BASE,
                _ERP,
                _INFERRED,
                _NOTE,
                *_GROUP,
                _WHY_METHOD,
            ),
        ),
    ),
)
