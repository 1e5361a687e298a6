"""What columns and tables can be, in the words of a bookkeeper."""

import re
from collections.abc import Mapping, Sequence

KINDS: Mapping[str, str] = {
    "suppliers": "Suppliers",
    "bills": "Bills",
    "payments": "Payments",
    "expenses": "Direct costs (bought and paid at once)",
    "credit_notes": "Credit notes from suppliers",
    "allocations": "Which payment paid which bill",
    "companies": "Companies of the group",
    "exchange_rates": "Exchange rates",
    "imported_dates": "Dates suppliers were first seen",
    "other": "None of these: leave it out",
}
CHOICES = ("suppliers", "bills", "payments", "expenses", "credit_notes", "allocations", "companies", "other")

CURRENCIES: Mapping[str, str] = {
    "USD": "US dollar",
    "CAD": "Canadian dollar",
    "EUR": "Euro",
    "GBP": "Pound sterling",
    "AUD": "Australian dollar",
    "NZD": "New Zealand dollar",
    "AED": "UAE dirham",
    "BRL": "Brazilian real",
    "CHF": "Swiss franc",
    "CLP": "Chilean peso",
    "CNY": "Chinese yuan",
    "COP": "Colombian peso",
    "CZK": "Czech koruna",
    "DKK": "Danish krone",
    "HKD": "Hong Kong dollar",
    "HUF": "Hungarian forint",
    "ILS": "Israeli shekel",
    "INR": "Indian rupee",
    "JPY": "Japanese yen",
    "KRW": "South Korean won",
    "MXN": "Mexican peso",
    "MYR": "Malaysian ringgit",
    "NOK": "Norwegian krone",
    "PEN": "Peruvian sol",
    "PHP": "Philippine peso",
    "PLN": "Polish zloty",
    "SAR": "Saudi riyal",
    "SEK": "Swedish krona",
    "SGD": "Singapore dollar",
    "THB": "Thai baht",
    "TRY": "Turkish lira",
    "UYU": "Uruguayan peso",
    "ZAR": "South African rand",
}
"""Currencies to choose from where a file names none; files themselves may name any."""

_ROWS: Mapping[str, tuple[str, str]] = {
    "suppliers": ("supplier", "suppliers"),
    "bills": ("bill", "bills"),
    "payments": ("payment", "payments"),
    "expenses": ("direct cost", "direct costs"),
    "credit_notes": ("credit note", "credit notes"),
    "allocations": ("link from a payment to a bill", "links from payments to bills"),
    "companies": ("company", "companies"),
    "exchange_rates": ("exchange rate", "exchange rates"),
    "imported_dates": ("date", "dates"),
}

USES: Mapping[str, str] = {
    "supplier_id": "Supplier ID",
    "supplier_name": "Supplier name",
    "contact_name": "Contact person",
    "email": "E-mail",
    "phone": "Phone",
    "tax_number": "Tax number",
    "registration_number": "Registration number",
    "account_number": "Account number with the supplier",
    "address": "Address in one cell",
    "address_line1": "Address, first line",
    "address_line2": "Address, second line",
    "city": "City",
    "region": "State or region",
    "postal_code": "ZIP or postal code",
    "country": "Country",
    "status": "Status",
    "default_currency": "Usual currency",
    "record_id": "Internal ID of the row",
    "document_id": "Bill or invoice number",
    "reference": "Another reference",
    "document_type": "Type of document",
    "direction": "Debit or credit",
    "issue_date": "Date of the bill or purchase",
    "due_date": "Due date",
    "payment_date": "Payment date",
    "payment_terms": "Payment terms",
    "amount": "Amount, tax included",
    "net_amount": "Amount before tax",
    "tax_amount": "Tax",
    "amount_due": "Amount still due",
    "paid_amount": "Amount paid",
    "credit_amount": "Amount in a credit column",
    "currency": "Currency",
    "exchange_rate": "Exchange rate",
    "payment_method": "Payment method",
    "payment_reference": "Check or payment number",
    "account_name": "Bank or card account it was paid from",
    "bank_account": "Bank account number",
    "account": "Expense account or category",
    "description": "Description",
    "note": "Note",
    "entity": "Company or department",
    "company_id": "Company ID",
    "company_name": "Company name",
    "parent_company_id": "ID of the company above",
    "source_instance": "Set of books",
    "base_currency": "Currency of the books",
    "web_link": "Website",
    "payment_id": "Payment ID",
    "link_type": "Type of link",
    "link_id": "ID of what was paid",
    "link_amount": "Amount of the link",
    "remaining_credit": "Credit left",
    "bank_name": "Bank",
    "iban": "IBAN",
    "bic": "BIC",
    "issued_by": "Issued by",
    "imported_date": "Date first seen",
    "from_currency": "From currency",
    "to_currency": "To currency",
    "date": "Date",
}

_CONTACT = ("email", "phone", "tax_number", "registration_number", "address_line1", "address_line2", "city",
            "region", "postal_code", "country")  # fmt: skip
_TRANSACTION = ("record_id", "supplier_id", "supplier_name", "document_id", "issue_date", "due_date",
                "payment_date", "amount", "net_amount", "tax_amount", "amount_due", "paid_amount",
                "credit_amount", "currency", "exchange_rate", "payment_method", "payment_reference",
                "account_name", "account", "description", "status", "document_type", "direction",
                "payment_terms", "company_id", *_CONTACT)  # fmt: skip
_OF_KIND: Mapping[str, Sequence[str]] = {
    "suppliers": ("supplier_id", "supplier_name", "contact_name", *_CONTACT, "address", "account_number",
                  "status", "default_currency", "company_id"),
    "bills": _TRANSACTION,
    "payments": _TRANSACTION,
    "expenses": _TRANSACTION,
    "credit_notes": (*_TRANSACTION, "remaining_credit"),
    "allocations": ("payment_id", "link_type", "link_id", "link_amount", "company_id"),
    "companies": ("company_id", "company_name", "parent_company_id", "source_instance", "base_currency",
                  "registration_number", "tax_number", "phone", "address", "web_link"),
}  # fmt: skip

_NAMELESS = re.compile(r"\(col (\d+)\)")
_DATES = ("issue_date", "payment_date", "due_date", "date")
_AMOUNTS = ("amount", "net_amount", "amount_due", "credit_amount", "paid_amount")
_SUPPLIER = ("supplier_id", "supplier_name")
_NEEDED: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "suppliers": (("the supplier’s name or ID", (*_SUPPLIER, "record_id")),),
    "bills": (("the supplier", _SUPPLIER), ("the date", _DATES), ("the amount", _AMOUNTS)),
    "payments": (("the date", _DATES), ("the amount", _AMOUNTS)),
    "expenses": (("the date", _DATES), ("the amount", _AMOUNTS)),
    "credit_notes": (("the amount", _AMOUNTS),),
    "allocations": (("the payment ID", ("payment_id", "payment_reference")),),
    "companies": (("the company", ("company_id", "company_name", "record_id", "entity")),),
}


def column_name(name: str) -> str:
    """A column as a person would call it who sees the sheet."""
    nameless = _NAMELESS.fullmatch(name)
    return f"Column {int(nameless[1]) + 1}, without a heading" if nameless else name


def rows_words(kind: str, count: int) -> str:
    """So many rows of a kind: `1 bill`, `2,431 bills`."""
    one, many = _ROWS.get(kind, ("row", "rows"))
    return f"{count:,} {one if count == 1 else many}"


def use_options(kind: str, current: str | None) -> list[tuple[str, str]]:
    """What a column of this kind of table can be chosen to be."""
    names = list(_OF_KIND.get(kind, USES))
    if current and current not in names:
        names.append(current)
    return [("", "Not needed"), *((name, USES.get(name, name.replace("_", " "))) for name in names)]


def lacking(kind: str, uses: Sequence[str | None]) -> list[str]:
    """What no column of a table says, though its rows are worth nothing without it."""
    found = set(uses)
    return [words for words, names in _NEEDED.get(kind, ()) if not found & set(names)]
