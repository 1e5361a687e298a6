"""Reports end yesterday, or where uploaded data ends."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cardable import snapshots
from cardable.metrics import Customer, Entity
from cardable.records import Bill
from cardable.server.insights.period import NothingDated, report_period

TODAY = date(2026, 11, 24)


def customer(folder: Path, *days: date) -> Customer:
    bills = [
        Bill(id=str(day), supplier_id="S1", issue_date=day, currency="USD", total_amount=Decimal(1))
        for day in days
    ]
    kept = snapshots.write(folder / "snapshot", {Bill: bills})
    entity = Entity(id="A", name="A", snapshot=kept, source_instance="A", base_currency="USD")
    return Customer(id="A", name="A", entities=(entity,))


@pytest.mark.parametrize(
    ("latest", "is_streaming", "end"),
    [
        (date(2026, 11, 20), False, date(2026, 11, 23)),
        (date(2026, 6, 3), False, date(2026, 6, 30)),
        (date(2026, 6, 3), True, date(2026, 11, 23)),
    ],
)
def test_the_end_follows_the_data(tmp_path: Path, latest: date, is_streaming: bool, end: date) -> None:
    period, notices = report_period(customer(tmp_path, latest), TODAY, 12, is_streaming=is_streaming)
    assert (period.end, bool(notices)) == (end, end < date(2026, 11, 23))


def test_without_a_date_there_is_no_period(tmp_path: Path) -> None:
    with pytest.raises(NothingDated):
        report_period(customer(tmp_path), TODAY, 12, is_streaming=False)
