"""How a table writes its dates and numbers, from its columns that matter most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cardable.intake.model import Grid
from cardable.intake.recognise.dates import SHORT
from cardable.intake.recognise.evidence import is_date, is_day_month, is_number
from cardable.intake.recognise.profile import Profile

_COMMA_LANGUAGES = frozenset({"de", "fr", "es", "nl", "pt", "it", "pl", "cs", "nordic", "hu", "ro", "tr"})
DATE_USES = ("issue_date", "due_date", "payment_date", "date", "imported_date")
AMOUNT_USES = ("amount", "net_amount", "amount_due", "tax_amount", "paid_amount", "link_amount",
               "remaining_credit", "credit_amount", "exchange_rate")  # fmt: skip


@dataclass(frozen=True)
class TableFormats:
    """The table's date order, decimal mark and thousands mark."""

    date_order: str
    decimal_mark: str | None
    thousands_mark: str | None
    usual_decimal: str | None
    """What a column without evidence of its own is taken to use."""


def table_formats(
    kind: str,
    uses: Sequence[str | None],
    profiles: Sequence[Profile],
    grid: Grid,
    languages: Sequence[str],
) -> TableFormats:
    """The formats of the table's main date and main amount."""
    usual = _usual_decimal(profiles, grid, languages)
    mark, thousands = _amount_marks(uses, profiles, usual, grid)
    return TableFormats(_date_order(kind, uses, profiles), mark, thousands, usual)


def column_date_order(seen: Profile, use: str | None) -> str | None:
    """How one column writes its dates, where it holds any."""
    if seen.native == "date":
        return "native"
    if use in DATE_USES or is_date(seen):
        if seen.dates.order and seen.dates.share >= 0.3:
            return seen.dates.order
        if use in DATE_USES and is_day_month(seen):
            return "DM"
        if use in DATE_USES and seen.native == "number":
            return "serial"
        if use in DATE_USES and seen.numbers.share > 0.9:
            return "serial"
    return None


def column_decimal(seen: Profile, use: str | None, formats: TableFormats) -> str | None:
    """Which mark stands before the decimals of one column, where it holds numbers."""
    if seen.native == "number":
        return "native"
    if use in AMOUNT_USES and seen.count:
        return seen.numbers.decimal or formats.usual_decimal
    if is_number(seen) and (seen.numbers.decimals or 0) > 0:
        return seen.numbers.decimal or formats.usual_decimal
    return None


def _date_order(kind: str, uses: Sequence[str | None], profiles: Sequence[Profile]) -> str:
    wanted = ("issue_date", "due_date", "payment_date") if kind == "bills" else ("payment_date", "issue_date")
    for use in dict.fromkeys((*wanted, "due_date", "date", "imported_date")):
        if use in uses:
            seen = profiles[list(uses).index(use)]
            order = column_date_order(seen, use)
            if order and order != "serial":
                return order
            if order == "serial":
                return "native"
    others = Counter(
        column_date_order(seen, None) for seen in profiles if is_date(seen) and seen.dates.shape != SHORT
    )
    return next((order for order, _ in others.most_common() if order), "none")


def _amount_marks(
    uses: Sequence[str | None], profiles: Sequence[Profile], usual: str | None, grid: Grid
) -> tuple[str | None, str | None]:
    for use in AMOUNT_USES:
        if use in uses:
            seen = profiles[list(uses).index(use)]
            if seen.native == "number":
                return "native", None
            if seen.count and seen.numbers.share > 0.3:
                return seen.numbers.decimal or usual, seen.numbers.thousands
    if grid.delimiter is None and any(seen.native == "number" for seen in profiles):
        return "native", None
    decimals = [seen for seen in profiles if is_number(seen) and seen.numbers.decimal]
    if decimals:
        return decimals[0].numbers.decimal, decimals[0].numbers.thousands
    return None, None


def _usual_decimal(profiles: Sequence[Profile], grid: Grid, languages: Sequence[str]) -> str:
    """The mark most number columns show; else what the language and the delimiter make likely."""
    shown = Counter(seen.numbers.decimal for seen in profiles if is_number(seen) and seen.numbers.decimal)
    if shown:
        return str(shown.most_common(1)[0][0])
    comma_language = bool(languages) and languages[0] in _COMMA_LANGUAGES
    return "," if grid.delimiter == ";" and comma_language else "."
