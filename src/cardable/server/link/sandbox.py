"""Test software: made-up books that are connected to, so that the whole way can be walked without a file.

What comes are the files of the worked example, and they go the way that all files go.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cardable.example import example_files
from cardable.language import said
from cardable.server import events
from cardable.server.connections.brought import keep_confirmed
from cardable.server.connections.models import LET_GO, Connection
from cardable.server.link import redirects, steps
from cardable.server.link.connections import gives_way
from cardable.server.link.meanings import rows_words
from cardable.server.link.visits import Visit
from cardable.server.syncs.requests import request_reading

_REPORTS = {
    "bills.csv": "bills",
    "bill_credit_notes.csv": "bills",
    "bill_payments.csv": "payments",
    "payment_allocations.csv": "payments",
    "expenses.csv": "expenses",
}
"""The report that would have asked for a file; all others tell of suppliers and companies."""
_COUNTED = {
    "suppliers": ("suppliers.csv", "supplier_id"),
    "bills": ("bills.csv", "bill_id"),
    "payments": ("bill_payments.csv", "payment_id"),
    "expenses": ("expenses.csv", "expense_id"),
    "credit_notes": ("bill_credit_notes.csv", "credit_note_id"),
}
"""By kind of record, the file they are in and the column that tells one from another."""


@steps.without_files
def connect(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """What will come, and the button that brings it."""
    if not steps.has_agreed(connection):
        return redirect(steps.address(visit, connection, steps.CONSENT))
    if connection.step == steps.DONE and (connection.status in LET_GO or not connection.error):
        return redirect(steps.address(visit, connection, steps.DONE))
    if request.method == "POST":
        _connect(connection)
        return redirect(steps.address(visit, connection, steps.CONNECTED))
    return steps.shown(
        request, visit, "connect", steps.CONNECT, connection,
        brings=_counts(), gives_way=gives_way(connection),
    )  # fmt: skip


@steps.without_files
def connected(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """How far it has come, and the end of the journey."""
    if connection.step != steps.DONE or connection.status in LET_GO:
        return redirect(steps.address(visit, connection, connection.step))
    if request.method == "POST":
        return redirect(visit.ended(redirects.DONE.code, connection))
    is_reading = connection.status == "PendingAuth" and not connection.error
    return steps.shown(
        request, visit, "connected", steps.CONNECTED, connection,
        brings=_counts(), is_reading=is_reading, exit_href="",
    )  # fmt: skip


def _connect(connection: Connection) -> None:
    """Take the example in, once, and have it read."""
    # Whoever presses the button twice brings one set of files.
    Connection.objects.select_for_update().get(id=connection.id)
    if not connection.uploads.exists():
        for name, content in example_files().items():
            keep_confirmed(connection, report=_REPORTS.get(name, "suppliers"), name=name, content=content)
    connection.step, connection.error = steps.DONE, ""
    connection.save(update_fields=["step", "error"])
    request_reading(connection)
    company, platform = connection.company.name, connection.platform_name
    words = said("{company} connected {platform}.", company=company, platform=platform)
    events.record("link.completed", words, company=connection.company)


def _counts() -> Sequence[str]:
    """How many of what will come, in the reader's words."""
    return [rows_words(kind, count) for kind, count in _counted().items()]


@cache
def _counted() -> Mapping[str, int]:
    texts = {name: content.decode() for name, content in example_files().items()}
    return {
        kind: len({row[column] for row in csv.DictReader(io.StringIO(texts[name]))})
        for kind, (name, column) in _COUNTED.items()
    }
