"""The pieces of a wire form that name other records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cardable.records._wire_parts import Wire, at_midnight, known, number, turned


@dataclass(frozen=True)
class Reference:
    """Another record named by its id: `{id, name}`; left out without an id where the wire form needs one."""

    key: str
    fields: tuple[tuple[str, str], ...]
    """Field of the record and its name in the reference, the id first."""
    needs_id: bool = True
    fixed: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()

    def put(self, record: Any, wire: Wire) -> None:
        found = {name: value for field, name in self.fields if (value := getattr(record, field)) is not None}
        if found and ("id" in found or not self.needs_id):
            wire[self.key] = {**found, **dict(self.fixed)}

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        found = wire.get(self.key) or {}
        return {
            field: number(found[name]) if name in self.numbers else found[name]
            for field, name in self.fields
            if found.get(name) is not None
        }


@dataclass(frozen=True)
class MethodReference:
    """`paymentMethodRef`; a method without an id of its own is named by its name."""

    def put(self, record: Any, wire: Wire) -> None:
        identity = record.payment_method_id or record.payment_method
        if identity:
            wire["paymentMethodRef"] = known(id=identity, name=record.payment_method)

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        found = wire.get("paymentMethodRef") or {}
        identity, name = found.get("id"), found.get("name")
        return known(payment_method_id=None if identity == name else identity, payment_method=name)


@dataclass(frozen=True)
class Contact:
    """`contactRef`: who was paid, and whether that is a supplier or a customer."""

    def put(self, record: Any, wire: Wire) -> None:
        kind = record.contact_type if record.contact_type in ("suppliers", "customers") else None
        if record.supplier_id is not None:
            wire["contactRef"] = known(id=record.supplier_id, dataType=kind)

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        found = wire.get("contactRef") or {}
        return known(supplier_id=found.get("id"), contact_type=found.get("dataType"))


@dataclass(frozen=True)
class PaidAtOnce:
    """`paymentAllocations` of an expense: itself, paid in full on its day from its account."""

    def put(self, record: Any, wire: Wire) -> None:
        day, currency = at_midnight(record.issue_date), record.currency or "XXX"
        account = known(id=record.account_id, name=record.account_name)
        money = known(currency=currency, currencyRate=record.currency_rate)
        payment = known(
            id=record.id, note=record.note, reference=record.reference, accountRef=account or None
        )
        wire["paymentAllocations"] = [
            {
                "payment": {**payment, **money, "paidOnDate": day, "totalAmount": record.total_amount},
                "allocation": {**money, "allocatedOnDate": day, "totalAmount": turned(record.total_amount)},
            }
        ]

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        payments = [each.get("payment") or {} for each in wire.get("paymentAllocations") or ()]
        account: Mapping[str, Any] = next(
            (each["accountRef"] for each in payments if each.get("accountRef")), {}
        )
        return known(account_id=account.get("id"), account_name=account.get("name"))
