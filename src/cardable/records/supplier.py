"""A supplier, as the customer's books hold it."""

from dataclasses import dataclass
from datetime import datetime

from cardable.records.values import SupplierStatus


@dataclass(frozen=True, kw_only=True)
class Address:
    """A postal address; `type` is Unknown, Billing or Delivery."""

    type: str = "Unknown"
    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    postal_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """Who sells to the customer and is paid."""

    id: str
    supplier_name: str | None = None
    contact_name: str | None = None
    email: str | None = None
    phone: str | None = None
    tax_number: str | None = None
    registration_number: str | None = None
    account_number: str | None = None
    addresses: tuple[Address, ...] = ()
    status: SupplierStatus = SupplierStatus.ACTIVE
    default_currency: str | None = None
    is_derived: bool = False
    """Made from the names on transactions, because no supplier list came."""
    modified_at: datetime | None = None
    source_modified_at: datetime | None = None
    is_deleted: bool = False
    supplemental_data: str | None = None
    """Extra content from the source, as JSON text."""
