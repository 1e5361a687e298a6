"""What came of the files: each company's records, where they came from, and what is wrong or assumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cardable.intake.model import Problem
from cardable.records import CompanyInfo


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something assumed, derived or missing, in words."""

    code: str
    message: str
    file: str | None = None
    sheet: str | None = None
    rows: int = 0
    """How many rows it concerns; 0 where it concerns the whole."""


@dataclass(frozen=True, kw_only=True)
class TableReport:
    """What came of one table of one file: read = accepted + rejected + skipped."""

    file: str
    sha256: str
    sheet: str | None
    kind: str
    read: int
    accepted: int
    rejected: int
    skipped: int
    """Totals, repeated headers and rows that are no record of this kind."""
    totals: Mapping[str, Decimal]
    """Sum of the accepted amounts in each currency."""
    first_date: date | None
    last_date: date | None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CompanyData:
    """One company of the delivery; without tables it has no books of its own."""

    id: str
    name: str
    parent_id: str | None
    source_instance: str
    base_currency: str | None
    info: CompanyInfo
    tables: Mapping[type[Any], Path]
    """Record type to a Parquet file with that record's columns, for every kind that came or was derived."""
    rows: Mapping[type[Any], int]
    is_assumed: bool = False
    """Whether no file names it: it has the rows that name no company."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """All that the files of one run say."""

    companies: tuple[CompanyData, ...]
    imported_dates: Path | None
    """Parquet: company_id, supplier_id, imported_date, source_instance."""
    exchange_rates: Path | None
    """Parquet: date, from_currency, to_currency, rate."""
    files: tuple[TableReport, ...]
    problems: tuple[Problem, ...]
    """One for each file, column and rule, with the first row as the example and the number of rows."""
    problem_rows: Path
    """Parquet, one row a fault: file, sheet, row, column, value, code, wrong, remedy, rejects_row."""
    notices: tuple[Notice, ...]

    @property
    def rejected_share(self) -> Decimal:
        """Rejected rows as a share of those read, skipped ones left out; 0 where nothing was read."""
        counted = sum(table.accepted + table.rejected for table in self.files)
        rejected = sum(table.rejected for table in self.files)
        return Decimal(rejected) / Decimal(counted) if counted else Decimal(0)
