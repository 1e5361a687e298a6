"""The Codat-compatible JSON form of every record, both ways; nothing else knows it.

What the form has no place for, or must fill where the record knows nothing, travels in
`supplementalData.content.cardable`, so that a record comes back as it went.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from cardable.records import exact_json
from cardable.records._wire_forms import FORMS
from cardable.records._wire_parts import (
    IncompleteRecord,
    Wire,
    at_midnight,
    camel,
    json_object,
    known,
    snake,
    turned,
)
from cardable.records.account import Account
from cardable.records.bill import Bill
from cardable.records.bill_credit_note import BillCreditNote
from cardable.records.bill_payment import BillPayment, PaymentLine, PaymentLink
from cardable.records.company_info import CompanyInfo
from cardable.records.expense import Expense
from cardable.records.payment_method import PaymentMethod
from cardable.records.rows import field_from, to_row
from cardable.records.supplier import Supplier
from cardable.records.values import LinkType

__all__ = ["DATA_TYPES", "IncompleteRecord", "from_wire", "to_wire"]

Record = TypeVar("Record")

DATA_TYPES: dict[type[Any], str] = {
    CompanyInfo: "company",
    Supplier: "suppliers",
    Bill: "bills",
    BillPayment: "billPayments",
    BillCreditNote: "billCreditNotes",
    Expense: "directCosts",
    Account: "accounts",
    PaymentMethod: "paymentMethods",
}
"""What the wire calls each kind of record."""

_OURS = "cardable"


def to_wire(record: Any, *, payments: Iterable[BillPayment] | None = None) -> Wire:
    """The record's wire form, its numbers decimals; unknown values are left out.

    Where `payments` is given, a bill or credit note lists those of them that were applied to it.
    """
    form = FORMS[type(record)]
    wire = form.to_wire(record)
    if payments is not None and type(record) in _LINK_TYPES:
        wire["paymentAllocations"] = _allocations(record, payments)
    supplement = json_object(getattr(record, "supplemental_data", None)) or {}
    content = {key: each for key, each in supplement.items() if key != _OURS}
    if content:
        wire["supplementalData"] = {"content": content}
    unsaid = _unsaid(record, _fields(type(record), wire))
    if unsaid:
        wire["supplementalData"] = {"content": {**content, _OURS: unsaid}}
    return wire


def from_wire(record: type[Record], wire: Mapping[str, Any]) -> Record:
    """The record of this type that the wire form holds; IncompleteRecord where it lacks what all have."""
    found = _fields(record, wire)
    ours = ((wire.get("supplementalData") or {}).get("content") or {}).get(_OURS)
    if isinstance(ours, dict):
        known = {field.name for field in fields(record)}  # type: ignore[arg-type]
        rest = {name: value for key, value in ours.items() if (name := snake(key)) in known}
        found |= {name: field_from(record, name, _renamed(value, snake)) for name, value in rest.items()}
    made: Record = FORMS[record].made(found)
    return made


def _fields(record: type[Any], wire: Mapping[str, Any]) -> dict[str, Any]:
    """What the standard form says of the record's fields."""
    found = FORMS[record].fields(wire)
    content = {
        key: each
        for key, each in ((wire.get("supplementalData") or {}).get("content") or {}).items()
        if key != _OURS
    }
    return found | {"supplemental_data": exact_json.dumps(content)} if content else found


def _unsaid(record: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that would come back as something else, by their names in camel case."""
    row = to_row(record)
    return {
        camel(field.name): _renamed(row[field.name], camel)
        for field in fields(record)
        if said.get(field.name, field.default) != getattr(record, field.name)
    }


def _renamed(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_renamed(each, rename) for each in value]
    if isinstance(value, Mapping):
        return {rename(key): _renamed(each, rename) for key, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value


_LINK_TYPES = {Bill: LinkType.BILL, BillCreditNote: LinkType.CREDIT_NOTE}


def _allocations(record: Any, payments: Iterable[BillPayment]) -> list[Wire]:
    return [
        {"payment": _payment(payment), "allocation": _allocation(record, payment, line, link)}
        for payment in payments
        for line in payment.lines
        for link in line.links
        if link.type is _LINK_TYPES[type(record)] and link.id == record.id
    ]


def _payment(payment: BillPayment) -> Wire:
    account = known(id=payment.account_id, name=payment.account_name)
    return known(
        id=payment.id,
        note=payment.note,
        reference=payment.reference,
        accountRef=account or None,
        currency=payment.currency,
        currencyRate=payment.currency_rate,
        paidOnDate=at_midnight(payment.date),
        totalAmount=payment.total_amount,
    )


def _allocation(record: Any, payment: BillPayment, line: PaymentLine, link: PaymentLink) -> Wire:
    """The part that went to the record, in the record's currency; negative where it lowers what is owed."""
    return known(
        currency=record.currency,
        currencyRate=link.currency_rate if link.currency_rate is not None else record.currency_rate,
        allocatedOnDate=at_midnight(line.allocated_on or payment.date),
        totalAmount=None if link.amount is None else turned(link.amount),
    )
