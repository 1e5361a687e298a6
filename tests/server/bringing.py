"""Customers who bring files, and a worker that does its jobs in the test's own process."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from django.db import connection as database
from procrastinate.contrib.django import app

from cardable.server import storage
from cardable.server.companies.folders import upload_key
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, Upload
from cardable.server.connections.status import refresh
from cardable.server.deferring import CORRELATION
from cardable.server.syncs.requests import request_reading
from cardable.server.tenancy import acting_for

SUPPLIERS = "supplier_id,supplier_name\nS1,Pacific Paper\nS2,Volt Energy\n"
BILLS = (
    "bill_id,supplier_id,issue_date,due_date,currency,total_amount,amount_due,status\n"
    "B1,S1,2026-09-03,2026-10-03,USD,1200.00,0.00,Paid\n"
    "B2,S2,2026-10-05,2026-11-04,USD,800.00,800.00,Open\n"
)
PAYMENTS = (
    "payment_id,supplier_id,date,currency,total_amount,payment_method\nP1,S1,2026-10-01,USD,1200.00,Check\n"
)
SMALL = {"suppliers": SUPPLIERS, "bills": BILLS, "payments": PAYMENTS}


def harbor_foods() -> dict[str, str]:
    """The example's files, each for whatever step."""
    folder = files("cardable.example") / "harbor_foods"
    return {each.name: each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".csv")}


def connect(company: Company, system: str = "other", **more: Any) -> Connection:
    with acting_for(company.organization_id):
        made = Connection.objects.create(
            organization_id=company.organization_id,
            company=company,
            system=system,
            platform_name=more.pop("platform_name", "Other software"),
            **more,
        )
        refresh(company)
    return made


def upload(held: Connection, name: str, text: str | bytes, report: str = "any", **more: Any) -> Upload:
    """A file in storage with its row, confirmed unless said otherwise."""
    data = text.encode() if isinstance(text, str) else text
    made = Upload(
        id=uuid.uuid4(), organization_id=held.organization_id, connection=held, report=report, file_name=name,
        bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), **{"status": "Confirmed"} | more,
    )  # fmt: skip
    made.storage_key = upload_key(held.organization_id, held.company_id, made.id)
    storage.put(made.storage_key, [data])
    with acting_for(held.organization_id):
        made.save(force_insert=True)
    return made


def bring(held: Connection, texts: Mapping[str, str] = SMALL) -> None:
    """Confirm these files and ask for them to be read; keys are steps, or file names."""
    for name, text in texts.items():
        step = {} if "." in name else {"report": name}
        upload(held, name if "." in name else f"{name}.csv", text, **step)
    ask(held)


def ask(held: Connection) -> None:
    with acting_for(held.organization_id):
        request_reading(held)


def work(*only: str) -> list[str]:
    """Do every job that is due, or those of these tasks, oldest first, each gone once done; what was done."""
    done = []
    while job := _next(only):
        number, name, arguments = job
        app.tasks[name].func(**arguments)
        with database.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs where id = %s", [number])
        done.append(name)
    return done


def read() -> list[str]:
    """Do the readings that are due, and none of the reports that follow."""
    return work("syncs.inspect_upload", "syncs.read_uploads")


def waiting() -> list[tuple[str, Any]]:
    """The jobs in the queue, and when they are due."""
    with database.cursor() as cursor:
        cursor.execute("select task_name, scheduled_at from procrastinate_jobs order by id")
        return list(cursor.fetchall())


def _next(only: Sequence[str]) -> tuple[int, str, dict[str, Any]] | None:
    with database.cursor() as cursor:
        cursor.execute(
            "select id, task_name, args::text from procrastinate_jobs where status = 'todo'"
            " and (scheduled_at is null or scheduled_at <= now())"
            " and (task_name = any(%s) or %s) order by id limit 1",
            [list(only), not only],
        )
        found = cursor.fetchone()
    if not found:
        return None
    arguments = json.loads(found[2])
    arguments.pop(CORRELATION, None)
    return found[0], found[1], arguments


def stored(prefix: str = "organizations") -> list[str]:
    """Every key in storage below a prefix."""
    return storage.keys(prefix)
