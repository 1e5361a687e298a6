"""The reports a customer is asked for, one step each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from cardable.language import noted
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
        """Its name within a sentence, in the reader's language."""
        return gettext(self.title).lower()

    @property
    def useful_words(self) -> str:
        """The columns that help, in the reader's language."""
        return ", ".join(gettext(each) for each in self.useful)


REPORTS: Mapping[str, Report] = {
    report.key: report
    for report in (
        Report(
            "suppliers",
            noted("Suppliers"),
            noted("Everyone you buy from, with the details you keep of them."),
            (
                noted("Supplier ID"),
                noted("Name"),
                noted("Address"),
                noted("Phone"),
                noted("E-mail"),
                noted("Tax number"),
            ),
            ("suppliers",),
        ),
        Report(
            "bills",
            noted("Bills"),
            noted("The bills your suppliers sent you in the last 12 months or more, paid and unpaid."),
            (
                noted("Bill number"),
                noted("Supplier"),
                noted("Bill date"),
                noted("Due date"),
                noted("Amount"),
                noted("Amount due"),
                noted("Currency"),
            ),
            ("bills", "credit_notes"),
        ),
        Report(
            "payments",
            noted("Payments"),
            noted("What you paid on those bills in the last 12 months or more."),
            (
                noted("Payment date"),
                noted("Supplier"),
                noted("Amount"),
                noted("Payment method"),
                noted("Bank account"),
                noted("Bill number"),
            ),
            ("payments", "allocations"),
            loses=noted(
                "Without payments the reports cannot tell how and when you pay each supplier. Payment"
                " methods, settlement days and bills paid late will be missing or only estimated."
            ),
        ),
        Report(
            "expenses",
            noted("Direct costs"),
            noted("What you bought and paid at once, without a bill: card, cash and bank purchases."),
            (
                noted("Date"),
                noted("Supplier"),
                noted("Amount"),
                noted("Payment method"),
                noted("Account"),
                noted("Description"),
            ),
            ("expenses",),
            loses=noted(
                "Without direct costs the reports miss what you spend outside of bills, such as card and"
                " cash purchases, and may call a supplier new to cards that you already pay by card."
            ),
        ),
        Report(
            ANY,
            noted("Your files"),
            noted("Any list of what you spend: suppliers, bills, payments or purchases. One file is enough."),
            (
                noted("Supplier"),
                noted("Date"),
                noted("Amount"),
                noted("Currency"),
                noted("Payment method"),
                noted("Bill number"),
                noted("Due date"),
            ),
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
        return [] if has & set(SPEND) else [gettext("a list of bills, payments or purchases")]
    return [gettext(REPORTS[key].title) for key in ("suppliers", "bills") if key not in has]
