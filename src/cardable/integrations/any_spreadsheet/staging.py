"""One recognised table as typed values: what each row says, what is wrong with it, whether it counts."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

import re
from dataclasses import dataclass, replace

from cardable.intake.model import FileReading, Table
from cardable.integrations.any_spreadsheet.columns import (
    Brought,
    Check,
    Need,
    brought,
    checks,
    header_currency,
    needs,
)
from cardable.integrations.any_spreadsheet.meanings import Meanings, first_row, grid
from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.totals import total
from cardable.integrations.any_spreadsheet.wanted import (
    DATES,
    TRANSACTIONS,
)


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A table of the delivery, typed, in the store; later numbers win over earlier ones."""

    number: int
    reading: FileReading
    table: Table
    names: frozenset[str]
    checks: tuple[Check, ...]
    needs: tuple[Need, ...]
    header_currency: str | None
    faults: int = 0
    """The bits of every fault that any of its rows has."""
    has_marks: bool = False
    """Whether amounts may have a currency written beside them."""
    has_shared_signs: bool = False
    """Whether currencies are given by signs such as `$`."""

    @property
    def stage(self) -> str:
        return f"stage_{self.number}"

    @property
    def kind(self) -> str:
        return self.table.kind

    @property
    def label(self) -> str:
        sheet = self.table.grid.sheet
        return f"{self.reading.file}, {sheet}," if sheet else self.reading.file


def stage(store: Store, number: int, reading: FileReading, table: Table) -> Staged:
    """Read a recognised table into the store, a column at a time.

    Most columns are written plainly throughout; the others are read with more care, once for each
    distinct value, which is known for sure only after a first try.
    """
    own = brought(table)
    checked = checks(table, own)
    staged = Staged(
        number=number,
        reading=reading,
        table=table,
        names=frozenset(own),
        checks=checked,
        needs=needs(table, own, checked),
        header_currency=header_currency(own),
    )
    meanings = Meanings(store, number, table, own)
    meanings.look_closer(meanings.odd_at_first(checked))
    wrong = _fill(store, staged, own, meanings)
    unclear = {check.column for check in checked if wrong & check.bit} - meanings.looked
    if unclear:
        meanings.look_closer(unclear)
        wrong = _fill(store, staged, own, meanings)
    marks, signs = _has_marks(own, meanings), meanings.has_shared_signs
    return replace(staged, faults=wrong, has_marks=marks, has_shared_signs=signs)


def _has_marks(own: Brought, meanings: Meanings) -> bool:
    """Whether amounts may have a currency written beside them."""
    return any(column in meanings.looked for column in own.get("amount", (None, []))[1])


def _fill(store: Store, staged: Staged, own: Brought, meanings: Meanings) -> int:
    """Make the table; every fault that any of its rows has."""
    table = staged.table
    sql = f"with cells as ({_cells(table, own)}), typed as ({_typed(own, meanings)}), "
    sql += f"said as ({_said(staged, own, meanings)}), dated as ({_dated(store, staged)}) "
    sql += _judged(staged)
    store.table(staged.stage, sql, [sorted(table.skipped)] if table.skipped else [])
    return int(store.value(f"select bit_or(faults) filter (not ignored) from {staged.stage}") or 0)


def _cells(table: Table, own: Brought) -> str:
    positions = sorted({column.position for _, columns in own.values() for column in columns})
    cells = ", ".join(["row", *(f"c{position}" for position in positions)])
    skipped = " and row not in (select unnest(?::integer[]))" if table.skipped else ""
    return f"select {cells} from {grid(table)} where row > {first_row(table)}{skipped}"


def _typed(own: Brought, meanings: Meanings) -> str:
    selected = ["cells.*"]
    for name, (wanted, columns) in own.items():
        for place, column in enumerate(columns):
            selected.append(f"{meanings.value(wanted, column)} as {name}_{place}")
    selected += [f"l{position}.blank as blank_{position}" for position in sorted(meanings.closer)]
    if "amount" in own:
        marks = [f"l{column.position}.mark" for column in own["amount"][1] if column in meanings.looked]
        selected += [f"coalesce({', '.join(marks)}, null) as mark"] if marks else []
    return f"select {', '.join(selected)} from cells {meanings.joins()}"


def _said(staged: Staged, own: Brought, meanings: Meanings) -> str:
    selected = ["row"]
    for name, (_, columns) in own.items():
        parts = [f"{name}_{place}" for place in range(len(columns))]
        whole = parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"
        selected.append(f"{whole} as {name}")
    if staged.kind in TRANSACTIONS and "currency" not in own:
        selected.append("cast(null as varchar) as currency")
    faults = [_fault(check, own, meanings) for check in staged.checks]
    selected.append(f"{' + '.join(faults) or '0'} as column_faults")
    if _has_marks(own, meanings):
        selected.append("mark")
    return f"select {', '.join(selected)} from typed"


def _fault(check: Check, own: Brought, meanings: Meanings) -> str:
    """The check's bit where its cell is filled and means nothing; a dash for "none" is no fault."""
    position = check.column.position
    value = f"{check.name}_{own[check.name][1].index(check.column)}"
    blank = f" or blank_{position}" if position in meanings.closer else ""
    return f"(case when {value} is not null or c{position} is null{blank} then 0 else {check.bit} end)"


def _dated(store: Store, staged: Staged) -> str:
    kind, names = staged.kind, staged.names
    own = [name for name in DATES.get(kind, ()) if name in names]
    day = f"coalesce({', '.join(own)}, null)" if own else "cast(null as DATE)"
    extra = f", {day} as day"
    if kind in TRANSACTIONS:
        extra += f", {total(store, kind, names, staged.number, staged.table)} as total"
        extra += f", {_ignored(kind, names)} as ignored"
    else:
        extra += ", false as ignored"
    return f"select *{extra} from said"


def _ignored(kind: str, names: frozenset[str]) -> str:
    """Rows that are no record of the kind: payments among bills, moves that are neither in nor out."""
    reasons = []
    if kind in ("bills", "credit_notes") and "document_type" in names:
        reasons.append("document_type is not distinct from 'Payment'")
    if "direction" in names:
        reasons.append("direction is not distinct from 'none'")
    return " or ".join(reasons) or "false"


def _judged(staged: Staged) -> str:
    known = staged.names | {"day", "total"}
    needs = []
    for need in staged.needs:
        used = set(re.findall(r"[a-z_]+", need.requirement.expression)) - {
            "coalesce",
            "case",
            "when",
            "then",
            "end",
        }
        expression = need.requirement.expression
        for name in used - known:
            expression = re.sub(rf"\b{name}\b", "null", expression)
        needs.append(f"(case when {expression} is null then {need.bit} else 0 end)")
    fatal = sum(check.bit for check in staged.checks if check.fatal) + sum(need.bit for need in staged.needs)
    faults = " + ".join(["column_faults", *needs])
    judged = f"select * exclude (column_faults), cast({faults} as BIGINT) as faults from dated"
    return f"select *, not ignored and (faults & {fatal}) <> 0 as rejected from ({judged})"
