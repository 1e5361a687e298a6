"""Any spreadsheet: recognised tables of any accounting system become the records of each company."""

from cardable.integrations.any_spreadsheet.assembly import assemble
from cardable.integrations.any_spreadsheet.delivery import CompanyData, Delivery, Notice, TableReport

__all__ = ["CompanyData", "Delivery", "Notice", "TableReport", "assemble"]
