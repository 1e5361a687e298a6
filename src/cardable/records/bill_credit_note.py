"""A bill credit note: a supplier's document that lowers what is owed."""

from dataclasses import dataclass
from datetime import date, datetime

from cardable.records.bill import BillLine, WithholdingTax
from cardable.records.values import CreditNoteStatus, Money, Quantity, Rate


@dataclass(frozen=True, kw_only=True)
class BillCreditNote:
    """A supplier's document that lowers what is owed; amounts are positive, in its own currency."""

    id: str
    supplier_id: str | None = None
    supplier_name: str | None = None
    credit_note_number: str | None = None
    issue_date: date | None = None
    allocated_on: date | None = None
    currency: str | None = None
    currency_rate: Rate | None = None
    total_amount: Money
    total_discount: Money | None = None
    sub_total: Money | None = None
    tax_amount: Money | None = None
    discount_percentage: Quantity | None = None
    remaining_credit: Money | None = None
    status: CreditNoteStatus = CreditNoteStatus.UNKNOWN
    note: str | None = None
    withholding_tax: tuple[WithholdingTax, ...] = ()
    lines: tuple[BillLine, ...] = ()
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
    supplemental_data: str | None = None
