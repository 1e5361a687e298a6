"""The metrics a second time, straight from the specification: lists, dicts and fractions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from cardable.records import Bill, BillPayment, Expense, Supplier
from tests.metrics.books import Books, Case
from tests.metrics.plain_methods import methods_of, plain_text
from tests.metrics.plain_records import (
    DIGITS,
    Key,
    Record,
    half_up,
    links,
    newer,
)
from tests.metrics.plain_window import Window


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

    def window(self, start: date, end: date, months: int) -> Window:
        return Window(self, start, end, months)

    @cached_property
    def main(self) -> Window:
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
            if other is None or newer(supplier, other):
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
