"""A bill: a supplier's request for payment on credit."""

from dataclasses import dataclass
from datetime import date, datetime

from cardable.records.values import BillStatus, Money, Quantity, Rate


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderRef:
    id: str
    purchase_order_number: str | None = None


@dataclass(frozen=True, kw_only=True)
class WithholdingTax:
    name: str
    amount: Money


@dataclass(frozen=True, kw_only=True)
class BillLine:
    """One line of a bill or credit note, in the document's currency."""

    line_number: str | None = None
    description: str | None = None
    unit_amount: Money | None = None
    quantity: Quantity | None = None
    unit_of_measurement: str | None = None
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
    purchase_order_id: str | None = None
    purchase_order_line_number: str | None = None
    tracking: str | None = None
    """Tracking categories, customer and project as the source gave them, as JSON text."""
    is_direct_cost: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Bill:
    """A supplier's request for payment on credit; amounts include tax, in the bill's currency."""

    id: str
    supplier_id: str | None = None
    supplier_name: str | None = None
    reference: str | None = None
    issue_date: date
    due_date: date | None = None
    currency: str | None = None
    currency_rate: Rate | None = None
    total_amount: Money
    sub_total: Money | None = None
    tax_amount: Money | None = None
    amount_due: Money | None = None
    """What is still owed; None where the source does not say."""
    status: BillStatus = BillStatus.UNKNOWN
    note: str | None = None
    purchase_order_refs: tuple[PurchaseOrderRef, ...] = ()
    withholding_tax: tuple[WithholdingTax, ...] = ()
    lines: tuple[BillLine, ...] = ()
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
    supplemental_data: str | None = None
