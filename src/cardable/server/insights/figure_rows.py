"""The rows of a run's figures, as pages read them; each field is a column of its table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The customer, the period and the totals, unassigned records included."""

    company_name: str
    start_date: date
    end_date: date
    months_reviewed: int
    threshold: Decimal
    suppliers_count: int
    bills_count: int
    bills_amount: Decimal
    payments_count: int
    payments_amount: Decimal
    expenses_count: int
    expenses_amount: Decimal
    total_spend: Decimal
    base_currency: str
    data_as_of: date
    records_excluded: int
    spend_basis: str
    """bills and expenses, payments, or mixed."""
    cardable_suppliers_count: int
    cardable_spend: Decimal
    """Scaled to twelve months, as everything from here on."""
    cardable_payments: Decimal
    cashback_value: Decimal
    time_saved_hours: Decimal
    time_saved_value: Decimal
    annual_card_benefits: Decimal
    minutes_per_payment: Decimal
    hourly_rate: Decimal

    @property
    def payments_a_year(self) -> int:
        """How many payments and expenses a year could move to card."""
        return round(self.cardable_payments)

    @property
    def is_empty(self) -> bool:
        """Whether no record of the period counts."""
        return not (self.bills_count or self.payments_count or self.expenses_count or self.total_spend)


@dataclass(frozen=True, slots=True)
class Tier:
    """A cashback tier: its rate holds for the spend above one amount and up to another."""

    above: Decimal
    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Method:
    """A payment method with its suppliers, or a category of methods, or all of them."""

    label: str
    level: str
    category: str | None
    method: str | None
    suppliers_count: int
    suppliers_share: Decimal | None
    total_spend: Decimal
    bills_count: int
    bills_outstanding_count: int
    bills_outstanding_amount: Decimal
    bills_amount: Decimal
    bills_amount_share: Decimal | None
    bills_late_count: int
    bills_late_amount: Decimal
    bills_late_share: Decimal | None
    payments_count: int
    payments_amount: Decimal
    average_payment_amount: Decimal | None
    average_terms_days: Decimal | None
    average_settlement_days: Decimal | None
    expenses_count: int
    expenses_amount: Decimal

    @property
    def asked(self) -> str:
        """What to ask for to see its suppliers and records; nothing where it is all of them."""
        return "" if self.level == "overall" else self.label


@dataclass(frozen=True, slots=True)
class EntitySpend:
    """A company of a group with what it spent."""

    company_id: str
    company_name: str
    bills_amount: Decimal
    expenses_amount: Decimal
    total_spend: Decimal


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One of the largest suppliers not paid by credit card yet."""

    ref: str
    supplier_name: str | None
    annual_spend: Decimal
    settlement_terms_days: int | None
    current_method: str


@dataclass(frozen=True, slots=True)
class DataWarning:
    """Something doubtful in the data, and what to do about it."""

    code: str
    count: int
    sample_ids: list[str]
    message: str


@dataclass(frozen=True, slots=True)
class MonthOfNew:
    """A month, and the suppliers whose first record of the period falls in it."""

    month: date
    suppliers_count: int
    total_spend: Decimal


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """A supplier in a list."""

    ref: str
    supplier_id: str
    supplier_name: str | None
    inferred_method: str
    verdict: str
    verdict_reason: str
    has_accepted_credit_card: bool
    total_spend: Decimal
    bills_count: int
    bills_amount: Decimal
    payments_count: int
    payments_amount: Decimal
    expenses_count: int
    expenses_amount: Decimal
    average_terms_days: Decimal | None
    average_settlement_days: Decimal | None
    bills_late_share: Decimal | None
    shown: bool


@dataclass(frozen=True, slots=True)
class SupplierDetails:
    """A supplier with every figure and detail."""

    ref: str
    supplier_id: str
    supplier_name: str | None
    erp_method: str
    inferred_method: str
    biggest_spend_method: str
    verdict: str
    verdict_reason: str
    has_accepted_credit_card: bool
    imported_date: date
    first_seen: date | None
    total_spend: Decimal
    bills_count: int
    bills_outstanding_count: int
    bills_amount: Decimal
    bills_outstanding_amount: Decimal
    bills_outstanding_share: Decimal | None
    bills_late_count: int
    bills_late_amount: Decimal
    bills_late_share: Decimal | None
    latest_bill: date | None
    payments_count: int
    payments_amount: Decimal
    average_payment_amount: Decimal | None
    average_terms_days: Decimal | None
    common_terms_days: int | None
    average_settlement_days: Decimal | None
    expenses_count: int
    expenses_amount: Decimal
    latest_expense: date | None
    contact_name: str | None
    email: str | None
    phone: str | None
    tax_number: str | None
    account_number: str | None
    address_line1: str | None
    address_line2: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    status: str | None
    entities: str | None
    card_transactions_count: int
    shown: bool
    has_namesake: bool
