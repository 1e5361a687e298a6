"""What is doubtful in the data of an analysis, named, and where the records it is about are shown."""

from typing import Any

from django.utils.translation import gettext, ngettext

from cardable.language import noted
from cardable.server.insights.figures import Figures
from cardable.server.insights.record_list import KINDS, RecordQuery, record_list
from cardable.server.portal.analysis_addresses import Addresses
from cardable.server.ui.templatetags.ui import count as number

_TITLES = {
    "NO_RATE": noted("Records without an exchange rate"),
    "OPTIONAL_DATA_MISSING": noted("Data that was not shared"),
    "SPEND_FROM_PAYMENTS": noted("Spend taken from payments"),
    "UNASSIGNED": noted("Records without a known supplier"),
    "NO_DUE_DATE": noted("Bills without a due date"),
    "DUE_BEFORE_ISSUE": noted("Bills due before they were issued"),
    "NEGATIVE_BILL": noted("Bills below zero"),
    "POSSIBLE_DUPLICATE": noted("Suppliers that share a name"),
    "DERIVED_PAYMENT": noted("Payments made up from paid bills"),
}
_RECORDS = {
    "NO_RATE": (("bills", "no-rate"), ("payments", "no-rate"), ("expenses", "no-rate")),
    "UNASSIGNED": (("bills", "unassigned"), ("payments", "unassigned"), ("expenses", "unassigned")),
    "NO_DUE_DATE": (("bills", "no-due-date"),),
    "DUE_BEFORE_ISSUE": (("bills", "due-before-issue"),),
    "DERIVED_PAYMENT": (("payments", "derived"),),
}


def told_warnings(figures: Figures, to: Addresses) -> list[dict[str, Any]]:
    """Each warning with its title, and where the records it is about are shown."""
    return [
        {
            "title": gettext(_TITLES.get(each.code, each.code)),
            "count": each.count,
            "message": each.message,
            "samples": () if each.code in ("OPTIONAL_DATA_MISSING",) else each.sample_ids,
            "links": _links(each.code, figures, to),
        }
        for each in figures.warnings()
    ]


def _links(code: str, figures: Figures, to: Addresses) -> list[tuple[str, str]]:
    """Where the records of a warning are shown, one address for each type that has any."""
    if code == "POSSIBLE_DUPLICATE":
        return [(gettext("Compare the suppliers"), to.suppliers(only="namesakes", sort="name"))]
    found = []
    for kind, only in _RECORDS.get(code, ()):
        count = record_list(figures, RecordQuery(kind=KINDS[kind], only=only)).total
        if count:
            found.append((_shown(kind, count), to.records(kind, only=only)))
    return found


def _shown(kind: str, count: int) -> str:
    if kind == "bills":
        words = ngettext("Show %(number)s bill", "Show %(number)s bills", count)
    elif kind == "payments":
        words = ngettext("Show %(number)s payment", "Show %(number)s payments", count)
    else:
        words = ngettext("Show %(number)s expense", "Show %(number)s expenses", count)
    return words % {"number": number(count)}
