"""How the cells of one table are understood: plainly where that does, else by a table of meanings."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

import re
from collections.abc import Iterable, Sequence

from cardable.intake.model import Column, Table
from cardable.integrations.any_spreadsheet import dates, numbers, words
from cardable.integrations.any_spreadsheet.columns import Brought, Check
from cardable.integrations.any_spreadsheet.store import Store, literal
from cardable.integrations.any_spreadsheet.wanted import (
    CURRENCY,
    DATE,
    NUMBER,
    RATIO,
    SQL_TYPES,
    TEXT,
    WORD,
    Wanted,
)

# One pattern, for a list of words would be planned anew, word by word, in every column of text.
_PLACEHOLDER = "'-{1,3}|[–—/.?]|n/a|N/A'"
_BLANK = ("-", "--", "/", "n/a", "N/A")
_MOST_WORDS = 20_000
_FIRST_ROWS = 5_000
_YES_OR_NO = {"yes", "no", "true", "false", "1", "0", "y", "n", "ja", "nein", "oui", "non", "si", "nee"}


def first_row(table: Table) -> int:
    """The last row, 1-based, that is header or above it."""
    return 0 if table.header_row is None else table.header_row + table.header_rows


def grid(table: Table) -> str:
    return f"read_parquet({literal(str(table.grid.data))})"


class Meanings:
    """The tables of meanings that one table of the delivery needs, joined to its cells as `l{position}`."""

    def __init__(self, store: Store, number: int, table: Table, own: Brought) -> None:
        self._store, self._number, self._table = store, number, table
        self.looked: set[Column] = set()
        self.closer: set[int] = set()
        self._joined: dict[int, str] = {}
        self._forms = {column.position: wanted.form for wanted, columns in own.values() for column in columns}
        self.has_shared_signs = False
        self._look_up(
            [
                (wanted, column)
                for wanted, columns in own.values()
                if wanted.form in (WORD, CURRENCY)
                for column in columns
            ]
        )

    def joins(self) -> str:
        return " ".join(
            f"left join (select * from {name} where position = {position}) as l{position} "
            f"on l{position}.raw = cells.c{position}"
            for position, name in self._joined.items()
        )

    def value(self, wanted: Wanted, column: Column) -> str:
        """The cell's value, of the wanted form."""
        cell = f"cells.c{column.position}"
        if wanted.form == TEXT:
            return (
                f"case when length({cell}) > 3 then {cell} "
                f"when regexp_full_match({cell}, {_PLACEHOLDER}) then null else {cell} end"
            )
        if wanted.form in (WORD, CURRENCY):
            return f"l{column.position}.meaning"
        plain = self._plain(wanted.form, column, cell)
        return f"coalesce({plain}, l{column.position}.value)" if column in self.looked else plain

    def odd_at_first(self, checks: Iterable[Check]) -> set[Column]:
        """The columns of dates and numbers whose first rows are not all written plainly."""
        asked = [check for check in checks if check.form != CURRENCY]
        if not asked:
            return set()
        start = first_row(self._table)
        odd = ", ".join(f"bool_or({self._is_odd(check)})" for check in asked)
        found = self._store.row(
            f"select {odd} from {grid(self._table)} where row > {start} and row <= {start + _FIRST_ROWS}"
        )
        return {check.column for check, is_odd in zip(asked, found, strict=True) if is_odd}

    def _is_odd(self, check: Check) -> str:
        cell = f"c{check.column.position}"
        return f"{cell} is not null and {self._plain(check.form, check.column, cell)} is null"

    def look_closer(self, columns: Iterable[Column]) -> None:
        """Read what is not written plainly in these columns, each distinct cell once."""
        for column in sorted(columns, key=lambda each: each.position):
            form = self._forms[column.position]
            self.looked.add(column)
            if form in (DATE, NUMBER, RATIO):
                self._read_closely(form, column)

    def _plain(self, form: str, column: Column, cell: str) -> str:
        if form == DATE:
            return dates.plain(cell, self._order(column), column.samples)
        return numbers.plain(cell, column.decimal_mark or self._table.decimal_mark, SQL_TYPES[form])

    def _order(self, column: Column) -> str:
        order = column.date_order or self._table.date_order
        return "DMY" if order == "none" else order

    def _read_closely(self, form: str, column: Column) -> None:
        name, cell = f"cells_{self._number}_{column.position}", f"c{column.position}"
        if form == DATE:
            order = self._order(column)
            value = dates.rich("raw", order, self._year() if order == "DM" else None)
            blank, mark = dates.is_no_date("raw"), "cast(null as varchar)"
        else:
            value = numbers.rich("raw", column.decimal_mark or self._table.decimal_mark, SQL_TYPES[form])
            blank, mark = numbers.is_blank("raw"), numbers.currency_mark("raw")
        distinct = (
            f"select distinct {cell} as raw from {grid(self._table)} where row > {first_row(self._table)} "
            f"and {cell} is not null and {self._plain(form, column, cell)} is null"
        )
        self._store.table(
            name,
            f"select {column.position} as position, raw, {value} as value, {blank} as blank, "
            f"{mark} as mark from ({distinct})",
        )
        self._joined[column.position] = name
        self.closer.add(column.position)

    def _year(self) -> int | None:
        """The year that the rows above the header name, for dates without one."""
        rows = self._table.grid.head[: first_row(self._table)]
        above = " ".join(cell for row in rows for cell in row if cell)
        years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?:\d{4}|-\d{2}-\d{2})?(?!\d)", above)
        return int(years[-1]) if years else None

    def _look_up(self, asked: Sequence[tuple[Wanted, Column]]) -> None:
        """The meaning of each distinct cell of the columns of words; of none where they are no words."""
        found = self._distinct([column.position for _, column in asked])
        rows: list[tuple[int, str, str | None, bool]] = []
        for wanted, column in asked:
            for cell in found.get(column.position, ()):
                meaning = _meaning(wanted, cell, column.name)
                rows.append((column.position, cell, meaning, cell in _BLANK))
                self.has_shared_signs |= wanted.form == CURRENCY and words.is_shared_sign(cell)
            self._joined[column.position] = f"words_{self._number}"
            self.closer.add(column.position)
        if asked:
            columns = [list(each) for each in zip(*rows, strict=True)] if rows else [[], [], [], []]
            self._store.table(
                f"words_{self._number}",
                "select unnest(?::integer[]) as position, unnest(?::varchar[]) as raw, "
                "unnest(?::varchar[]) as meaning, unnest(?::boolean[]) as blank",
                columns,
            )

    def _distinct(self, positions: Sequence[int]) -> dict[int, list[str]]:
        """The distinct cells of each column, if they are few."""
        parts = [
            f"(select distinct {position} as position, c{position} as cell from {grid(self._table)} "
            f"where row > {first_row(self._table)} and c{position} is not null limit {_MOST_WORDS + 1})"
            for position in positions
        ]
        found: dict[int, list[str]] = {}
        for position, cell in self._store.rows(" union all ".join(parts)) if parts else ():
            found.setdefault(position, []).append(cell)
        return {position: cells for position, cells in found.items() if len(cells) <= _MOST_WORDS}


def _meaning(wanted: Wanted, cell: str, header: str) -> str | None:
    if wanted.form == CURRENCY:
        return cell if words.is_shared_sign(cell) else words.currency(cell)
    meaning = words.meaning(wanted.vocabulary or {}, cell)
    says_no = re.search(r"inactiv|blocked|disabled|archived|gesperrt|bloque", words.normalised(header))
    if says_no and words.normalised(cell) in _YES_OR_NO:
        return {"Active": "Archived", "Archived": "Active"}.get(meaning or "", meaning)
    return meaning
