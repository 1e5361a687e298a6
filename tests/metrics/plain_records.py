"""What the plain metrics are made of: one record, and the sums and days of several."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cardable.records import Bill, BillPayment, LinkType, Supplier
from tests.metrics.books import Books

Key = tuple[str, str]
"""Source instance and supplier ID: what a supplier is."""

DIGITS = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "CLF": 4}
CATEGORY = {
    "Credit Card": "Card",
    "Debit Card": "Card",
    "Bank Transfer": "Non-Card",
    "Cash": "Non-Card",
    "Check": "Non-Card",
    "Unknown": "Unknown (category)",
    "Other": "Unknown (category)",
}
TIES = ("Credit Card", "Debit Card", "Bank Transfer", "Check", "Cash", "Other", "Unknown")


def half_up(value: Fraction, digits: int) -> Fraction:
    """The value to so many decimals, ties away from zero."""
    scaled = abs(value) * 10**digits
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def over(part: Fraction | int, whole: Fraction | int) -> Fraction | None:
    return Fraction(part) / Fraction(whole) if whole > 0 else None


@dataclass
class Record:
    """A bill, payment or expense as the metrics see it."""

    kind: str
    id: str
    books: Books
    day: date
    supplier: Key | None
    source: Any
    base: Fraction | None
    due: Fraction = Fraction(0)
    cash: list[tuple[date, Fraction]] = field(default_factory=list)
    erp: str | None = None
    inferred: str = ""

    @property
    def total(self) -> Decimal:
        total: Decimal = self.source.total_amount
        return total

    @property
    def counts(self) -> bool:
        if self.kind == "bill":
            return self.source.status not in ("Void", "Draft") and self.total >= 0
        return self.kind == "expense" or (self.source.status != "Void" and self.total != 0)


def links(payment: BillPayment, bills: Iterable[Bill]) -> list[tuple[str, Decimal]]:
    """The bills a payment was applied to, and how much; one amount for several is split by totals."""
    totals = {bill.id: bill.total_amount for bill in bills}
    found = []
    for line in payment.lines:
        rest = line.amount - sum((link.amount for link in line.links if link.amount is not None), Decimal(0))
        mine = [link for link in line.links if link.type == LinkType.BILL and link.id in totals]
        unsaid = sum((totals[link.id] for link in mine if link.amount is None and link.id), Decimal(0))
        for link in mine:
            assert link.id is not None
            if link.amount is not None:
                found.append((link.id, link.amount))
            elif unsaid > 0:
                share = half_up(Fraction(rest) * Fraction(totals[link.id]) / Fraction(unsaid), 4)
                found.append((link.id, Decimal(share.numerator) / Decimal(share.denominator)))
    return found


def base_of(record: Record) -> Fraction:
    assert record.base is not None
    return record.base


def total(records: Iterable[Record]) -> Fraction:
    return sum((base_of(each) for each in records), Fraction(0))


def terms(bill: Record) -> int:
    days: int = (bill.source.due_date - bill.day).days
    return max(0, days)


def common_terms(bills: Iterable[Record]) -> int | None:
    found: dict[int, list[Record]] = defaultdict(list)
    for bill in bills:
        if bill.source.due_date:
            found[terms(bill)].append(bill)
    return max(found, key=lambda days: (len(found[days]), total(found[days]), -days), default=None)


def newer(one: Supplier, other: Supplier) -> bool:
    return one.modified_at is not None and (other.modified_at is None or one.modified_at > other.modified_at)
