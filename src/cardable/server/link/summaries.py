"""What was read, in words: how many of what, from when to when, how much."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cardable.server.connections.models import Upload
from cardable.server.link.currencies import in_currency
from cardable.server.link.meanings import kind_title, rows_words

_ORDER = ("suppliers", "bills", "payments", "expenses", "credit_notes", "allocations", "companies")
_REPLACED = "REPLACED"


@dataclass(frozen=True)
class Summary:
    """Some rows of one kind."""

    kind: str
    rows: int
    totals: tuple[tuple[str, Decimal], ...]
    """Currency and amount, the largest first."""
    first: date | None
    last: date | None
    files: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return rows_words(self.kind, self.rows)

    @property
    def files_shown(self) -> SafeString:
        """The names of the files, each in the direction of its own script."""
        return format_html_join(", ", '<span dir="auto">{}</span>', ((name,) for name in self.files))

    @property
    def title(self) -> str:
        return kind_title(self.kind)


def summary(kind: str, conversions: Sequence[Mapping[str, Any]], files: Iterable[str] = ()) -> Summary:
    """Several tables of one kind as one."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for each in conversions:
        for currency, amount in each["totals"].items():
            totals[currency] += Decimal(amount)
    firsts = [date.fromisoformat(each["first_date"]) for each in conversions if each["first_date"]]
    lasts = [date.fromisoformat(each["last_date"]) for each in conversions if each["last_date"]]
    return Summary(
        kind=kind,
        rows=sum(each["accepted"] for each in conversions),
        totals=tuple(sorted(totals.items(), key=lambda each: (-abs(each[1]), each[0]))),
        first=min(firsts, default=None),
        last=max(lasts, default=None),
        files=tuple(dict.fromkeys(files)),
    )


def of_upload(upload: Upload) -> list[Summary]:
    """What one file brings, a summary for each kind of table in it."""
    return _summaries([upload])


def received_kinds(kinds: Mapping[str, Sequence[Upload]]) -> list[Summary]:
    """What all confirmed files bring together."""
    uploads = {upload.id: upload for found in kinds.values() for upload in found}
    return _summaries(list(uploads.values()))


def _summaries(uploads: Sequence[Upload]) -> list[Summary]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    files: dict[str, list[str]] = defaultdict(list)
    for upload in uploads:
        for table in upload.reading.get("tables", ()):
            if table.get("conversion", {}).get("accepted"):
                said = upload.choices.get(table.get("sheet") or "", {}).get("currency", "")
                found[table["kind"]].append(in_currency(_counted_once(table["conversion"]), said))
                files[table["kind"]].append(upload.file_name)
    known = [kind for kind in _ORDER if kind in found]
    return [summary(kind, found[kind], files[kind]) for kind in known]


def _counted_once(conversion: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without the rows that a later sheet or file brings again, which the totals leave out as well."""
    again = sum(each["rows"] for each in conversion.get("notices", ()) if each["code"] == _REPLACED)
    return {**conversion, "accepted": max(conversion["accepted"] - again, 0)}
