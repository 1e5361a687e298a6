"""The table form of each record: one column a field, nested fields as lists of structs."""

import types
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from cardable.records.account import Account
from cardable.records.bill import Bill
from cardable.records.bill_credit_note import BillCreditNote
from cardable.records.bill_payment import BillPayment
from cardable.records.company_info import CompanyInfo
from cardable.records.expense import Expense
from cardable.records.payment_method import PaymentMethod
from cardable.records.supplier import Supplier
from cardable.records.values import Digits

RECORD_TYPES: dict[type[Any], str] = {
    CompanyInfo: "company_info",
    Supplier: "suppliers",
    Bill: "bills",
    BillPayment: "bill_payments",
    BillCreditNote: "bill_credit_notes",
    Expense: "expenses",
    Account: "accounts",
    PaymentMethod: "payment_methods",
}
"""Each record and the name of its table."""

_SCALARS = {str: "VARCHAR", date: "DATE", datetime: "TIMESTAMP", bool: "BOOLEAN", int: "BIGINT"}


def table_name(record: type[Any]) -> str:
    return RECORD_TYPES[record]


def columns(record: type[Any]) -> dict[str, str]:
    """The record's columns in order: name to SQL type (`DECIMAL(18,4)`, `STRUCT(…)[]`…)."""
    kind: Any = record
    return dict(_columns(kind))


@cache
def _columns(record: type[Any]) -> dict[str, str]:
    hints = get_type_hints(record, include_extras=True)
    return {field.name: _sql_type(hints[field.name]) for field in fields(record)}


def whole(record: type[Any], present: Iterable[str]) -> str:
    """The record's columns in order, as a select list over a table that has those `present`.

    A table may leave out what no source brought: lists are empty there, flags false, the rest null.
    """
    there = frozenset(present)
    return ", ".join(
        f'"{name}"' if name in there else f'cast({_blank(kind)} as {kind}) as "{name}"'
        for name, kind in columns(record).items()
    )


def _blank(kind: str) -> str:
    if kind.endswith("[]"):
        return "[]"
    return "false" if kind == "BOOLEAN" else "null"


def _sql_type(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        digits = next(extra for extra in arguments[1:] if isinstance(extra, Digits))
        return f"DECIMAL({digits.precision},{digits.scale})"
    if origin in (Union, types.UnionType):
        return _sql_type(next(part for part in arguments if part is not type(None)))
    if origin is tuple:
        return f"{_sql_type(arguments[0])}[]"
    if is_dataclass(hint) and isinstance(hint, type):
        inside = ", ".join(f'"{name}" {kind}' for name, kind in columns(hint).items())
        return f"STRUCT({inside})"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "VARCHAR"
    if hint is Decimal:
        raise TypeError("a decimal field needs its digits: use Money, Rate or Quantity")
    return _SCALARS[hint]


def text_literal(text: str) -> str:
    """The text as SQL writes it, in single quotes."""
    return "'" + text.replace("'", "''") + "'"
