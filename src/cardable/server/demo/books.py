"""Made-up books of a company, as files of the kind its software would export."""

import csv
import io
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from cardable.metrics import months_before
from cardable.server.demo.people import Story
from cardable.server.demo.styles import STYLES, Style

MONTHS = 14
_PLACES = (
    ("Portland", "OR", "97201"), ("Reno", "NV", "89501"), ("Denver", "CO", "80202"), ("Boise", "ID", "83702"),
    ("Austin", "TX", "78701"), ("Madison", "WI", "53703"),
)  # fmt: skip
_PEOPLE = ("Ana Ruiz", "Daniel Okafor", "Mei Tanaka", "Lucas Berg", "Priya Nair", "Sofia Rossi", "Tom Walsh")
_PAID_BY = {
    "check": ("Check", "First National Checking 4471"),
    "ach": ("ACH", "First National Checking 4471"),
    "wire": ("Wire transfer", "First National Checking 4471"),
    "card": ("Credit card", "Amex Corporate 1009"),
    "debit": ("Debit card", "First National Debit 7730"),
    "cash": ("Cash", "Petty cash"),
    "": ("", ""),
}


@dataclass(frozen=True)
class Seller:
    """A supplier and its habits."""

    id: str
    name: str
    amount: int
    bills_a_month: float
    terms_days: int
    paid_by: str


@dataclass(frozen=True)
class Row:
    """A bill with what became of it, or an expense."""

    id: str
    seller: Seller
    day: date
    amount: Decimal
    paid_on: date | None


def made_files(story: Story, today: date) -> dict[str, bytes]:
    """Report to file content, the last fourteen months up to yesterday; always the same for a day."""
    chance = random.Random(f"{story.name} {today}")
    sellers = list(_sellers(story, chance))
    bills = list(_bills(story, sellers, chance, today))
    rows = {
        "suppliers": [_supplier(seller, chance) for seller in sellers],
        "bills": [_bill(row, story, today) for row in bills],
        "payments": [_payment(row, story, today) for row in bills if _is_paid(row, today)],
        "expenses": [_expense(row, story) for row in _expenses(story, sellers, chance, today)],
    }
    style = STYLES[story.style]
    return {report: _text(style, report, rows[report]) for report in story.brings}


def _sellers(story: Story, chance: random.Random) -> Iterator[Seller]:
    told = tomllib.loads(files(__package__).joinpath("suppliers.toml").read_text("utf-8"))
    for number, (name, amount, often, terms, how) in enumerate(told[story.business] + told["everyone"], 1):
        yield Seller(f"V{1000 + number}", name, round(amount * story.scale), often, terms, how)


def _bills(story: Story, sellers: Sequence[Seller], chance: random.Random, today: date) -> Iterator[Row]:
    number, first = 0, months_before(today, MONTHS)
    for place, seller in enumerate(sellers):
        day = first + timedelta(days=chance.randrange(30))
        # A few came lately, so that there are new suppliers to see.
        if place % 7 == 5:
            day = months_before(today, 4) + timedelta(days=chance.randrange(40))
        while day < today:
            number += 1
            settled = day + timedelta(days=max(1, round(chance.gauss(seller.terms_days + 4, 7))))
            amount = Decimal(round(seller.amount * chance.uniform(0.7, 1.35) * 100)) / 100
            yield Row(f"{number:05}", seller, day, amount, settled)
            day += timedelta(days=max(2, round(30 / seller.bills_a_month * chance.uniform(0.8, 1.2))))


def _expenses(story: Story, sellers: Sequence[Seller], chance: random.Random, today: date) -> Iterator[Row]:
    """Card purchases between the bills, mostly with those who take cards."""
    cards = [seller for seller in sellers if seller.paid_by in ("card", "debit")]
    for number in range(120):
        day = today - timedelta(days=chance.randrange(1, MONTHS * 30))
        seller = chance.choice(cards)
        amount = Decimal(round(seller.amount * chance.uniform(0.05, 0.5) * 100)) / 100
        yield Row(f"{number + 1:05}", seller, day, amount, None)


def _is_paid(row: Row, today: date) -> bool:
    return row.paid_on is not None and row.paid_on < today


def _supplier(seller: Seller, chance: random.Random) -> dict[str, Any]:
    city, region, postal_code = chance.choice(_PLACES)
    domain = "".join(filter(str.isalnum, seller.name.lower()))
    return {
        "supplier_id": seller.id,
        "supplier_name": seller.name,
        "contact_name": chance.choice(_PEOPLE),
        "email": f"billing@{domain}.example",
        "phone": f"(555) 01{chance.randrange(10)}-{chance.randrange(1000, 9999)}",
        "address": f"{chance.randrange(10, 990)} Market Street",
        "city": city,
        "region": region,
        "postal_code": postal_code,
    }


def _bill(row: Row, story: Story, today: date) -> dict[str, Any]:
    paid = _is_paid(row, today)
    return {
        "bill_id": f"INV-{row.id}",
        "supplier_id": row.seller.id,
        "supplier_name": row.seller.name,
        "issue_date": row.day,
        "due_date": row.day + timedelta(days=row.seller.terms_days),
        "currency": story.currency,
        "amount": row.amount,
        "amount_due": Decimal(0) if paid else row.amount,
        "status": "Paid" if paid else "Open",
    }


def _payment(row: Row, story: Story, today: date) -> dict[str, Any]:
    how, account = _PAID_BY[row.seller.paid_by]
    return {
        "payment_id": f"PAY-{row.id}",
        "supplier_id": row.seller.id,
        "supplier_name": row.seller.name,
        "payment_date": row.paid_on,
        "currency": story.currency,
        "amount": row.amount,
        "method": how,
        "account": account,
        "bill_id": f"INV-{row.id}",
    }


def _expense(row: Row, story: Story) -> dict[str, Any]:
    how, account = _PAID_BY[row.seller.paid_by]
    return {
        "expense_id": f"EXP-{row.id}",
        "supplier_id": row.seller.id,
        "supplier_name": row.seller.name,
        "issue_date": row.day,
        "currency": story.currency,
        "amount": row.amount,
        "method": how,
        "account": account,
    }


def _text(style: Style, report: str, rows: Sequence[dict[str, Any]]) -> bytes:
    headers = style.headers[report]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=style.delimiter)
    writer.writerow(headers.values())
    writer.writerows([_cell(row[name], style) for name in headers] for row in rows)
    return text.getvalue().encode(style.encoding)


def _cell(value: object, style: Style) -> str:
    if isinstance(value, date):
        return value.strftime(style.dates)
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", style.decimal_mark)
    return str(value)
