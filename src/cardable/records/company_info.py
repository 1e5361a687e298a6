"""A customer's own details, as its books hold them."""

from dataclasses import dataclass
from datetime import date, datetime

from cardable.records.supplier import Address


@dataclass(frozen=True, kw_only=True)
class PhoneNumber:
    """A phone number; `type` is Primary, Landline, Mobile, Fax or Unknown."""

    number: str | None = None
    type: str = "Unknown"


@dataclass(frozen=True, kw_only=True)
class WebLink:
    """A web address; `type` is Website, Social or Unknown."""

    url: str
    type: str = "Website"


@dataclass(frozen=True, kw_only=True)
class CompanyInfo:
    """A customer's own details; `source_instance` is the books they were read from."""

    company_name: str | None = None
    company_legal_name: str | None = None
    addresses: tuple[Address, ...] = ()
    phone_numbers: tuple[PhoneNumber, ...] = ()
    web_links: tuple[WebLink, ...] = ()
    registration_number: str | None = None
    tax_number: str | None = None
    base_currency: str | None = None
    source_instance: str | None = None
    accounting_platform: str | None = None
    ledger_lock_date: date | None = None
    financial_year_start_date: date | None = None
    source_urls: str | None = None
    """Name to address, as JSON text."""
    created_at: datetime | None = None
    supplemental_data: str | None = None
