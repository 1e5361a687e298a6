"""The pieces of which a record's wire form is made, each able to go both ways."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from cardable.records import exact_json

Wire = dict[str, Any]


class IncompleteRecord(ValueError):
    """A wire form lacks what every record of its kind has."""


class Part(Protocol):
    """One or more fields of a record, and where the wire form keeps them."""

    def put(self, record: Any, wire: Wire) -> None:
        """Write the fields; what is not known is left out."""

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        """Read the fields back, those that are there."""


@dataclass(frozen=True)
class Plain:
    """A text or a yes or no; its wire name is the field's in camel case, unless told."""

    field: str
    name: str = ""

    @property
    def key(self) -> str:
        return self.name or camel(self.field)

    def encoded(self, value: Any) -> Any:
        return value

    def decoded(self, value: Any) -> Any:
        return value

    def put(self, record: Any, wire: Wire) -> None:
        value = getattr(record, self.field)
        if value is not None:
            wire[self.key] = self.encoded(value)

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        value = wire.get(self.key)
        return {} if value is None else {self.field: self.decoded(value)}


@dataclass(frozen=True)
class Number(Plain):
    """A decimal number."""

    def decoded(self, value: Any) -> Decimal:
        return number(value)


@dataclass(frozen=True)
class Needed(Number):
    """A number the wire form must have: another field's, or else a usual one, where it is not known."""

    instead: str = ""
    otherwise: Decimal = Decimal(0)

    def put(self, record: Any, wire: Wire) -> None:
        value = getattr(record, self.field)
        if value is None and self.instead:
            value = getattr(record, self.instead)
        wire[self.key] = self.otherwise if value is None else value


@dataclass(frozen=True)
class Totals:
    """Net, tax and total, all of which the wire form must have: what is not known follows from the rest."""

    tax_key: str = "taxAmount"

    def put(self, record: Any, wire: Wire) -> None:
        total, net, tax = record.total_amount, record.sub_total, record.tax_amount
        if tax is None:
            tax = Decimal(0) if net is None else total - net
        wire["subTotal"] = total - tax if net is None else net
        wire[self.tax_key], wire["totalAmount"] = tax, total

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        keys = {"sub_total": "subTotal", "tax_amount": self.tax_key, "total_amount": "totalAmount"}
        return {field: number(wire[key]) for field, key in keys.items() if wire.get(key) is not None}


@dataclass(frozen=True)
class Turned(Number):
    """A number whose sign the wire form turns."""

    def encoded(self, value: Any) -> Decimal:
        return turned(value)

    def decoded(self, value: Any) -> Decimal:
        return self.encoded(number(value))


@dataclass(frozen=True)
class Day(Plain):
    """A calendar date, at the midnight that begins it and without an offset."""

    def encoded(self, value: Any) -> str:
        return at_midnight(value)

    def decoded(self, value: Any) -> date:
        return date.fromisoformat(str(value)[:10])


@dataclass(frozen=True)
class Moment(Plain):
    """A time; `zone` is what the wire form writes after it, `Z` for UTC."""

    zone: str = ""

    def encoded(self, value: Any) -> str:
        return f"{value.isoformat()}{self.zone}"

    def decoded(self, value: Any) -> datetime:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


@dataclass(frozen=True)
class Word(Plain):
    """A word of a closed list; any other is `Unknown`."""

    words: tuple[str, ...] = ()
    kind: type[StrEnum] | None = None

    def encoded(self, value: Any) -> str:
        return str(value) if str(value) in self._words() else "Unknown"

    def decoded(self, value: Any) -> Any:
        word = self.encoded(value)
        return self.kind(word) if self.kind else word

    def _words(self) -> Sequence[str]:
        return tuple(self.kind) if self.kind else self.words


@dataclass(frozen=True)
class Text(Plain):
    """JSON text in the record that is an object on the wire, if it has the keys such an object needs."""

    needs: tuple[str, ...] = ()

    def put(self, record: Any, wire: Wire) -> None:
        found = json_object(getattr(record, self.field))
        if found is not None and all(key in found for key in self.needs):
            wire[self.key] = found

    def decoded(self, value: Any) -> str:
        return exact_json.dumps(value)


@dataclass(frozen=True)
class Many(Plain):
    """A list of smaller records, each in its own form."""

    form: "Form | None" = None

    def encoded(self, value: Any) -> list[Wire]:
        assert self.form is not None
        return [self.form.to_wire(each) for each in value]

    def decoded(self, value: Any) -> tuple[Any, ...]:
        assert self.form is not None
        return tuple(self.form.from_wire(each) for each in value)


@dataclass(frozen=True)
class Form:
    """How one kind of record looks on the wire."""

    record: type[Any]
    parts: tuple[Part, ...]

    def to_wire(self, record: Any) -> Wire:
        wire: Wire = {}
        for part in self.parts:
            part.put(record, wire)
        return wire

    def from_wire(self, wire: Mapping[str, Any]) -> Any:
        return self.made(self.fields(wire))

    def made(self, found: Mapping[str, Any]) -> Any:
        """The record with these fields; IncompleteRecord where one that it needs is not among them."""
        for field in fields(self.record):
            if field.default is MISSING and field.name not in found:
                raise IncompleteRecord(f"{self.record.__name__} {found.get('id')!r} has no {field.name!r}")
        return self.record(**found)

    def fields(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that the wire form holds."""
        return {field: value for part in self.parts for field, value in part.take(wire).items()}


def camel(name: str) -> str:
    """`tax_number` as `taxNumber`."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def snake(name: str) -> str:
    """`taxNumber` as `tax_number`."""
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", name)


def known(**values: Any) -> Wire:
    """Those of the values that are known."""
    return {name: value for name, value in values.items() if value is not None}


def turned(amount: Decimal) -> Decimal:
    """The amount with the other sign; zero has none."""
    return -amount if amount else Decimal(0)


def at_midnight(day: date) -> str:
    return datetime.combine(day, time()).isoformat()


def number(value: Any) -> Decimal:
    """A decimal from a JSON number; a float by its shortest form."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def json_object(text: str | None) -> dict[str, Any] | None:
    """The object the text holds; None where it holds none."""
    try:
        found = exact_json.loads(text) if text else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
