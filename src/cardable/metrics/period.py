"""The days a report covers."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both days included, spanning `months` calendar months."""

    start: date
    end: date
    months: int

    @classmethod
    def ending(cls, end: date, months: int) -> "Period":
        """The period of exactly so many calendar months that ends on `end`."""
        return cls(months_before(end + timedelta(days=1), months), end, months)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
