"""What a table brings: which columns each value is taken from, and what can be wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cardable.intake.model import Column, Table
from cardable.integrations.any_spreadsheet import words
from cardable.integrations.any_spreadsheet.wanted import (
    CURRENCY,
    DATE,
    NUMBER,
    RATIO,
    REQUIRED,
    TEXT,
    TRANSACTIONS,
    WANTED,
    Requirement,
    Wanted,
)

Brought = Mapping[str, tuple[Wanted, list[Column]]]
"""Each wanted name with its columns, best use first."""

_CARD_NUMBER = re.compile(
    r"\bcard (?:number|no|nr|num)\b|kartennummer|kaartnummer|numero (?:de carte|de tarjeta|do cartao)"
)


@dataclass(frozen=True, kw_only=True)
class Check:
    """A column whose cells can be wrong, and the bit that says so in `faults`."""

    bit: int
    column: Column
    form: str
    name: str
    fatal: bool


@dataclass(frozen=True, kw_only=True)
class Need:
    """A value each row needs, and the bit that says it is missing."""

    bit: int
    requirement: Requirement
    column: Column | None
    covered: int
    """Bits of the faults that explain the gap already."""


def brought(table: Table) -> Brought:
    """What the table brings; a customer is nobody's supplier."""
    by_use: dict[str, list[Column]] = {}
    for column in table.columns:
        by_use.setdefault(_use(table, column), []).append(column)
    found = {}
    for wanted in WANTED[table.kind]:
        columns = [column for use in wanted.uses for column in by_use.get(use, ())]
        if columns:
            found[wanted.name] = (wanted, columns)
    if table.counterparty == "customer" and "supplier_name" in found:
        _, columns = found.pop("supplier_name")
        found["contact"] = (Wanted("contact", TEXT, ()), columns)
    if table.counterparty == "customer":
        found.pop("supplier_id", None)
    return found


def _use(table: Table, column: Column) -> str:
    """The column's use; a card's number says which account paid."""
    cards = table.kind in TRANSACTIONS and _CARD_NUMBER.search(words.normalised(column.name))
    if cards and column.use in (None, "payment_reference", "bank_account"):
        return "account_name"
    return column.use or ""


def checks(table: Table, own: Brought) -> tuple[Check, ...]:
    fatal = {_first(own, need.names) for need in REQUIRED[table.kind]} | {"currency"}
    found: list[Check] = []
    for name, (wanted, columns) in own.items():
        if wanted.form in (DATE, NUMBER, RATIO, CURRENCY):
            for column in columns:
                bit = 1 << len(found)
                check = Check(bit=bit, column=column, form=wanted.form, name=name, fatal=name in fatal)
                found.append(check)
    return tuple(found)


def _first(own: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in own), None)


def needs(table: Table, own: Brought, checked: tuple[Check, ...]) -> tuple[Need, ...]:
    found = []
    for place, requirement in enumerate(REQUIRED[table.kind]):
        name = _first(own, requirement.names)
        covered = sum(check.bit for check in checked if check.name in requirement.names)
        column = own[name][1][0] if name else None
        bit = 1 << (len(checked) + place)
        found.append(Need(bit=bit, requirement=requirement, column=column, covered=covered))
    return tuple(found)


def header_currency(own: Brought) -> str | None:
    columns = [column for name in ("amount", "net", "due") if name in own for column in own[name][1]]
    return next(
        (code for code in map(words.currency_in_header, (each.name for each in columns)) if code), None
    )
