"""A record as a row of plain values, and back."""

import types
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_row(record: Any) -> dict[str, Any]:
    """The record's columns: tuples as lists, words of closed lists as text."""
    return {name: _plain(value) for name, value in asdict(record).items()}


def from_row(record: type[Record], row: dict[str, Any]) -> Record:
    """The record that `to_row` took apart, also where JSON turned its dates and numbers into plain ones."""
    kind: Any = record
    hints = _hints(kind)
    return record(**{name: _restored(hints[name], value) for name, value in row.items()})


def field_from(record: Any, name: str, value: Any) -> Any:
    """One field of the record from its plain value."""
    return _restored(_hints(record)[name], value)


@cache
def _hints(record: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    return {field.name: hints[field.name] for field in fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value


def _restored(hint: Any, value: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return tuple(_restored(arguments[0], each) for each in value or ())
    if value is None:
        return None
    if origin is Annotated:
        return _restored(arguments[0], value)
    if origin in (Union, types.UnionType):
        return _restored(next(part for part in arguments if part is not type(None)), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_row(hint, value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if hint is Decimal:
        return Decimal(str(value)) if not isinstance(value, Decimal) else value
    if hint in (date, datetime) and isinstance(value, str):
        return hint.fromisoformat(value)
    return value
