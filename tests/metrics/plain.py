"""The metrics a second time, straight from the specification: lists, dicts and fractions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from cardable.metrics import months_before
from cardable.records import Bill, BillPayment, Expense, LinkType, Supplier
from tests.metrics.books import Books, Case
from tests.metrics.plain_methods import methods_of, plain_text

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


class Plain:
    """Every figure of a case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.parameters = case.parameters
        self.table = {
            (rate.from_currency, rate.to_currency, rate.day): Fraction(rate.rate)
            for rate in case.parameters.exchange_rates
        }
        self.overrides = {
            (each.source, plain_text(each.value)): each.method.value
            for each in case.parameters.method_overrides
        }
        self.currency = self._report_currency()
        self.digits = DIGITS.get(self.currency, 2)
        self.names = self._suppliers()
        self.records = [record for books in case.books for record in self._records(books)]

    def window(self, start: date, end: date, months: int) -> "Window":
        return Window(self, start, end, months)

    @cached_property
    def main(self) -> "Window":
        period = self.case.period
        return self.window(period.start, period.end, period.months)

    def _report_currency(self) -> str:
        told = self.parameters.group_currency if self.case.is_group else None
        if told or self.case.base_currency:
            return told or self.case.base_currency or ""
        with_data = [b for b in self.case.books if b.suppliers or b.bills or b.payments or b.expenses]
        counted = Counter(books.base_currency or "" for books in with_data)
        return min(counted, key=lambda each: (-counted[each], each), default="")

    def _suppliers(self) -> dict[Key, Supplier]:
        """Details per supplier: of its most recently modified copy, else of the first."""
        copies: dict[Key, list[Supplier]] = defaultdict(list)
        for books in self.case.books:
            for supplier in books.suppliers:
                copies[books.source_instance, supplier.id].append(supplier)
        newest: dict[Key, Supplier] = {}
        for key, found in copies.items():
            dated = [each for each in found if each.modified_at]
            latest = max((each.modified_at for each in dated if each.modified_at), default=None)
            newest[key] = next((each for each in found if latest and each.modified_at == latest), found[0])
        self.canonical = {key: key for key in newest}
        if self.parameters.merge_by_tax_number:
            return self._merged(newest)
        return newest

    def _merged(self, newest: dict[Key, Supplier]) -> dict[Key, Supplier]:
        first: dict[tuple[str, str], Key] = {}
        details: dict[Key, Supplier] = {}
        for key, supplier in newest.items():
            country = supplier.addresses[0].country if supplier.addresses else None
            if supplier.tax_number and country:
                key_of_row = first.setdefault((supplier.tax_number.upper(), country.upper()), key)
            else:
                key_of_row = key
            self.canonical[key] = key_of_row
            other = details.get(key_of_row)
            if other is None or _newer(supplier, other):
                details[key_of_row] = supplier
        return details

    def _key(self, books: Books, supplier_id: str | None) -> Key | None:
        return self.canonical.get((books.source_instance, supplier_id)) if supplier_id else None

    def _records(self, books: Books) -> Iterable[Record]:
        bills = {bill.id: self._bill(books, bill) for bill in books.bills}
        payments = {payment.id: self._payment(books, payment, bills) for payment in books.payments}
        expenses = [self._expense(books, expense) for expense in books.expenses]
        for payment in payments.values():
            if payment.counts and payment.total > 0 and payment.base is not None:
                for bill_id, amount in links(payment.source, books.bills):
                    bill = bills[bill_id]
                    rate = self._bill_rate(books, bill.source)
                    if bill.base is not None and rate is not None:
                        part = self._base(books, amount, rate, bill.day)
                        bill.cash.append((payment.day, part or Fraction(0)))
        return [*bills.values(), *payments.values(), *expenses]

    def _bill(self, books: Books, bill: Bill) -> Record:
        rate = self._bill_rate(books, bill)
        due = bill.amount_due
        if due is None and bill.status == "Paid":
            due = Decimal(0)
        if due is None:
            paid = [
                amount
                for payment in books.payments
                if payment.status != "Void"
                for bill_id, amount in links(payment, books.bills)
                if bill_id == bill.id
            ]
            due = max(bill.total_amount - sum(paid, Decimal(0)), Decimal(0))
        owed = self._base(books, due, rate, bill.issue_date) if due > 0 else Fraction(0)
        return Record(
            kind="bill",
            id=bill.id,
            books=books,
            day=bill.issue_date,
            supplier=self._key(books, bill.supplier_id),
            source=bill,
            base=self._base(books, bill.total_amount, rate, bill.issue_date),
            due=owed or Fraction(0),
        )

    def _payment(self, books: Books, payment: BillPayment, bills: dict[str, Record]) -> Record:
        paid = [bills[bill_id] for bill_id, _ in links(payment, books.bills)]
        supplier = self._key(books, payment.supplier_id)
        if supplier is None:
            supplier = next((bill.supplier for bill in paid if bill.supplier), None)

        def lent() -> Decimal | None:
            return next(
                (
                    bill.source.currency_rate
                    for bill in paid
                    if bill.source.currency == payment.currency and (bill.source.currency_rate or 0) > 0
                ),
                None,
            )

        rate = self._rate(books, payment.currency, payment.currency_rate, lent, payment.date)
        erp, inferred, _ = self._method(payment)
        return Record(
            kind="payment",
            id=payment.id,
            books=books,
            day=payment.date,
            supplier=supplier,
            source=payment,
            base=self._base(books, payment.total_amount, rate, payment.date),
            erp=erp,
            inferred=inferred,
        )

    def _expense(self, books: Books, expense: Expense) -> Record:
        is_supplier = expense.contact_type in (None, "suppliers")
        rate = self._rate(books, expense.currency, expense.currency_rate, lambda: None, expense.issue_date)
        erp, inferred, _ = self._method(expense)
        return Record(
            kind="expense",
            id=expense.id,
            books=books,
            day=expense.issue_date,
            supplier=self._key(books, expense.supplier_id) if is_supplier else None,
            source=expense,
            base=self._base(books, expense.total_amount, rate, expense.issue_date),
            erp=erp,
            inferred=inferred,
        )

    def _method(self, record: BillPayment | Expense) -> tuple[str | None, str, int]:
        return methods_of(
            record.payment_method_type,
            record.payment_method,
            record.account_name,
            record.note,
            record.reference,
            self.overrides,
        )

    def _bill_rate(self, books: Books, bill: Bill) -> Fraction | None:
        def lent() -> Decimal | None:
            return next(
                (
                    payment.currency_rate
                    for payment in books.payments
                    if payment.status != "Void"
                    and payment.currency == bill.currency
                    and (payment.currency_rate or 0) > 0
                    and any(bill_id == bill.id for bill_id, _ in links(payment, books.bills))
                ),
                None,
            )

        return self._rate(books, bill.currency, bill.currency_rate, lent, bill.issue_date)

    def _rate(
        self,
        books: Books,
        currency: str | None,
        recorded: Decimal | None,
        lent: Callable[[], Decimal | None],
        day: date,
    ) -> Fraction | None:
        base = books.base_currency or ""
        if (currency or base) == base:
            return Fraction(1)
        if recorded is not None and recorded > 0:
            return Fraction(recorded)
        found = lent()
        return Fraction(found) if found else self._table_rate(currency or "", base, day)

    def _table_rate(self, source: str, target: str, day: date) -> Fraction | None:
        for older in range(8):
            if found := self.table.get((source, target, day - timedelta(days=older))):
                return found
        return None

    def _base(self, books: Books, amount: Decimal, rate: Fraction | None, day: date) -> Fraction | None:
        own = books.base_currency or ""
        onward = Fraction(1) if own == self.currency else self._table_rate(own, self.currency, day)
        if rate is None or onward is None:
            return None
        return half_up(half_up(Fraction(amount) * rate, DIGITS.get(own, 2)) * onward, self.digits)


class Window:
    """The figures of one period."""

    def __init__(self, plain: Plain, start: date, end: date, months: int) -> None:
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
        return record.kind == "payment" and not books.bills and not books.expenses

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


def _newer(one: Supplier, other: Supplier) -> bool:
    return one.modified_at is not None and (other.modified_at is None or one.modified_at > other.modified_at)
