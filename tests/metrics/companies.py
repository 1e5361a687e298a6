"""Random small companies in which every rule of the metrics has something to do."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from cardable.metrics import ExchangeRate, MethodOverride, Parameters, Period, Tier
from cardable.records import (
    Address,
    Bill,
    BillPayment,
    BillStatus,
    Expense,
    LinkType,
    Method,
    PaymentLine,
    PaymentLink,
    Supplier,
)
from cardable.records.values import PaymentStatus
from tests.metrics.books import Books, Case

Each = TypeVar("Each")

CURRENCIES = ("USD", "USD", "USD", "EUR", "JPY", "KWD", "GBP")
AMOUNTS = ("0", "0.005", "1", "9.99", "100", "100", "250.125", "1000", "3333.33", "-40", "-100")
NAMES = (
    "Acme",
    "acme ",
    "Ümlaut & Söhne",
    "شركة النور",
    "株式会社",
    "=SUM(A1)",
    "Straße 9",
    "STRASSE 9",
    "Zed",
    None,
)
METHODS = (
    None,
    None,
    None,
    "Check",
    "ACH",
    "Visa Debit",
    "Visa ****4242",
    "CC",
    "n/a",
    "--",
    "Contra",
    "Cash",
    "Chèque",
)
ACCOUNTS = (
    None,
    "Operating Account",
    "Chase Checking 4471",
    "Amex 1009",
    "Petty cash",
    "Cash at bank",
    "Carte de crédit",
)
NOTES = (
    None,
    None,
    "Check #20114",
    "wire_88213",
    "Virement SEPA",
    "Paid cash",
    "money order 7",
    "Checkout Ltd",
    "票check",
)
TYPED = (None, None, None, None, "CreditCard", "Other", "Unknown")


def random_case(seed: int, *, companies: int) -> Case:
    """So many companies in one group, the same for the same seed."""
    return _Maker(seed).case(companies)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.currency = "USD"
        self.months = self.one((12, 12, 3, 1, 7, 24))
        end = self.one(
            (date(2026, 6, 30), date(2024, 2, 29), date(2024, 2, 28), date(2025, 3, 1), date(2026, 5, 31))
        )
        self.period = Period.ending(end, self.months)

    def one(self, of: Sequence[Each]) -> Each:
        return self.dice.choice(of)

    def often(self, chance: float) -> bool:
        return self.dice.random() < chance

    def case(self, companies: int) -> Case:
        books = tuple(self.books(number) for number in range(companies))
        run_date = self.period.end + timedelta(days=1)
        return Case(books=books, period=self.period, run_date=run_date, parameters=self.parameters())

    def parameters(self) -> Parameters:
        tiers = (Tier(up_to=Decimal(500), rate=Decimal("0.035")), Tier(up_to=None, rate=Decimal("0.0125")))
        return Parameters(
            months=self.months,
            threshold=Decimal(self.one(("0", "1", "100", "1000"))),
            cashback_tiers=self.one((tiers, Parameters().cashback_tiers)),
            minutes_per_payment=Decimal(self.one(("3", "2.5"))),
            cardable_methods=self.one((Parameters().cardable_methods, (Method.CHECK, Method.UNKNOWN))),
            method_overrides=self.one(
                ((), (MethodOverride(source="text", value="INV 7!", method=Method.CASH),))
            ),
            exchange_rates=tuple(self.rates()) if self.often(0.6) else (),
            group_currency=self.one((None, None, "EUR")),
            merge_by_tax_number=self.often(0.3),
        )

    def rates(self) -> list[ExchangeRate]:
        pairs = {(self.one(CURRENCIES), self.one(CURRENCIES)) for _ in range(8)}
        days = {self.day() for _ in range(6)}
        return [
            ExchangeRate(
                day=day,
                from_currency=one,
                to_currency=other,
                rate=Decimal(self.dice.randint(1, 3 * 10**6)) / 10**6,
            )
            for one, other in sorted(pairs)
            for day in sorted(days)
        ]

    def books(self, number: int) -> Books:
        self.currency = self.one(CURRENCIES)
        suppliers = [self.supplier(each) for each in range(self.one((0, 1, 3, 3, 6)))]
        bills = () if self.often(0.2) else tuple(self.bill(each) for each in range(self.one((0, 1, 6, 14))))
        payments = tuple(self.payment(each, bills) for each in range(self.one((0, 4, 12, 18))))
        expenses = (
            () if self.often(0.15) else tuple(self.expense(each) for each in range(self.one((0, 1, 8))))
        )
        return Books(
            id=f"entity-{number}",
            name=f"Entity {number}",
            # Some share their suppliers with others, most are on their own.
            source_instance=self.one(("erp-1", "erp-2", f"own-{number}", f"own-{number}")),
            base_currency=self.currency,
            suppliers=tuple(suppliers),
            bills=bills,
            payments=payments,
            expenses=expenses,
        )

    def supplier(self, number: int) -> Supplier:
        return Supplier(
            id=f"S{number}",
            supplier_name=self.one(NAMES),
            tax_number=self.one((None, None, "de-1", "DE-1", "T2")),
            addresses=(Address(country=self.one((None, "Germany", "germany"))),) if self.often(0.7) else (),
            modified_at=datetime(2025, 1, self.dice.randint(1, 28)) if self.often(0.5) else None,
        )

    def bill(self, number: int) -> Bill:
        issued = self.day()
        return Bill(
            id=f"B{number}",
            issue_date=issued,
            due_date=issued + timedelta(days=self.one((-5, 0, 14, 30, 30, 45))) if self.often(0.8) else None,
            amount_due=self.amount() if self.often(0.4) else None,
            status=self.one(
                (
                    *(BillStatus.OPEN,) * 6,
                    BillStatus.PAID,
                    BillStatus.VOID,
                    BillStatus.DRAFT,
                    BillStatus.UNKNOWN,
                )
            ),
            **self.shared(),
        )

    def payment(self, number: int, bills: Sequence[Bill]) -> BillPayment:
        return BillPayment(
            id=f"P{number}",
            date=self.day(),
            status=self.one((*(PaymentStatus.ACTIVE,) * 6, PaymentStatus.VOID)),
            lines=tuple(self.line(bills) for _ in range(self.one((0, 1, 1, 2)))),
            **self.paid_by(),
            **self.shared(),
        )

    def line(self, bills: Sequence[Bill]) -> PaymentLine:
        ids = [bill.id for bill in bills] + ["B99"]
        links = [
            PaymentLink(
                type=self.one((LinkType.BILL, LinkType.BILL, LinkType.BILL, LinkType.CREDIT_NOTE)),
                id=self.one(ids),
                amount=self.amount() if self.often(0.8) else None,
            )
            for _ in range(self.one((0, 1, 1, 2, 3)))
        ]
        # A link names a bill once in a line.
        return PaymentLine(amount=self.amount(), links=tuple({link.id: link for link in links}.values()))

    def expense(self, number: int) -> Expense:
        return Expense(
            id=f"X{number}",
            issue_date=self.day(),
            contact_type=self.one((None, None, "suppliers", "customers")),
            **self.paid_by(),
            **self.shared(),
        )

    def paid_by(self) -> dict[str, Any]:
        return {
            "payment_method_type": self.one(TYPED),
            "payment_method": self.one(METHODS),
            "account_name": self.one(ACCOUNTS),
            "note": self.one(NOTES),
            "reference": self.one((None, "20071", "inv-7", "eCheck 4")),
        }

    def shared(self) -> dict[str, Any]:
        return {
            "supplier_id": self.one((None, "S0", "S0", "S0", "S1", "S2", "S9")),
            "currency": self.currency if self.often(0.6) else self.one((*CURRENCIES, None)),
            "currency_rate": self.one((None, None, Decimal("1.1"), Decimal("0.9123456"), Decimal(0))),
            "total_amount": self.amount(),
        }

    def amount(self) -> Decimal:
        return Decimal(self.one(AMOUNTS))

    def day(self) -> date:
        """A day near an edge of the period, or anywhere in and around it."""
        edges = (self.period.start, self.period.end)
        if self.often(0.2):
            return self.one(edges) + timedelta(days=self.dice.randint(-2, 2))
        # A few days in the middle, so that many records meet there and dates tie.
        if self.often(0.5):
            return self.period.end - timedelta(days=self.one((0, 5, 19, 19, 35, 49, 95)))
        span = (self.period.end - self.period.start).days
        return self.period.start + timedelta(days=self.dice.randint(-60, span + 20))
