"""What a sheet is: columns in sections, and the table of metrics their figures come from."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cardable.metrics import Analysis, Customer
from cardable.reports._format import Format
from cardable.reports._values import json_value


@dataclass(frozen=True)
class Column:
    """A heading, the metric under it, how it is shown, what it means and its name in JSON."""

    name: str
    key: str
    format: Format
    meaning: str
    json: str | None = None
    groups_only: bool = False
    ours: str = ""
    """The SQL for whether a cell holds words of ours, which are said in the reader's language."""
    plain: str = ""
    """The SQL for whether a cell's text can have nothing to escape, so that nobody need look."""


@dataclass(frozen=True)
class Section:
    """Columns that belong together; `tone` names the colour of their banner."""

    name: str
    tone: str
    columns: tuple[Column, ...]


class Layout(StrEnum):
    LABELS = "labels"
    """One record, a line each for label, value and meaning."""
    LEVELS = "levels"
    """A few rows, each with a `level` that says how it stands out."""
    TABLE = "table"
    """Any number of rows, all alike."""


@dataclass(frozen=True)
class Chart:
    """A bar chart below a sheet's rows of one level: the headings of its labels and of its bars."""

    title: str
    labels: str
    bars: tuple[str, ...]
    level: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A tab: the columns of one table of metrics under the tab's name."""

    name: str
    meaning: str
    table: str
    sections: tuple[Section, ...]
    json: str
    amounts: str | None = None
    """The table of just the `record` and amounts of the same rows, where whole rows take long to make."""
    where: str = "true"
    order: str = "position"
    layout: Layout = Layout.TABLE
    banner: bool = False
    groups_only: bool = False
    frozen: int = 1
    """How many columns stay in view."""
    pages_wide: int = 1
    only_json: tuple[Column, ...] = ()
    chart: Chart | None = None
    explained: bool = True
    """Whether headings carry their meaning as a note; a file that a program reads has none."""
    prepare: Callable[[Analysis], None] | None = None
    """What makes the table, where the metrics do not."""
    notes: str | None = None
    """The SQL for a code, a count and a message to each thing worth knowing about the data."""

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for section in self.sections for column in section.columns)

    def sections_for(self, customer: Customer) -> tuple[Section, ...]:
        """The sections, with the columns that this customer's report has."""
        return tuple(
            Section(section.name, section.tone, kept)
            for section in self.sections
            if (kept := tuple(each for each in section.columns if customer.is_group or not each.groups_only))
        )

    def columns_for(self, customer: Customer) -> tuple[Column, ...]:
        return tuple(column for section in self.sections_for(customer) for column in section.columns)

    def query(self, *expressions: str, where: str = "true") -> str:
        """The SQL that gives these expressions for each row of the sheet, in order."""
        listed = ", ".join(expressions)
        return f"select {listed} from {self.table} where ({self.where}) and ({where}) order by {self.order}"  # noqa: S608

    def records(self, analysis: Analysis) -> list[dict[str, Any]]:
        """The rows as JSON has them, under the JSON names of the columns."""
        if self.prepare:
            self.prepare(analysis)
        columns = [each for each in (*self.columns_for(analysis.customer), *self.only_json) if each.json]
        rows = analysis.connection.execute(self.query(*(each.key for each in columns))).fetchall()
        return [
            {
                str(column.json): json_value(value, column.format, analysis.digits)
                for column, value in zip(columns, row, strict=True)
            }
            for row in rows
        ]
