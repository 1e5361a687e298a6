"""A payment method as the customer's books name it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PaymentMethod:
    """A named way to pay; `type` is Cash, Check, CreditCard, DebitCard, BankTransfer, Other or Unknown."""

    id: str
    name: str | None = None
    type: str = "Unknown"
    status: str = "Unknown"
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
