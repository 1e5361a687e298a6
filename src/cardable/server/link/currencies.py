"""The currency of amounts whose file names none: asked for, with the most likely one offered."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from cardable.server.connections.models import Upload
from cardable.server.syncs.models import StoredSnapshot
from cardable.server.syncs.reading import said_currency

_ASSUMED = "CURRENCY_ASSUMED"


def is_assumed(conversion: Mapping[str, Any]) -> bool:
    """Whether the table named no currency when it was read."""
    return any(each["code"] == _ASSUMED for each in conversion.get("notices", ()))


def in_currency(conversion: Mapping[str, Any], currency: str) -> Mapping[str, Any]:
    """The same table with its amounts in the currency that was said; none where it is still open."""
    if not is_assumed(conversion):
        return conversion
    # A table that names no currency has all its amounts under the assumed one.
    return {**conversion, "totals": dict(zip([currency], conversion["totals"].values(), strict=False))}


def likely_currency(upload: Upload) -> str:
    """What this customer's other files, its earlier data or its bank's customers point to; else empty."""
    others = list(upload.connection.uploads.exclude(id=upload.id).order_by("received_at"))
    return (
        said_currency([upload.choices])
        or said_currency(each.choices for each in others)
        or _named_most([upload, *others])
        or _in_use(upload)
    )


def _named_most(uploads: list[Upload]) -> str:
    named: Counter[str] = Counter()
    for conversion in _conversions(uploads):
        for currency in conversion["totals"]:
            named[currency] += conversion["accepted"]
    return min(named, key=lambda currency: (-named[currency], currency), default="")


def _conversions(uploads: list[Upload]) -> Iterator[Mapping[str, Any]]:
    for upload in uploads:
        for table in upload.reading.get("tables", ()):
            conversion = table.get("conversion")
            if conversion and not is_assumed(conversion):
                yield conversion


def _in_use(upload: Upload) -> str:
    """The currency of the company's earlier data; else the one of the bank, where there is only one."""
    kept = StoredSnapshot.objects.filter(is_current=True).exclude(base_currency="")
    own = kept.filter(company_id=upload.connection.company_id).order_by("-created_at")
    found = own.values_list("base_currency", flat=True).first()
    set_by_bank = str(upload.organization.report_parameters.get("group_currency") or "")
    common = kept.values_list("base_currency", flat=True).distinct().order_by()[:2]
    return found or set_by_bank or (common[0] if len(common) == 1 else "")
