"""The reports a customer is asked for, one step each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cardable.server.connections.models import Connection, Upload
from cardable.server.link.systems import System

ANY = "any"


@dataclass(frozen=True)
class Report:
    """One step of the journey: what to bring, and what is lost without it."""

    key: str
    title: str
    asks: str
    """What to bring, in a sentence."""
    useful: tuple[str, ...]
    """Columns that help."""
    templates: tuple[str, ...]
    """Kinds of table there is a template for."""
    loses: str = ""
    """What the reports lack without it; empty where the journey cannot end without it."""

    @property
    def lower(self) -> str:
        return self.title.lower()


REPORTS: Mapping[str, Report] = {
    report.key: report
    for report in (
        Report(
            "suppliers",
            "Suppliers",
            "Everyone you buy from, with the details you keep of them.",
            ("Supplier ID", "Name", "Address", "Phone", "E-mail", "Tax number"),
            ("suppliers",),
        ),
        Report(
            "bills",
            "Bills",
            "The bills your suppliers sent you in the last 12 months or more, paid and unpaid.",
            ("Bill number", "Supplier", "Bill date", "Due date", "Amount", "Amount due", "Currency"),
            ("bills", "credit_notes"),
        ),
        Report(
            "payments",
            "Payments",
            "What you paid on those bills in the last 12 months or more.",
            ("Payment date", "Supplier", "Amount", "Payment method", "Bank account", "Bill number"),
            ("payments", "allocations"),
            loses="Without payments the reports cannot tell how and when you pay each supplier. Payment"
            " methods, settlement days and bills paid late will be missing or only estimated.",
        ),
        Report(
            "expenses",
            "Direct costs",
            "What you bought and paid at once, without a bill: card, cash and bank purchases.",
            ("Date", "Supplier", "Amount", "Payment method", "Account", "Description"),
            ("expenses",),
            loses="Without direct costs the reports miss what you spend outside of bills, such as card and"
            " cash purchases, and may call a supplier new to cards that you already pay by card.",
        ),
        Report(
            ANY,
            "Your files",
            "Any list of what you spend: suppliers, bills, payments or purchases. One file is enough.",
            ("Supplier", "Date", "Amount", "Currency", "Payment method", "Bill number", "Due date"),
            ("suppliers", "bills", "payments", "expenses", "allocations", "credit_notes"),
        ),
    )
}

SPEND = ("bills", "payments", "expenses")
"""Kinds of table that say what was spent; at least one of them must come."""
ASKED = ("suppliers", *SPEND)


def reports_of(system: System) -> tuple[Report, ...]:
    """The steps a system's customers go through, in order."""
    return tuple(REPORTS[key] for key in system.reports)


def received(connection: Connection) -> dict[str, list[Upload]]:
    """The confirmed files by the kinds of table in them that can be used."""
    kinds: dict[str, list[Upload]] = {}
    for upload in connection.uploads.filter(status="Confirmed").order_by("received_at"):
        for kind in kinds_in(upload):
            kinds.setdefault(kind, []).append(upload)
    return kinds


def kinds_in(upload: Upload) -> list[str]:
    """The kinds of table of a file from which at least one row is used."""
    tables = upload.reading.get("tables", ())
    return list(dict.fromkeys(each["kind"] for each in tables if each.get("conversion", {}).get("accepted")))


def missing(system: System, kinds: Iterable[str]) -> list[str]:
    """What still has to come before the journey can end, in words."""
    has = set(kinds)
    if ANY in system.reports:
        return [] if has & set(SPEND) else ["a list of bills, payments or purchases"]
    return [REPORTS[key].title for key in ("suppliers", "bills") if key not in has]
