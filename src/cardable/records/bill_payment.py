"""A bill payment: money paid to a supplier through accounts payable."""

from dataclasses import dataclass
from datetime import date, datetime

from cardable.records.values import LinkType, Money, PaymentStatus, Rate


@dataclass(frozen=True, kw_only=True)
class PaymentLink:
    """The part of a payment applied to one record.

    The amount is in the linked record's currency and positive where it lowers a bill; the wire form
    turns the sign.
    """

    type: LinkType
    id: str | None = None
    amount: Money | None = None
    currency_rate: Rate | None = None


@dataclass(frozen=True, kw_only=True)
class PaymentLine:
    amount: Money
    allocated_on: date | None = None
    links: tuple[PaymentLink, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BillPayment:
    """Money paid to a supplier, whole or in part, in the payment's currency; negative is a refund."""

    id: str
    supplier_id: str | None = None
    supplier_name: str | None = None
    date: date
    currency: str | None = None
    currency_rate: Rate | None = None
    total_amount: Money
    payment_method_id: str | None = None
    payment_method: str | None = None
    """The method as the source words it."""
    payment_method_type: str | None = None
    """The method as a source's API types it (`BankTransfer`…); None from files."""
    account_id: str | None = None
    account_name: str | None = None
    reference: str | None = None
    note: str | None = None
    status: PaymentStatus = PaymentStatus.ACTIVE
    lines: tuple[PaymentLine, ...] = ()
    is_derived: bool = False
    """Made from a paid bill, because no payments came."""
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
    supplemental_data: str | None = None
