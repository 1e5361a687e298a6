"""Rows that cannot be believed: what is wrong with each, and what to do."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardable.intake.model import Problem
from cardable.integrations.any_spreadsheet import numbers
from cardable.integrations.any_spreadsheet.columns import Check, Need
from cardable.integrations.any_spreadsheet.gaps import GAPS
from cardable.integrations.any_spreadsheet.meanings import grid
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.wanted import CURRENCY, DATE
from cardable.language import noted, said

_TABLE = "problem_rows"
_COLUMNS = (
    '"file" VARCHAR, sheet VARCHAR, "row" INTEGER, "column" VARCHAR, "value" VARCHAR, code VARCHAR, '
    "wrong VARCHAR, remedy VARCHAR, rejects_row BOOLEAN"
)
_NOT_A_DATE = ("NOT_A_DATE", noted("“{value}” is not a date."), noted("Use YYYY-MM-DD."))
_NOT_A_CURRENCY = (
    "NOT_A_CURRENCY",
    noted("“{value}” is not a currency."),
    noted("Use a three-letter code such as USD."),
)
_NOT_A_NUMBER = (
    "NOT_A_NUMBER",
    noted("“{value}” is not an amount."),
    noted("Use digits with one decimal mark, such as 1234.56."),
)
_TOO_LARGE = (
    "TOO_LARGE",
    noted("“{value}” is too large."),
    noted("Use at most 14 digits before the decimal mark; an ID may have slipped into this column."),
)
_NO_SUCH_PAYMENT = (
    "NO_SUCH_PAYMENT",
    noted("There is no payment “{value}” in the files."),
    noted("Bring the payment, or correct the ID."),
)


@dataclass(frozen=True)
class Counts:
    """How the rows of one table fared; blank rows are not rows."""

    accepted: int
    rejected: int
    ignored: int

    def less(self, lost: int) -> "Counts":
        """The counts when so many accepted rows are rejected after all."""
        return Counts(self.accepted - lost, self.rejected + lost, self.ignored)


def begin(store: Store) -> None:
    store.run(f"create table {_TABLE} ({_COLUMNS})")


def collect(store: Store, staged: Staged) -> Counts:
    """Write down every fault of the table, drop its blank rows, and count the rest."""
    fatal = sum(check.bit for check in staged.checks if check.fatal) + sum(need.bit for need in staged.needs)
    _ignore_income(store, staged)
    if staged.faults & fatal:
        cells = ", ".join(f"c{position}" for position in range(staged.table.grid.columns))
        store.run(
            f"delete from {staged.stage} where rejected and row in "
            f"(select row from {grid(staged.table)} where coalesce({cells}, null) is null)"
        )
    for check in staged.checks:
        if staged.faults & check.bit:
            _write_faults(store, staged, check)
    for need in staged.needs:
        if staged.faults & need.bit:
            _write_gaps(store, staged, need)
    counted = f"select count(*), count(*) filter (rejected), count(*) filter (ignored) from {staged.stage}"
    rows, rejected, ignored = store.row(counted)
    return Counts(rows - rejected - ignored, rejected, ignored)


def _ignore_income(store: Store, staged: Staged) -> None:
    """Money that comes in is a refund if its party was paid or it is called one; else it is no spending."""
    if not {"direction", "supplier_name"} <= staged.names:
        return
    refund = "document_type is not distinct from 'Credit'" if "document_type" in staged.names else "false"
    paid = f"select supplier_name from {staged.stage} where direction = 'out' and supplier_name is not null"
    store.run(
        f"update {staged.stage} set ignored = true, rejected = false where direction = 'in' and not {refund} "
        f"and coalesce(supplier_name not in ({paid}), true)"
    )


def _write_faults(store: Store, staged: Staged, check: Check) -> None:
    cell = f"g.c{check.column.position}"
    if check.form == DATE:
        kinds = [("true", _NOT_A_DATE)]
    elif check.form == CURRENCY:
        kinds = [("true", _NOT_A_CURRENCY)]
    else:
        large = numbers.is_too_large(cell)
        kinds = [(large, _TOO_LARGE), (f"not {large}", _NOT_A_NUMBER)]
    for condition, (code, wrong, remedy) in kinds:
        _insert(store, staged, cell, f"(faults & {check.bit}) <> 0 and {condition}",
                [check.column.name, code, wrong, remedy, check.fatal])  # fmt: skip


def _write_gaps(store: Store, staged: Staged, need: Need) -> None:
    gap = GAPS[need.requirement.thing]
    code = "NO_DATE" if need.requirement.thing == "date" else "MISSING_VALUE"
    remedy = said(gap.fill, column=need.column.name) if need.column else gap.bring
    cell = f"g.c{need.column.position}" if need.column else "cast(null as varchar)"
    condition = f"(faults & {need.bit}) <> 0 and (faults & {need.covered}) = 0"
    _insert(store, staged, cell, condition, [need.column and need.column.name, code, gap.wrong, remedy, True])


def _insert(store: Store, staged: Staged, cell: str, condition: str, values: Sequence[object]) -> None:
    column, code, wrong, remedy, rejects = values
    store.run(
        f"insert into {_TABLE} select ?, ?, s.row, ?, {cell}, ?, "
        f"replace(?, '{{value}}', coalesce({cell}, '')), ?, ? "
        f"from {staged.stage} s join {grid(staged.table)} g on g.row = s.row "
        f"where not s.ignored and {condition} order by s.row",
        [staged.reading.file, staged.table.grid.sheet, column, code, wrong, remedy, rejects],
    )


def write(store: Store, target: Path) -> None:
    """Keep every faulty row, with the value as it was."""
    store.write(f'select * from {_TABLE} order by "file", sheet, "row", "column"', target)


def summary(store: Store) -> tuple[Problem, ...]:
    """One problem for each file, column and rule; the first row is the example."""
    found = store.rows(
        f'select "file", sheet, "column", code, rejects_row, count(*), min("row"), arg_min("value", "row"), '
        f'arg_min(wrong, "row"), arg_min(remedy, "row") from {_TABLE} '
        f'group by all order by "file", sheet, min("row"), "column", code'
    )
    return tuple(
        Problem(
            file=file, sheet=sheet, column=column, code=code, rejects_row=rejects, rows=rows, row=row,
            value=value, message=f"{wrong} {remedy}",
        )
        for file, sheet, column, code, rejects, rows, row, value, wrong, remedy in found
    )  # fmt: skip


def reject_lost(store: Store, staged: Sequence[Staged]) -> None:
    """Write down the allocations whose payment did not come."""
    for each in staged:
        if each.kind == "allocations":
            store.run(
                f"insert into {_TABLE} select ?, ?, row, ?, payment_id, ?, "
                "replace(?, '{value}', payment_id), ?, true from allocations_lost "
                f"where number = {each.number}",
                [each.reading.file, each.table.grid.sheet, _payment_column(each), *_NO_SUCH_PAYMENT],
            )


def _payment_column(staged: Staged) -> str:
    columns = [column.name for column in staged.table.columns if column.use == "payment_id"]
    return columns[0] if columns else "payment_id"
