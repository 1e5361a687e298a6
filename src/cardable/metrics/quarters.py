"""The two quarters that Ongoing Insights compares."""

from datetime import date, timedelta

from cardable.metrics.period import Period, months_before


def latest_quarters(end: date, first_month: int = 1) -> tuple[Period, Period]:
    """The latest quarter over by `end`, and the one before, of fiscal years that start in `first_month`."""
    after = end + timedelta(days=1)
    into_quarter = (after.month - first_month) % 3
    start_of_next = months_before(after.replace(day=1), into_quarter)
    latest = Period.ending(start_of_next - timedelta(days=1), 3)
    return latest, Period.ending(latest.start - timedelta(days=1), 3)


def full_quarter_has_passed(first_data: date | None, quarter: Period) -> bool:
    """Whether the quarter ended at least three months after the first data."""
    return first_data is not None and months_before(first_data, -3) <= quarter.end + timedelta(days=1)
