"""An expense: money spent and paid at once, outside accounts payable."""

from dataclasses import dataclass
from datetime import date, datetime

from cardable.records.values import Money, Quantity, Rate


@dataclass(frozen=True, kw_only=True)
class ExpenseLine:
    description: str | None = None
    unit_amount: Money
    quantity: Quantity
    discount_amount: Money | None = None
    discount_percentage: Quantity | None = None
    sub_total: Money | None = None
    tax_amount: Money | None = None
    total_amount: Money | None = None
    account_id: str | None = None
    account_name: str | None = None
    tax_rate_id: str | None = None
    tax_rate_name: str | None = None
    effective_tax_rate: Quantity | None = None
    item_id: str | None = None
    item_name: str | None = None
    tracking: str | None = None
    """Tracking categories, customer and project as the source gave them, as JSON text."""


@dataclass(frozen=True, kw_only=True)
class Expense:
    """Money spent and paid at once, or its refund (negative), in the expense's currency."""

    id: str
    supplier_id: str | None = None
    contact_name: str | None = None
    contact_type: str | None = None
    """What the contact is in the source: suppliers, customers, or None."""
    issue_date: date
    currency: str | None = None
    currency_rate: Rate | None = None
    total_amount: Money
    sub_total: Money | None = None
    tax_amount: Money | None = None
    payment_method_id: str | None = None
    payment_method: str | None = None
    payment_method_type: str | None = None
    account_id: str | None = None
    account_name: str | None = None
    reference: str | None = None
    note: str | None = None
    lines: tuple[ExpenseLine, ...] = ()
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
    supplemental_data: str | None = None
