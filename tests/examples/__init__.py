"""Harbor Foods: a group of two small companies, every figure worked out by hand.

The CSV files and `expected.json` lie in `harbor_foods/`; here they are read straight into records, with no
part of the program between, so that a metric is tested on exactly these facts.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cardable import snapshots
from cardable.metrics import Customer, Entity, ImportedDate, Parameters, Period
from cardable.records import (
    Address,
    Bill,
    BillCreditNote,
    BillPayment,
    BillStatus,
    CompanyInfo,
    CreditNoteStatus,
    Expense,
    LinkType,
    PaymentLine,
    PaymentLink,
    PhoneNumber,
    Supplier,
    SupplierStatus,
    WebLink,
)
from cardable.records.values import PaymentStatus

HARBOR_FOODS = Path(__file__).parent / "harbor_foods"
RUN_DATE = date(2026, 7, 1)
PERIOD = Period.ending(date(2026, 6, 30), 12)
PARAMETERS = Parameters(threshold=Decimal("500.00"))

Row = dict[str, str]


def expected() -> dict[str, Any]:
    """Every figure of the worked example, as its file has them."""
    found: dict[str, Any] = json.loads((HARBOR_FOODS / "expected.json").read_text("utf-8"))
    return found


def harbor_foods(folder: Path) -> Customer:
    """The group, its entities' snapshots written below `folder`."""
    group, *entities = _rows("companies.csv")
    return Customer(
        id=group["company_id"],
        name=group["name"],
        entities=tuple(_entity(row, folder) for row in entities),
        is_group=True,
        base_currency=group["base_currency"],
    )


def harbor_entity(folder: Path, company_id: str) -> Customer:
    """One entity of the group as a customer of its own."""
    group = harbor_foods(folder)
    (entity,) = (each for each in group.entities if each.id == company_id)
    info = entity.snapshot.read(CompanyInfo)[0]
    return replace(
        group,
        id=entity.id,
        name=entity.name,
        entities=(entity,),
        is_group=False,
        info=info,
        base_currency=entity.base_currency,
    )


def imported_dates() -> tuple[ImportedDate, ...]:
    """When an earlier report first had each supplier."""
    return tuple(
        ImportedDate(
            company_id=row["company_id"],
            supplier_id=row["supplier_id"],
            imported_on=date.fromisoformat(row["imported_date"]),
        )
        for row in _rows("imported_dates.csv")
    )


def _rows(name: str) -> list[Row]:
    with (HARBOR_FOODS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _entity(row: Row, folder: Path) -> Entity:
    def own(name: str, make: Callable[[Row], Any]) -> Iterable[Any]:
        return [make(each) for each in _rows(name) if each["company_id"] == row["company_id"]]

    links = _links()
    snapshot = snapshots.write(
        folder / row["company_id"],
        {
            CompanyInfo: [_company_info(row)],
            Supplier: own("suppliers.csv", _supplier),
            Bill: own("bills.csv", _bill),
            BillPayment: own("bill_payments.csv", lambda each: _payment(each, links[each["payment_id"]])),
            BillCreditNote: own("bill_credit_notes.csv", _credit_note),
            Expense: own("expenses.csv", _expense),
        },
        as_of=PERIOD.end,
    )
    return Entity(
        id=row["company_id"],
        name=row["name"],
        snapshot=snapshot,
        source_instance=row["source_instance"],
        base_currency=row["base_currency"],
    )


def _links() -> dict[str, list[PaymentLink]]:
    links: dict[str, list[PaymentLink]] = defaultdict(list)
    for row in _rows("payment_allocations.csv"):
        link = PaymentLink(type=LinkType(row["link_type"]), id=row["link_id"], amount=Decimal(row["amount"]))
        links[row["payment_id"]].append(link)
    return links


def _company_info(row: Row) -> CompanyInfo:
    return CompanyInfo(
        company_name=row["name"],
        registration_number=row["registration_number"],
        tax_number=row["tax_number"],
        phone_numbers=(PhoneNumber(number=row["phone"], type="Primary"),),
        addresses=(Address(line1=row["address"]),),
        web_links=(WebLink(url=row["web_link"]),),
        base_currency=row["base_currency"],
        source_instance=row["source_instance"],
    )


def _supplier(row: Row) -> Supplier:
    address = Address(
        line1=row["address_line_1"] or None,
        line2=row["address_line_2"] or None,
        city=row["city"] or None,
        region=row["region"] or None,
        country=row["country"] or None,
        postal_code=row["postal_code"] or None,
    )
    return Supplier(
        id=row["supplier_id"],
        supplier_name=row["supplier_name"],
        contact_name=row["contact_name"] or None,
        email=row["email"] or None,
        phone=row["phone"] or None,
        tax_number=row["tax_number"] or None,
        account_number=row["account_number"] or None,
        addresses=(address,),
        status=SupplierStatus(row["status"]),
    )


def _bill(row: Row) -> Bill:
    return Bill(
        id=row["bill_id"],
        issue_date=date.fromisoformat(row["issue_date"]),
        due_date=date.fromisoformat(row["due_date"]) if row["due_date"] else None,
        amount_due=Decimal(row["amount_due"]),
        status=BillStatus(row["status"]),
        reference=row["reference"] or None,
        **_shared(row),
    )


def _payment(row: Row, links: list[PaymentLink]) -> BillPayment:
    return BillPayment(
        id=row["payment_id"],
        date=date.fromisoformat(row["date"]),
        status=PaymentStatus(row["status"]),
        lines=(PaymentLine(amount=Decimal(row["total_amount"]), links=tuple(links)),) if links else (),
        **_paid_by(row),
        **_shared(row),
    )


def _expense(row: Row) -> Expense:
    return Expense(
        id=row["expense_id"],
        issue_date=date.fromisoformat(row["issue_date"]),
        contact_name=row["contact_name"] or None,
        **_paid_by(row),
        **_shared(row),
    )


def _credit_note(row: Row) -> BillCreditNote:
    return BillCreditNote(
        id=row["credit_note_id"],
        issue_date=date.fromisoformat(row["issue_date"]),
        remaining_credit=Decimal(row["remaining_credit"]),
        status=CreditNoteStatus(row["status"]),
        **_shared(row),
    )


def _paid_by(row: Row) -> dict[str, Any]:
    names = ("payment_method", "account_name", "reference")
    return {name: row[name] or None for name in names}


def _shared(row: Row) -> dict[str, Any]:
    shared: dict[str, Any] = {
        "supplier_id": row["supplier_id"] or None,
        "currency": row["currency"],
        "currency_rate": Decimal(row["currency_rate"]) if row["currency_rate"] else None,
        "total_amount": Decimal(row["total_amount"]),
    }
    return shared | ({"note": row["note"] or None} if "note" in row else {})
