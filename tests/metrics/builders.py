"""Short ways to write down a supplier, a bill, a payment and an expense."""

from datetime import date
from decimal import Decimal
from typing import Any

from cardable.records import Bill, BillPayment, Expense, LinkType, PaymentLine, PaymentLink, Supplier

DAY = date(2026, 3, 2)


def supplier(id: str = "S1", name: str | None = None, **more: Any) -> Supplier:
    return Supplier(id=id, supplier_name=f"Supplier {id}" if name is None else name, **more)


def bill(id: str, amount: str = "100", *, on: date = DAY, of: str | None = "S1", **more: Any) -> Bill:
    given: dict[str, Any] = {"currency": "USD", "amount_due": Decimal(0)} | more
    return Bill(id=id, supplier_id=of, issue_date=on, total_amount=Decimal(amount), **given)


def payment(
    id: str, amount: str = "100", *, on: date = DAY, of: str | None = "S1", **more: Any
) -> BillPayment:
    """A payment; `pays` maps bills to the amounts applied to them, None for an unsaid one."""
    given: dict[str, Any] = {"currency": "USD"} | more
    pays = given.pop("pays", {})
    links = tuple(
        PaymentLink(type=LinkType.BILL, id=key, amount=Decimal(part) if part is not None else None)
        for key, part in pays.items()
    )
    lines = (PaymentLine(amount=Decimal(amount), links=links),) if links else ()
    return BillPayment(
        id=id, supplier_id=of, date=on, total_amount=Decimal(amount), **({"lines": lines} | given)
    )


def expense(id: str, amount: str = "100", *, on: date = DAY, of: str | None = "S1", **more: Any) -> Expense:
    given: dict[str, Any] = {"currency": "USD"} | more
    return Expense(id=id, supplier_id=of, issue_date=on, total_amount=Decimal(amount), **given)
