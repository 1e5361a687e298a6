"""What each kind of table can bring, and which meanings of a column it is taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cardable.integrations.any_spreadsheet import words
from cardable.integrations.any_spreadsheet.numbers import MONEY, RATE

TEXT, DATE, NUMBER, RATIO, CURRENCY, WORD = "text", "date", "number", "ratio", "currency", "word"
SQL_TYPES: Final = {
    TEXT: "VARCHAR",
    DATE: "DATE",
    NUMBER: MONEY,
    RATIO: RATE,
    CURRENCY: "VARCHAR",
    WORD: "VARCHAR",
}


@dataclass(frozen=True)
class Wanted:
    """A value of a row: its name, its form, and the column meanings it comes from, the first filled one."""

    name: str
    form: str
    uses: tuple[str, ...]
    vocabulary: Mapping[str, str] | None = None


def _wanted(form: str, *names: str) -> tuple[Wanted, ...]:
    return tuple(Wanted(name, form, (name,)) for name in names)


_DETAILS = _wanted(
    TEXT, "email", "phone", "tax_number", "registration_number", "address_line1", "address_line2",
    "city", "region", "postal_code", "country",
)  # fmt: skip

_TRANSACTION = (
    Wanted("company", TEXT, ("company_id",)),
    *_wanted(TEXT, "record_id", "supplier_id", "supplier_name", "payment_reference", "payment_method"),
    Wanted("document", TEXT, ("document_id", "reference")),
    Wanted("document_type", WORD, ("document_type",), words.DOCUMENT_TYPE),
    Wanted("direction", WORD, ("direction",), words.DIRECTION),
    Wanted("issue_date", DATE, ("issue_date", "date")),
    *_wanted(DATE, "due_date", "payment_date"),
    Wanted("amount", NUMBER, ("amount",)),
    Wanted("net", NUMBER, ("net_amount",)),
    Wanted("tax", NUMBER, ("tax_amount",)),
    Wanted("due", NUMBER, ("amount_due", "remaining_credit")),
    Wanted("paid", NUMBER, ("paid_amount",)),
    Wanted("credit", NUMBER, ("credit_amount",)),
    Wanted("currency", CURRENCY, ("currency",)),
    Wanted("rate", RATIO, ("exchange_rate",)),
    Wanted("note", TEXT, ("note", "description")),
    Wanted("account_name", TEXT, ("account_name", "bank_account")),
    Wanted("category", TEXT, ("account",)),
    Wanted("terms", TEXT, ("payment_terms",)),
    *_DETAILS,
)


def _status(vocabulary: Mapping[str, str]) -> Wanted:
    return Wanted("status", WORD, ("status",), vocabulary)


WANTED: Final[Mapping[str, tuple[Wanted, ...]]] = {
    "bills": (*_TRANSACTION, _status(words.BILL_STATUS)),
    "payments": (*_TRANSACTION, _status(words.PAYMENT_STATUS)),
    "expenses": (*_TRANSACTION, _status(words.PAYMENT_STATUS)),
    "credit_notes": (*_TRANSACTION, _status(words.BILL_STATUS)),
    "suppliers": (
        Wanted("company", TEXT, ("company_id",)),
        Wanted("supplier_id", TEXT, ("supplier_id", "record_id")),
        *_wanted(TEXT, "supplier_name", "contact_name"),
        Wanted("account_number", TEXT, ("account_number", "bank_account")),
        Wanted("address", TEXT, ("address",)),
        *_DETAILS,
        _status(words.SUPPLIER_STATUS),
        Wanted("currency", CURRENCY, ("default_currency", "currency")),
    ),
    "allocations": (
        Wanted("company", TEXT, ("company_id",)),
        Wanted("payment_id", TEXT, ("payment_id", "payment_reference")),
        Wanted("link_type", WORD, ("link_type",), words.LINK_TYPE),
        Wanted("link_id", TEXT, ("link_id", "document_id")),
        Wanted("amount", NUMBER, ("link_amount", "amount")),
    ),
    "companies": (
        Wanted("company", TEXT, ("company_id", "record_id")),
        Wanted("company_name", TEXT, ("company_name", "entity")),
        *_wanted(TEXT, "parent_company_id", "source_instance", "web_link", "address"),
        Wanted("currency", CURRENCY, ("base_currency", "currency")),
        *_DETAILS,
    ),
    "imported_dates": (
        Wanted("company", TEXT, ("company_id",)),
        *_wanted(TEXT, "supplier_id", "source_instance"),
        *_wanted(DATE, "imported_date"),
    ),
    "exchange_rates": (
        *_wanted(DATE, "date"),
        *_wanted(CURRENCY, "from_currency", "to_currency"),
        Wanted("rate", RATIO, ("exchange_rate",)),
    ),
}

TRANSACTIONS: Final = ("bills", "payments", "expenses", "credit_notes")

DATES: Final[Mapping[str, tuple[str, ...]]] = {
    "bills": ("issue_date", "payment_date", "due_date"),
    "payments": ("payment_date", "issue_date"),
    "expenses": ("issue_date", "payment_date"),
    "credit_notes": ("issue_date", "payment_date"),
    "imported_dates": ("imported_date",),
    "exchange_rates": ("date",),
}
"""The dates that can be a record's own, best first."""


@dataclass(frozen=True)
class Requirement:
    """What every row of a kind must have: the expression that is null where it is missing."""

    expression: str
    thing: str
    names: tuple[str, ...]
    """The wanted values it comes from; a fault in the first of them rejects the row."""


_AMOUNT = Requirement("total", "amount", ("amount", "net", "due", "credit"))
REQUIRED: Final[Mapping[str, tuple[Requirement, ...]]] = {
    "bills": (Requirement("day", "date", DATES["bills"]), _AMOUNT),
    "payments": (Requirement("day", "date", DATES["payments"]), _AMOUNT),
    "expenses": (Requirement("day", "date", DATES["expenses"]), _AMOUNT),
    "credit_notes": (_AMOUNT,),
    "suppliers": (Requirement("coalesce(supplier_id, supplier_name)", "supplier", ("supplier_id",)),),
    "allocations": (Requirement("payment_id", "payment ID", ("payment_id",)),),
    "companies": (Requirement("coalesce(company, company_name)", "company", ("company",)),),
    "imported_dates": (
        Requirement("supplier_id", "supplier ID", ("supplier_id",)),
        Requirement("imported_date", "date", ("imported_date",)),
    ),
    "exchange_rates": (
        Requirement("date", "date", ("date",)),
        Requirement("from_currency", "currency", ("from_currency",)),
        Requirement("to_currency", "currency", ("to_currency",)),
        Requirement("case when rate > 0 then rate end", "rate above zero", ("rate",)),
    ),
}
