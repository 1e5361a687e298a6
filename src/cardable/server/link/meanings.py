"""What columns and tables can be, in the words of a bookkeeper."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext, pgettext

from cardable.language import noted
from cardable.server.ui.templatetags.ui import count as in_groups

KINDS: Mapping[str, str] = {
    "suppliers": noted("Suppliers"),
    "bills": noted("Bills"),
    "payments": noted("Payments"),
    "expenses": noted("Direct costs (bought and paid at once)"),
    "credit_notes": noted("Credit notes from suppliers"),
    "allocations": noted("Which payment paid which bill"),
    "companies": noted("Companies of the group"),
    "exchange_rates": noted("Exchange rates"),
    "imported_dates": noted("Dates suppliers were first seen"),
    "other": noted("None of these: leave it out"),
}
CHOICES = ("suppliers", "bills", "payments", "expenses", "credit_notes", "allocations", "companies", "other")

CURRENCIES: Mapping[str, str] = {
    "USD": noted("US dollar"),
    "CAD": noted("Canadian dollar"),
    "EUR": noted("Euro"),
    "GBP": noted("Pound sterling"),
    "AUD": noted("Australian dollar"),
    "NZD": noted("New Zealand dollar"),
    "AED": noted("UAE dirham"),
    "BRL": noted("Brazilian real"),
    "CHF": noted("Swiss franc"),
    "CLP": noted("Chilean peso"),
    "CNY": noted("Chinese yuan"),
    "COP": noted("Colombian peso"),
    "CZK": noted("Czech koruna"),
    "DKK": noted("Danish krone"),
    "HKD": noted("Hong Kong dollar"),
    "HUF": noted("Hungarian forint"),
    "ILS": noted("Israeli shekel"),
    "INR": noted("Indian rupee"),
    "JPY": noted("Japanese yen"),
    "KRW": noted("South Korean won"),
    "MXN": noted("Mexican peso"),
    "MYR": noted("Malaysian ringgit"),
    "NOK": noted("Norwegian krone"),
    "PEN": noted("Peruvian sol"),
    "PHP": noted("Philippine peso"),
    "PLN": noted("Polish zloty"),
    "SAR": noted("Saudi riyal"),
    "SEK": noted("Swedish krona"),
    "SGD": noted("Singapore dollar"),
    "THB": noted("Thai baht"),
    "TRY": noted("Turkish lira"),
    "UYU": noted("Uruguayan peso"),
    "ZAR": noted("South African rand"),
}
"""Currencies to choose from where a file names none; files themselves may name any."""

USES: Mapping[str, str] = {
    "supplier_id": noted("Supplier ID"),
    "supplier_name": noted("Supplier name"),
    "contact_name": noted("Contact person"),
    "email": noted("E-mail"),
    "phone": noted("Phone"),
    "tax_number": noted("Tax number"),
    "registration_number": noted("Registration number"),
    "account_number": noted("Account number with the supplier"),
    "address": noted("Address in one cell"),
    "address_line1": noted("Address, first line"),
    "address_line2": noted("Address, second line"),
    "city": noted("City"),
    "region": noted("State or region"),
    "postal_code": noted("ZIP or postal code"),
    "country": noted("Country"),
    "status": noted("Status"),
    "default_currency": noted("Usual currency"),
    "record_id": noted("Internal ID of the row"),
    "document_id": noted("Bill or invoice number"),
    "reference": noted("Another reference"),
    "document_type": noted("Type of document"),
    "direction": noted("Debit or credit"),
    "issue_date": noted("Date of the bill or purchase"),
    "due_date": noted("Due date"),
    "payment_date": noted("Payment date"),
    "payment_terms": noted("Payment terms"),
    "amount": noted("Amount, tax included"),
    "net_amount": noted("Amount before tax"),
    "tax_amount": noted("Tax"),
    "amount_due": noted("Amount still due"),
    "paid_amount": noted("Amount paid"),
    "credit_amount": noted("Amount in a credit column"),
    "currency": noted("Currency"),
    "exchange_rate": noted("Exchange rate"),
    "payment_method": noted("Payment method"),
    "payment_reference": noted("Check or payment number"),
    "account_name": noted("Bank or card account it was paid from"),
    "bank_account": noted("Bank account number"),
    "account": noted("Expense account or category"),
    "description": noted("Description"),
    "note": noted("Note"),
    "entity": noted("Company or department"),
    "company_id": noted("Company ID"),
    "company_name": noted("Company name"),
    "parent_company_id": noted("ID of the company above"),
    "source_instance": noted("Set of books"),
    "base_currency": noted("Currency of the books"),
    "web_link": noted("Website"),
    "payment_id": noted("Payment ID"),
    "link_type": noted("Type of link"),
    "link_id": noted("ID of what was paid"),
    "link_amount": noted("Amount of the link"),
    "remaining_credit": noted("Credit left"),
    "bank_name": noted("Bank"),
    "iban": noted("IBAN"),
    "bic": noted("BIC"),
    "issued_by": noted("Issued by"),
    "imported_date": noted("Date first seen"),
    "from_currency": noted("From currency"),
    "to_currency": noted("To currency"),
    "date": noted("Date"),
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
    "suppliers": ((noted("the supplier’s name or ID"), (*_SUPPLIER, "record_id")),),
    "bills": (
        (noted("the supplier"), _SUPPLIER),
        (noted("the date"), _DATES),
        (noted("the amount"), _AMOUNTS),
    ),
    "payments": ((noted("the date"), _DATES), (noted("the amount"), _AMOUNTS)),
    "expenses": ((noted("the date"), _DATES), (noted("the amount"), _AMOUNTS)),
    "credit_notes": ((noted("the amount"), _AMOUNTS),),
    "allocations": ((noted("the payment ID"), ("payment_id", "payment_reference")),),
    "companies": ((noted("the company"), ("company_id", "company_name", "record_id", "entity")),),
}


def about(name: str, sentence: str) -> str:
    """What is to be said of one file."""
    return pgettext("name and what is said of it", "{name}: {sentence}").format(name=name, sentence=sentence)


def column_name(name: str) -> str:
    """A column as a person would call it who sees the sheet."""
    nameless = _NAMELESS.fullmatch(name)
    if not nameless:
        return name
    return gettext("Column {number}, without a heading").format(number=int(nameless[1]) + 1)


def kind_title(kind: str) -> str:
    """A kind of table in a word or two."""
    return gettext(KINDS.get(kind, kind)).split(" (")[0]


def rows_words(kind: str, count: int) -> str:
    """So many rows of a kind: `1 bill`, `2,431 bills`."""
    words = {
        "suppliers": ngettext("{count} supplier", "{count} suppliers", count),
        "bills": ngettext("{count} bill", "{count} bills", count),
        "payments": ngettext("{count} payment", "{count} payments", count),
        "expenses": ngettext("{count} direct cost", "{count} direct costs", count),
        "credit_notes": ngettext("{count} credit note", "{count} credit notes", count),
        "allocations": ngettext(
            "{count} link from a payment to a bill", "{count} links from payments to bills", count
        ),
        "companies": ngettext("{count} company", "{count} companies", count),
        "exchange_rates": ngettext("{count} exchange rate", "{count} exchange rates", count),
        "imported_dates": ngettext("{count} date", "{count} dates", count),
    }
    return words.get(kind, ngettext("{count} row", "{count} rows", count)).format(count=in_groups(count))


def use_name(use: str) -> str:
    """What a column can be, in words."""
    return gettext(USES[use]) if use in USES else use.replace("_", " ")


def use_options(kind: str, current: str | None) -> list[tuple[str, str]]:
    """What a column of this kind of table can be chosen to be."""
    names = list(_OF_KIND.get(kind, USES))
    if current and current not in names:
        names.append(current)
    return [("", gettext("Not needed")), *((name, use_name(name)) for name in names)]


def lacking(kind: str, uses: Sequence[str | None]) -> list[str]:
    """What no column of a table says, though its rows are worth nothing without it."""
    found = set(uses)
    return [gettext(words) for words, names in _NEEDED.get(kind, ()) if not found & set(names)]
