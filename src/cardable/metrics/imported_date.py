"""When a supplier first appeared in a company's Spend Analysis."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ImportedDate:
    """The run date of the first report a supplier was in; it never moves.

    Without a `source_instance` it holds in all of them, without a `company_id` for any company.
    """

    supplier_id: str
    imported_on: date
    source_instance: str | None = None
    company_id: str | None = None
