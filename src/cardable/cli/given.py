"""What the person asked for: which company of those in the files, which period."""

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb

from cardable.cli.errors import Unusable
from cardable.insights import latest_month_end
from cardable.integrations.any_spreadsheet import CompanyData
from cardable.metrics import Customer, Period


def chosen_company(companies: Sequence[CompanyData], wanted: str | None) -> CompanyData:
    """The company the reports are for: the one named, the only one, or the parent of all.

    Raises Unusable with the list where there are several and none is named.
    """
    if wanted is not None:
        return _named(companies, wanted)
    known = {company.id for company in companies}
    roots = [company for company in companies if company.parent_id not in known]
    if len(roots) == 1:
        return roots[0]
    raise Unusable(f"The files hold {len(roots)} companies. Name one with --company:\n{_listed(roots)}")


def _named(companies: Sequence[CompanyData], wanted: str) -> CompanyData:
    by_id = [company for company in companies if company.id == wanted]
    by_name = [company for company in companies if company.name.casefold() == wanted.casefold()]
    found = by_id or by_name
    if not found:
        raise Unusable(f"No company is called “{wanted}”. The files hold:\n{_listed(companies)}")
    if len(found) > 1:
        raise Unusable(f"Several companies are called “{wanted}”. Use an ID:\n{_listed(found)}")
    return found[0]


def _listed(companies: Iterable[CompanyData]) -> str:
    lines = [f"  {company.id}  {company.name}" for company in companies]
    shown = lines[:50]
    return "\n".join(shown + ([f"  … and {len(lines) - 50} more"] if len(lines) > 50 else []))


def period(
    customer: Customer, end: date | None, months: int, connection: duckdb.DuckDBPyConnection
) -> Period:
    """The period asked for, or the one that ends with the data; raises Unusable where nothing is dated."""
    last = end or latest_month_end(customer, connection)
    if last is None:
        raise Unusable(
            "No record has a date, so there is no period to report on. Bring a file with a date column "
            "(invoice date or payment date), or name the period's last day with --end."
        )
    return Period.ending(last, months)
