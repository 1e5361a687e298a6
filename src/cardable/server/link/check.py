"""What the customer checks of one file: what each table is, what each column means, what was read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from cardable.language import noted
from cardable.server.connections.models import Upload
from cardable.server.link.currencies import in_currency, is_assumed, likely_currency
from cardable.server.link.meanings import (
    CHOICES,
    CURRENCIES,
    KINDS,
    column_name,
    kind_title,
    lacking,
    use_name,
    use_options,
)
from cardable.server.link.summaries import Summary, summary

ORDERS = {"DMY": noted("Day first"), "MDY": noted("Month first")}
_LEFT_OUT = "other"
_PAID_TO = dict.fromkeys(("payments", "expenses"), ("supplier_id", "supplier_name", "contact_name"))
_ASSUMED = "CURRENCY_ASSUMED"


@dataclass(frozen=True)
class ShownColumn:
    """One column with its samples and what it can be."""

    field: str
    name: str
    samples: tuple[str, ...]
    use: str
    meaning: str
    options: list[tuple[str, str]]
    why: str
    is_unsure: bool


@dataclass(frozen=True)
class ShownTable:
    """One sheet or file to check."""

    number: int
    sheet: str
    kind: str
    kinds: list[tuple[str, str]]
    why: str
    used: tuple[ShownColumn, ...]
    unused: tuple[ShownColumn, ...]
    summary: Summary | None
    read: int
    rejected: int
    skipped: int
    problems: tuple[Mapping[str, Any], ...]
    notices: tuple[Mapping[str, Any], ...]
    lacking: tuple[str, ...]
    dates: Mapping[str, Any] | None
    """The question in which order day and month stand, where the file leaves it open."""
    currencies: Mapping[str, Any] | None
    """The question in which currency amounts are, where the file names none."""

    @property
    def title(self) -> str:
        return kind_title(self.kind)

    @property
    def names_nobody(self) -> bool:
        """Whether money went out and no column says to whom, without which reports say little."""
        return self.kind in _PAID_TO and not any(each.use in _PAID_TO[self.kind] for each in self.used)

    @property
    def is_left_out(self) -> bool:
        return self.kind == _LEFT_OUT


def shown_tables(upload: Upload) -> list[ShownTable]:
    """Every visible table of a file that was read."""
    tables = upload.reading.get("tables", ())
    is_asked = any(is_assumed(each.get("conversion") or {}) for each in tables)
    likely = likely_currency(upload) if is_asked else ""
    return [
        _table(at, each, upload, likely)
        for at, each in enumerate(tables)
        if not each["hidden"] and each["columns"]
    ]


def changes(upload: Upload, sent: QueryDict) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The choices after what was sent, and what is wrong with them, in sentences."""
    chosen = {sheet: dict(each) for sheet, each in upload.choices.items()}
    faults = []
    for table in shown_tables(upload):
        held = chosen.setdefault(table.sheet, {})
        kind = sent.get(f"kind-{table.number}", table.kind)
        if kind != table.kind and kind in KINDS:
            # What columns mean depends on what the table is, so it is recognised anew.
            chosen[table.sheet] = {"kind": kind}
            continue
        if sent.get(f"order-{table.number}") in ORDERS:
            held["date_order"] = sent[f"order-{table.number}"]
        if sent.get(f"currency-{table.number}") in CURRENCIES:
            held["currency"] = sent[f"currency-{table.number}"]
        new = _changed(table, sent)
        held.update(new)
        faults += _twice(table, new)
    return {sheet: each for sheet, each in chosen.items() if each}, faults


def _changed(table: ShownTable, sent: QueryDict) -> dict[str, str | None]:
    """Column position to use, for the columns that mean something else now."""
    return {
        column.field.rpartition("-")[2]: str(sent[column.field]) or None
        for column in (*table.used, *table.unused)
        if column.field in sent
        and sent[column.field] != column.use
        and sent[column.field] in {"", *(name for name, _ in column.options)}
    }


def _twice(table: ShownTable, new: Mapping[str, str | None]) -> list[str]:
    counted = Counter(use for use in new.values() if use)
    words = gettext("You chose “{use}” for {count} columns. Only one column can be that.")
    return [words.format(use=use_name(use), count=count) for use, count in counted.items() if count > 1]


def _table(number: int, table: Mapping[str, Any], upload: Upload, likely: str) -> ShownTable:
    columns = [_column(number, at, each, table["kind"]) for at, each in enumerate(table["columns"])]
    conversion = table.get("conversion") or {}
    currencies = _currencies(conversion, upload.choices.get(table["sheet"] or "", {}), likely)
    if currencies:
        conversion = in_currency(conversion, currencies["chosen"])
    kinds = [*CHOICES, *((table["kind"],) if table["kind"] not in CHOICES else ())]
    return ShownTable(
        number=number,
        sheet=table["sheet"] or "",
        kind=table["kind"],
        kinds=[(kind, gettext(KINDS[kind])) for kind in kinds],
        why=table["kind_reason"],
        used=tuple(each for each in columns if each.use),
        unused=tuple(each for each in columns if not each.use),
        summary=summary(table["kind"], [conversion]) if conversion else None,
        read=conversion.get("read", table["rows"]),
        rejected=conversion.get("rejected", 0),
        skipped=conversion.get("skipped", 0),
        problems=tuple(each for each in conversion.get("problems", ()) if each["rows"]),
        notices=tuple(each for each in conversion.get("notices", ()) if each["code"] != _ASSUMED),
        lacking=tuple(lacking(table["kind"], [each.use for each in columns])),
        dates=_dates(table, upload.choices.get(table["sheet"] or "", {})),
        currencies=currencies,
    )


def _column(number: int, position: int, column: Mapping[str, Any], kind: str) -> ShownColumn:
    use = column["extra_field"] or column["field"] or ""
    return ShownColumn(
        field=f"column-{number}-{position}",
        name=column_name(column["name"]),
        samples=tuple(column["samples"]),
        use=use,
        meaning=use_name(use),
        options=use_options(kind, use),
        why=column["reason"],
        is_unsure=bool(use) and column["confidence"] < 0.6,
    )


def _dates(table: Mapping[str, Any], choices: Mapping[str, Any]) -> Mapping[str, Any] | None:
    example = table.get("ambiguous_date")
    if not example or table["kind"] == _LEFT_OUT:
        return None
    return {
        "example": example["text"],
        "options": [
            (order, gettext(words), date.fromisoformat(example[order])) for order, words in ORDERS.items()
        ],
        "chosen": choices.get("date_order") or table["date_order"],
        "is_answered": "date_order" in choices,
    }


def _currencies(
    conversion: Mapping[str, Any], choices: Mapping[str, Any], likely: str
) -> Mapping[str, Any] | None:
    if not is_assumed(conversion) and "currency" not in choices:
        return None
    chosen = choices.get("currency", likely)
    codes = dict.fromkeys(CURRENCIES if chosen in CURRENCIES or not chosen else [chosen, *CURRENCIES])
    options = [(code, gettext(CURRENCIES.get(code, code))) for code in codes]
    return {"options": options, "chosen": chosen, "is_open": is_assumed(conversion)}
