"""What a row of a transaction table amounts to, with the sign its words give it."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Collection

from cardable.intake.model import Table
from cardable.integrations.any_spreadsheet.store import Store, literal


def total(store: Store, kind: str, names: Collection[str], number: int, table: Table) -> str:
    """The amount with its sign: gross, else net and tax, else net, else what is due."""
    parts = [_sided(names, kind)]
    if {"net", "tax"} <= set(names):
        parts.append("try_cast(net + tax as DECIMAL(18,4))")
    parts += [name for name in ("net", "due") if name in names]
    plain = f"coalesce({', '.join(part for part in parts if part) or 'null'}, cast(null as DECIMAL(18,4)))"
    return _signed(plain, names, kind, _sides(store, names, number, table))


def _sided(names: Collection[str], kind: str) -> str:
    """One amount from a debit and a credit column: a bill is a credit, money spent a debit."""
    if "credit" not in names:
        return "amount" if "amount" in names else ""
    if "amount" not in names:
        return "credit"
    debit, credit = ("-amount", "credit") if kind == "bills" else ("amount", "-credit")
    return f"coalesce(nullif({credit}, 0), nullif({debit}, 0), amount)"


def _sides(store: Store, names: Collection[str], number: int, table: Table) -> frozenset[str]:
    """The directions that the table's rows name."""
    if "direction" not in names:
        return frozenset()
    column = next(column for column in table.columns if column.use == "direction")
    found = store.rows(f"select distinct meaning from words_{number} where position = {column.position}")
    return frozenset(meaning for (meaning,) in found if meaning)


def _signed(plain: str, names: Collection[str], kind: str, sides: frozenset[str]) -> str:
    if kind == "credit_notes":
        return f"abs({plain})"
    lowering = ["in"] if sides & {"out"} or sides == {"in"} else []
    normal, other = ("credit", "debit") if kind == "bills" else ("debit", "credit")
    if normal in sides:
        lowering.append(other)
    tests = [f"direction = {literal(side)}" for side in lowering]
    if kind in ("bills", "expenses") and "document_type" in names:
        tests.append("document_type = 'Credit'")
    return f"case when {' or '.join(tests)} then -abs({plain}) else {plain} end" if tests else plain
