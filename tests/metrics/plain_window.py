"""The plain metrics of one window of days: measures, suppliers, methods and the summary."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cardable.metrics import months_before
from tests.metrics.plain_records import (
    CATEGORY,
    TIES,
    Key,
    Record,
    base_of,
    common_terms,
    half_up,
    over,
    terms,
    total,
)

if TYPE_CHECKING:
    from tests.metrics.plain import Plain


class Window:
    """The figures of one period."""

    def __init__(self, plain: "Plain", start: date, end: date, months: int) -> None:
        self.plain, self.start, self.end, self.months = plain, start, end, months
        inside = [each for each in plain.records if each.counts and start <= each.day <= end]
        self.unrated = [each for each in inside if each.base is None]
        self.records = [each for each in inside if each.base is not None]
        self.suppliers = list(dict.fromkeys(each.supplier for each in self.records if each.supplier))
        self.method = {key: self._most_common(key, "inferred", by_spend=False) for key in self.suppliers}

    def measures(self, wanted: Callable[[Record], bool]) -> dict[str, Any]:
        """All measures of the records wanted."""
        chosen = [each for each in self.records if wanted(each)]
        bills = [each for each in chosen if each.kind == "bill"]
        payments = [each for each in chosen if each.kind == "payment"]
        expenses = [each for each in chosen if each.kind == "expense"]
        outstanding = [bill for bill in bills if bill.due > 0]
        late = [bill for bill in bills if self._is_late(bill)]
        termed = [bill for bill in bills if bill.source.due_date]
        cash = [(bill, day, part) for bill in bills for day, part in bill.cash if day <= self.end]
        billed, paid, spent = total(bills), total(payments), total(expenses)
        paid_count = sum(1 for each in payments if each.total > 0)
        return {
            "suppliers_count": len({each.supplier for each in chosen if each.supplier}),
            "total_spend": billed + spent + total(each for each in payments if self._is_spend(each)),
            "bills_count": len(bills),
            "bills_outstanding_count": len(outstanding),
            "bills_amount": billed,
            "bills_outstanding_amount": sum((bill.due for bill in outstanding), Fraction(0)),
            "bills_outstanding_share": over(sum((bill.due for bill in outstanding), Fraction(0)), billed),
            "bills_late_count": len(late),
            "bills_late_amount": total(late),
            "bills_late_share": over(total(late), billed),
            "payments_count": paid_count,
            "payments_amount": paid,
            "average_payment_amount": over(paid, paid_count),
            "average_terms_days": over(
                sum((base_of(bill) * terms(bill) for bill in termed), Fraction(0)), total(termed)
            ),
            "average_settlement_days": over(
                sum((part * max(0, (day - bill.day).days) for bill, day, part in cash), Fraction(0)),
                sum((part for _, _, part in cash), Fraction(0)),
            ),
            "expenses_count": sum(1 for each in expenses if each.total > 0),
            "expenses_amount": spent,
        }

    def supplier(self, key: Key) -> dict[str, Any]:
        mine = [each for each in self.records if each.supplier == key]
        measures = self.measures(lambda each: each.supplier == key)
        bills = [each for each in mine if each.kind == "bill"]
        year = [
            each
            for each in self.plain.records
            if each.supplier == key
            and each.kind != "bill"
            and each.counts
            and each.total > 0
            and each.base is not None
            and months_before(self.end + timedelta(days=1), 12) <= each.day <= self.end
        ]
        annual = measures["total_spend"] * Fraction(12, self.months)
        return measures | {
            "erp_method": self._most_common(key, "erp", by_spend=False),
            "inferred_method": self.method[key],
            "biggest_spend_method": self._most_common(key, "inferred", by_spend=True),
            "has_accepted_credit_card": any(each.inferred == "Credit Card" for each in year),
            "transactions_12_months_count": len(year),
            "latest_bill": max((bill.day for bill in bills), default=None),
            "latest_expense": max(
                (each.day for each in mine if each.kind == "expense" and each.total > 0), default=None
            ),
            "common_terms_days": common_terms(bills),
            "shown": self.plain.parameters.threshold == 0
            or annual >= Fraction(self.plain.parameters.threshold),
            "entities": "; ".join(
                dict.fromkeys(b.name for b in self.plain.case.books if any(r.books is b for r in mine))
            ),
        }

    def ranked(self) -> list[Key]:
        """The suppliers, largest spend first, then by name, then by ID."""

        def rank(key: Key) -> tuple[Any, ...]:
            supplier = self.plain.names[key]
            name = (supplier.supplier_name or "").casefold()
            return (-self.measures(lambda each: each.supplier == key)["total_spend"], name, supplier.id, key)

        return sorted(self.suppliers, key=rank)

    def methods(self) -> dict[str, dict[str, Any]]:
        """The eleven rows of the Spend Analysis tab, by label."""

        def group(record: Record) -> str:
            return self.method[record.supplier] if record.supplier else "Unknown"

        overall = self.measures(lambda _: True)
        rows = {method: self.measures(lambda each, m=method: group(each) == m) for method in CATEGORY}  # type: ignore[misc]
        for category in ("Card", "Non-Card", "Unknown (category)"):
            rows[category] = self.measures(lambda each, c=category: CATEGORY[group(each)] == c)  # type: ignore[misc]
        rows["Overall"] = overall
        for row in rows.values():
            row["suppliers_share"] = over(row["suppliers_count"], overall["suppliers_count"])
            row["bills_count_share"] = over(row["bills_count"], overall["bills_count"])
            row["bills_amount_share"] = over(row["bills_amount"], overall["bills_amount"])
            row["expenses_count_share"] = over(row["expenses_count"], overall["expenses_count"])
            row["expenses_amount_share"] = over(row["expenses_amount"], overall["expenses_amount"])
        return rows

    def summary(self) -> dict[str, Any]:
        given, scale = self.plain.parameters, Fraction(12, self.months)
        cardable = [key for key in self.suppliers if self.method[key] in given.cardable_methods]
        found = [self.measures(lambda each, k=key: each.supplier == k) for key in cardable]  # type: ignore[misc]
        spend = sum((max(Fraction(0), each["total_spend"]) for each in found), Fraction(0)) * scale
        payments = sum(each["payments_count"] + each["expenses_count"] for each in found) * scale
        cashback, above = Fraction(0), Fraction(0)
        for tier in given.cashback_tiers:
            top = spend if tier.up_to is None else min(spend, Fraction(tier.up_to))
            cashback += max(Fraction(0), top - above) * Fraction(tier.rate)
            above = Fraction(tier.up_to or 0)
        hours = payments * Fraction(given.minutes_per_payment) / 60
        value = half_up(cashback, self.plain.digits)
        saved = half_up(hours * Fraction(given.hourly_rate), self.plain.digits)
        return {
            "cardable_suppliers_count": len(cardable),
            "cardable_spend": spend,
            "cardable_payments": payments,
            "cashback_value": value,
            "time_saved_hours": hours,
            "time_saved_value": saved,
            "annual_card_benefits": value + saved,
        }

    def has_spend(self, key: Key) -> bool:
        """Whether it has a bill, or an expense above zero, or a payment where payments are the spend."""
        return any(
            each.kind == "bill" or (each.total > 0 and (each.kind == "expense" or self._is_spend(each)))
            for each in self.records
            if each.supplier == key
        )

    def is_active(self, key: Key) -> bool:
        return any(each.kind == "bill" or each.total > 0 for each in self.records if each.supplier == key)

    def _is_late(self, bill: Record) -> bool:
        days = [day for day, _ in bill.cash if day <= self.end]
        return bool(bill.source.due_date and days and max(days) > bill.source.due_date)

    def _is_spend(self, record: Record) -> bool:
        books = record.books
        return record.kind == "payment" and not books.bills

    def _most_common(self, key: Key, kind: str, *, by_spend: bool) -> str:
        votes: dict[str, list[Record]] = defaultdict(list)
        for each in self.records:
            if each.supplier == key and each.kind != "bill" and each.total > 0 and getattr(each, kind):
                votes[getattr(each, kind)].append(each)
        if len(votes) > 1:
            votes.pop("Unknown", None)

        def rank(method: str) -> tuple[Any, ...]:
            mine = votes[method]
            first = (total(mine), len(mine)) if by_spend else (len(mine), total(mine))
            return (*first, max(each.day for each in mine), -TIES.index(method))

        return max(votes, key=rank, default="Unknown")
