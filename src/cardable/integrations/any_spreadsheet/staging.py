"""One recognised table as typed values: what each row says, what is wrong with it, whether it counts."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cardable.intake.model import Column, FileReading, Table
from cardable.integrations.any_spreadsheet import dates, numbers, words
from cardable.integrations.any_spreadsheet.columns import (
    Brought,
    Check,
    Need,
    brought,
    checks,
    header_currency,
    needs,
)
from cardable.integrations.any_spreadsheet.store import Store, literal
from cardable.integrations.any_spreadsheet.totals import total
from cardable.integrations.any_spreadsheet.wanted import (
    CURRENCY,
    DATE,
    DATES,
    NUMBER,
    RATIO,
    SQL_TYPES,
    TRANSACTIONS,
    WORD,
    Wanted,
)

_PLACEHOLDERS = "('-', '--', '---', '–', '—', '/', '.', '?', 'n/a', 'N/A')"


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


def first_row(table: Table) -> int:
    """The last row, 1-based, that is header or above it."""
    return 0 if table.header_row is None else table.header_row + table.header_rows


def grid(table: Table) -> str:
    return f"read_parquet({literal(str(table.grid.data))})"


def stage(store: Store, number: int, reading: FileReading, table: Table) -> Staged:
    """Read a recognised table into the store, a column at a time."""
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
    joins = _lookups(store, number, table, own)
    sql = f"with cells as ({_cells(table, own)}), typed as ({_typed(table, own, joins)}), "
    sql += f"said as ({_said(own, checked)}), dated as ({_dated(store, staged)}) {_judged(staged)}"
    store.table(staged.stage, sql, [sorted(table.skipped)] if table.skipped else [])
    return staged


def _lookups(store: Store, number: int, table: Table, own: Brought) -> dict[int, str]:
    """A table of meanings for each column of words: how its distinct values are understood."""
    joins = {}
    for wanted, columns in own.values():
        if wanted.form not in (WORD, CURRENCY):
            continue
        for column in columns:
            cell = f"c{column.position}"
            found = store.rows(
                f"select distinct {cell} from {grid(table)} where row > ? and {cell} is not null limit 20001",
                [first_row(table)],
            )
            values = [value for (value,) in found] if len(found) <= 20_000 else []
            meanings = [_meaning(wanted, value, column.name) for value in values]
            joins[column.position] = f"words_{number}_{column.position}"
            store.table(
                joins[column.position],
                "select unnest(?::varchar[]) as raw, unnest(?::varchar[]) as meaning",
                [values, meanings],
            )
    return joins


def _meaning(wanted: Wanted, value: str, header: str) -> str | None:
    if wanted.form == CURRENCY:
        return value if value.strip() in words.SHARED_SIGNS else words.currency(value)
    assert wanted.vocabulary is not None
    meaning = words.meaning(wanted.vocabulary, value)
    turned = {"Active": "Archived", "Archived": "Active"}
    says_no = re.search(r"inactiv|blocked|disabled|archived|gesperrt|bloque", words.normalised(header))
    plain = words.normalised(value) in (
        "yes",
        "no",
        "true",
        "false",
        "1",
        "0",
        "y",
        "n",
        "ja",
        "nein",
        "oui",
        "non",
    )
    return turned.get(meaning or "", meaning) if says_no and plain else meaning


def _cells(table: Table, own: Brought) -> str:
    positions = sorted({column.position for _, columns in own.values() for column in columns})
    cells = ", ".join(["row", *(f"c{position}" for position in positions)])
    skipped = " and row not in (select unnest(?::integer[]))" if table.skipped else ""
    return f"select {cells} from {grid(table)} where row > {first_row(table)}{skipped}"


def _typed(table: Table, own: Brought, joins: Mapping[int, str]) -> str:
    selected = ["cells.*"]
    for name, (wanted, columns) in own.items():
        for place, column in enumerate(columns):
            selected.append(f"{_value(table, wanted, column)} as {name}_{place}")
    joined = " ".join(
        f"left join {name} as w{position} on w{position}.raw = cells.c{position}"
        for position, name in joins.items()
    )
    return f"select {', '.join(selected)} from cells {joined}"


def _value(table: Table, wanted: Wanted, column: Column) -> str:
    cell = f"cells.c{column.position}"
    if wanted.form == DATE:
        order = column.date_order or (table.date_order if table.date_order != "none" else None) or "DMY"
        return dates.day(cell, order, column.samples, _year(table) if order == "DM" else None)
    if wanted.form in (NUMBER, RATIO):
        return numbers.number(cell, column.decimal_mark or table.decimal_mark, SQL_TYPES[wanted.form])
    if wanted.form in (WORD, CURRENCY):
        return f"w{column.position}.meaning"
    return f"case when length({cell}) <= 3 and {cell} in {_PLACEHOLDERS} then null else {cell} end"


def _year(table: Table) -> int | None:
    """The year that the rows above the header name, for dates without one."""
    above = " ".join(cell for row in table.grid.head[: first_row(table)] for cell in row if cell)
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?:\d{4}|-\d{2}-\d{2})?(?!\d)", above)
    return int(years[-1]) if years else None


def _said(own: Brought, checks: tuple[Check, ...]) -> str:
    selected = ["row"]
    for name, (_, columns) in own.items():
        parts = [f"{name}_{place}" for place in range(len(columns))]
        selected.append(
            f"coalesce({', '.join(parts)}) as {name}" if len(parts) > 1 else f"{parts[0]} as {name}"
        )
    selected.append(f"{' + '.join(map(_fault, _placed(own, checks))) or '0'} as column_faults")
    if "amount" in own:
        marks = [numbers.currency_mark(f"c{column.position}") for column in own["amount"][1]]
        selected.append(f"coalesce({', '.join(marks)}, null) as mark")
    return f"select {', '.join(selected)} from typed"


def _placed(own: Brought, checks: tuple[Check, ...]) -> list[tuple[Check, str]]:
    """Each check with the typed value of its column."""
    return [(check, f"{check.name}_{own[check.name][1].index(check.column)}") for check in checks]


def _fault(placed: tuple[Check, str]) -> str:
    check, value = placed
    cell = f"c{check.column.position}"
    blank = dates.is_no_date(cell) if check.form == DATE else numbers.is_blank(cell)
    return (
        f"(case when {value} is not null or {cell} is null then 0 when {blank} then 0 else {check.bit} end)"
    )


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
