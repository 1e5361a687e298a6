"""The days a company's reports cover."""

from datetime import date, timedelta

import duckdb

from cardable.insights import latest_month_end
from cardable.integrations.any_spreadsheet import Notice
from cardable.language import noted, said
from cardable.metrics import Customer, Period

MONTHS = (
    noted("January"),
    noted("February"),
    noted("March"),
    noted("April"),
    noted("May"),
    noted("June"),
    noted("July"),
    noted("August"),
    noted("September"),
    noted("October"),
    noted("November"),
    noted("December"),
)


class NothingDated(Exception):
    """No record has a date, so there is nothing to report on."""


def report_period(
    customer: Customer, run_date: date, months: int, *, is_streaming: bool
) -> tuple[Period, tuple[Notice, ...]]:
    """The months up to the day before the run, or to the end of what uploaded files cover, which is said.

    Raises NothingDated.
    """
    yesterday = run_date - timedelta(days=1)
    with duckdb.connect() as connection:
        covered = latest_month_end(customer, connection)
    if covered is None:
        raise NothingDated
    if is_streaming or covered >= yesterday:
        return Period.ending(yesterday, months), ()
    words = said(
        "The uploaded data ends with {month} {year}, so the reports end there, not on {day}.",
        month=MONTHS[covered.month - 1],
        year=covered.year,
        day=yesterday,
    )
    return Period.ending(covered, months), (Notice(code="PERIOD_ENDS_WITH_DATA", message=words),)
