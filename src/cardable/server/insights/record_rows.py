"""The bills, payments and expenses behind a run's figures, and why each counts as it does."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from cardable.language import noted

STATES = (
    noted("Open"),
    noted("Partially paid"),
    noted("Paid"),
    noted("Void"),
    noted("Draft"),
    noted("Active"),
    noted("Archived"),
)
"""What states of bills and suppliers are called."""


@dataclass(frozen=True, slots=True)
class BillLine:
    """A bill of the period; without a base amount it counts nowhere."""

    ref: str | None
    id: str
    supplier_name: str | None
    reference: str | None
    issue_date: datetime.date
    due_date: datetime.date | None
    terms_days: int | None
    currency: str
    total_amount: Decimal
    base_amount: Decimal | None
    amount_due: Decimal
    base_due: Decimal | None
    is_late: bool
    settled_amount: Decimal | None
    settled_days_amount: Decimal | None
    status: str | None
    note: str | None
    company_name: str
    inferred_method: str
    why: str

    @property
    def settled_days(self) -> Decimal | None:
        """Days from its issue to its payments, larger payments weighing more."""
        if not self.settled_amount or self.settled_days_amount is None:
            return None
        return self.settled_days_amount / self.settled_amount

    @property
    def state(self) -> str:
        """Its status in words: `Partially paid`."""
        return (
            "".join(f" {each}" if each.isupper() else each for each in self.status or "").strip().capitalize()
        )

    @property
    def remark(self) -> str:
        """Why it counts nowhere, or in totals only; empty for most bills."""
        return "" if self.ref and self.base_amount is not None else self.why


@dataclass(frozen=True, slots=True)
class _MoneyOut:
    """What is true of money that left, whichever way."""

    ref: str | None
    id: str
    supplier_name: str | None
    currency: str
    total_amount: Decimal
    base_amount: Decimal | None
    payment_method: str | None
    recorded_method: str | None
    account_name: str | None
    reference: str | None
    inferred_method: str
    why: str
    why_rule: int
    why_field: str | None
    why_keyword: str | None
    note: str | None
    company_name: str


@dataclass(frozen=True, slots=True)
class PaymentLine(_MoneyOut):
    """A bill payment of the period, or its refund."""

    date: datetime.date

    @property
    def day(self) -> datetime.date:
        return self.date


@dataclass(frozen=True, slots=True)
class ExpenseLine(_MoneyOut):
    """An expense of the period, or its refund."""

    contact_name: str | None
    issue_date: datetime.date

    @property
    def day(self) -> datetime.date:
        return self.issue_date
