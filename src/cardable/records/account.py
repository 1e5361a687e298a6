"""An account of the customer's ledger."""

from dataclasses import dataclass
from datetime import datetime

from cardable.records.values import Money


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account of the ledger; bank and card accounts hint at how a payment was made."""

    id: str
    nominal_code: str | None = None
    name: str | None = None
    description: str | None = None
    fully_qualified_category: str | None = None
    fully_qualified_name: str | None = None
    currency: str | None = None
    current_balance: Money | None = None
    type: str = "Unknown"
    status: str = "Unknown"
    is_bank_account: bool = False
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
