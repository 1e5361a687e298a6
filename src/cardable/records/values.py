"""The kinds of value a record holds: decimal money, rates and the closed lists of words."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from cardable.language import noted


@dataclass(frozen=True)
class Digits:
    """How many digits a decimal column keeps in all, and how many of them after the point."""

    precision: int
    scale: int


Money = Annotated[Decimal, Digits(18, 4)]
"""An amount in its record's own currency, to four decimals."""

Rate = Annotated[Decimal, Digits(18, 9)]
"""Base-currency units for one unit of the record's currency: base = amount × rate."""

Quantity = Annotated[Decimal, Digits(18, 6)]
"""A count, a unit price's multiplier or a percentage, to six decimals."""


class SupplierStatus(StrEnum):
    UNKNOWN = "Unknown"
    ACTIVE = "Active"
    ARCHIVED = "Archived"


class BillStatus(StrEnum):
    UNKNOWN = "Unknown"
    OPEN = "Open"
    PARTIALLY_PAID = "PartiallyPaid"
    PAID = "Paid"
    VOID = "Void"
    DRAFT = "Draft"


class CreditNoteStatus(StrEnum):
    UNKNOWN = "Unknown"
    DRAFT = "Draft"
    SUBMITTED = "Submitted"
    PAID = "Paid"
    VOID = "Void"
    PARTIALLY_PAID = "PartiallyPaid"


class PaymentStatus(StrEnum):
    ACTIVE = "Active"
    VOID = "Void"


class LinkType(StrEnum):
    UNKNOWN = "Unknown"
    UNLINKED = "Unlinked"
    BILL = "Bill"
    OTHER = "Other"
    CREDIT_NOTE = "CreditNote"
    BILL_PAYMENT = "BillPayment"
    PAYMENT_ON_ACCOUNT = "PaymentOnAccount"
    REFUND = "Refund"
    MANUAL_JOURNAL = "ManualJournal"
    DISCOUNT = "Discount"


class Method(StrEnum):
    """A standard payment method, as people read it."""

    CREDIT_CARD = noted("Credit Card")
    DEBIT_CARD = noted("Debit Card")
    BANK_TRANSFER = noted("Bank Transfer")
    CHECK = noted("Check")
    CASH = noted("Cash")
    OTHER = noted("Other")
    UNKNOWN = noted("Unknown")
