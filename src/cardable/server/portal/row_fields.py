"""A field of rows: a small table that one fills in, with buttons that add and remove a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

Row = dict[str, str]
ADD, REMOVE = "add_row", "remove_row"


@dataclass(frozen=True)
class RowColumn:
    """One column: a text, or a choice among (value, words)."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    placeholder: str = ""
    is_number: bool = False


class RowsWidget(forms.Widget):
    """Rows of inputs."""

    template_name = "portal/settings/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[RowColumn], *, thing: str, adding: str) -> None:
        super().__init__()
        self.columns, self.thing, self.adding = tuple(columns), thing, adding

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        sent = [data.getlist(f"{name}_{column.key}") for column in self.columns]
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, values, strict=True)) for values in zip(*sent, strict=False)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_{self.columns[0].key}" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, dict(attrs or {}))
        rows = [[(column, row.get(column.key, "")) for column in self.columns] for row in value or []]
        context["widget"] |= {
            "rows": rows,
            "columns": self.columns,
            "thing": self.thing,
            "adding": self.adding,
        }
        return context


class RowsField(forms.Field):
    """Rows as they were typed, without those left empty."""

    def __init__(self, *columns: RowColumn, thing: str, adding: str, telling: str, **more: Any) -> None:
        self.telling = telling
        """The column without which a row is empty."""
        super().__init__(required=False, widget=RowsWidget(columns, thing=thing, adding=adding), **more)

    def clean(self, value: list[Row] | None) -> list[Row]:
        stripped = [{key: text.strip() for key, text in row.items()} for row in value or []]
        return [row for row in stripped if row[self.telling]]


def with_rows_changed(sent: QueryDict, columns: Mapping[str, Sequence[str]]) -> QueryDict:
    """What was sent, with the row added or removed that a button asked for."""
    changed = sent.copy()
    name = sent.get(ADD, "")
    if name in columns:
        for key in columns[name]:
            changed.setlist(f"{name}_{key}", [*sent.getlist(f"{name}_{key}"), ""])
    name, _, place = sent.get(REMOVE, "").rpartition(":")
    if name in columns and place.isdigit():
        for key in columns[name]:
            kept = sent.getlist(f"{name}_{key}")
            changed.setlist(f"{name}_{key}", kept[: int(place)] + kept[int(place) + 1 :])
    return changed
