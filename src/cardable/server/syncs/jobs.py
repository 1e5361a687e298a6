"""Jobs that read uploads: once for the customer to check, then for good."""

import tempfile
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from procrastinate.contrib.django import app

from cardable.insights import REJECTS_ACCEPTED_TO
from cardable.intake import FileReading
from cardable.intake.mappings import SavedMapping
from cardable.integrations.any_spreadsheet import Delivery
from cardable.language import said
from cardable.records import table_name
from cardable.server import storage
from cardable.server.companies.folders import snapshot_folder
from cardable.server.connections.entities import choice_of
from cardable.server.connections.models import LET_GO, Connection, Upload
from cardable.server.faults import reported
from cardable.server.rescue import Patience, when_given_up
from cardable.server.storage import Unreachable
from cardable.server.syncs import keeping, progress
from cardable.server.syncs.books import Owner, write_books
from cardable.server.syncs.division import Division, divided
from cardable.server.syncs.entities import known_entities, parts_of
from cardable.server.syncs.faults import NotUsable
from cardable.server.syncs.mappings import saved_mappings
from cardable.server.syncs.models import StoredSnapshot
from cardable.server.syncs.reading import delivered, describe, read, said_currency, write_rejects
from cardable.server.syncs.uploads import confirmed, fetch, snapshot_id
from cardable.server.tenancy import acting_for

PATIENCE = Patience(Unreachable)
READ, INSPECT = "syncs.read_uploads", "syncs.inspect_upload"


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What a reading needs to know, taken from the database before the long part begins."""

    connection: Connection
    uploads: tuple[Upload, ...]
    mappings: tuple[SavedMapping, ...]
    snapshot_id: uuid.UUID
    known_entities: frozenset[str]

    @property
    def prefix(self) -> str:
        held = self.connection
        return snapshot_folder(held.organization_id, held.company_id, self.snapshot_id)

    @property
    def owner(self) -> Owner:
        held = self.connection
        return Owner(id=str(held.company_id), name=held.company.name, source_instance=held.source_instance)


@app.task(name=READ, retry=PATIENCE)
def read_uploads(organization_id: str, connection_id: str) -> None:
    """Make a connection's confirmed uploads its company's data; on any fault the last good data stays."""
    organization = uuid.UUID(organization_id)
    work = _begun(organization, uuid.UUID(connection_id))
    if work is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
            _read(work, Path(folder))
    except NotUsable as fault:
        _failed(organization, work.connection, fault.status, fault.words)
    except Exception as fault:
        if PATIENCE.is_for(fault):
            raise
        _failed(organization, work.connection, "InternalError", _sorry(reported(fault, READ)))


@when_given_up(READ)
def reading_given_up(organization_id: str, connection_id: str) -> None:
    """A reading that nobody tries again has failed."""
    organization = uuid.UUID(organization_id)
    with acting_for(organization):
        connection = Connection.objects.filter(id=connection_id).first()
    if connection:
        words = said("The files could not be read, though we tried several times. Confirm them again.")
        _failed(organization, connection, "InternalError", words)


@app.task(name=INSPECT, retry=PATIENCE)
def inspect_upload(organization_id: str, upload_id: str) -> None:
    """Say what an upload holds and what would become of its rows, for the customer to check."""
    organization, upload = uuid.UUID(organization_id), None
    with acting_for(organization):
        upload = Upload.objects.select_related("connection__company").filter(id=upload_id).first()
        if upload is None or upload.status in ("Confirmed", "Replaced"):
            return
        mappings = saved_mappings(upload.connection.system)
        Upload.objects.filter(id=upload.id).update(status="Reading")
    try:
        with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
            said = _inspected(upload, mappings, Path(folder))
    except NotUsable as fault:
        said = {"status": "Refused", "refusal": fault.words}
    except Exception as fault:
        if PATIENCE.is_for(fault):
            raise
        said = {"status": "Refused", "refusal": _sorry(reported(fault, INSPECT))}
    with acting_for(organization):
        Upload.objects.filter(id=upload.id, status="Reading").update(**said)


@when_given_up(INSPECT)
def inspection_given_up(organization_id: str, upload_id: str) -> None:
    """An upload that nobody reads any more is refused."""
    with acting_for(uuid.UUID(organization_id)):
        Upload.objects.filter(id=upload_id, status__in=("Received", "Reading")).update(
            status="Refused",
            refusal=said("The file could not be read, though we tried several times. Bring it again."),
        )


def rejects_key(upload: Upload) -> str:
    """Where the rows that an upload lost lie, as CSV."""
    return f"{upload.storage_key}.rejected.csv"


def _inspected(upload: Upload, mappings: Sequence[SavedMapping], work: Path) -> dict[str, Any]:
    (reading,) = read(fetch([upload], work / "uploads"), work / "intake", mappings=mappings)
    if reading.refusal:
        return {
            "status": "Refused", "refusal": reading.refusal.message, "reading": describe(reading, None)
        }  # fmt: skip
    delivery = delivered(
        [reading],
        work,
        company_name=upload.connection.company.name,
        base_currency=said_currency([upload.choices]),
    )
    rejects = work / "rejected.csv"
    if write_rejects(delivery, rejects):
        storage.put_file(rejects_key(upload), rejects)
    else:
        storage.delete_file(rejects_key(upload))
    return {"status": "Read", "refusal": "", "reading": describe(reading, delivery)}


def _begun(organization: uuid.UUID, connection_id: uuid.UUID) -> _Work | None:
    with acting_for(organization):
        connection = (
            Connection.objects.select_related("company", "organization")
            .filter(id=connection_id, company__deleting_since=None)
            .first()
        )
        uploads = confirmed(connection) if connection else ()
        if connection is None or not uploads:
            return None
        if connection.status in LET_GO:
            progress.drop(connection)
            return None
        work = _Work(
            connection=connection,
            uploads=uploads,
            mappings=saved_mappings(connection.system),
            snapshot_id=snapshot_id(connection, uploads),
            known_entities=known_entities(connection),
        )
        kept = StoredSnapshot.objects.filter(id=work.snapshot_id, is_current=True).first()
        if kept:
            keeping.keep_on(connection, kept)
            return None
    _show(work, "Fetching")
    return work


def _read(work: _Work, folder: Path) -> None:
    files = fetch(work.uploads, folder / "uploads")
    _show(work, "Mapping")
    readings = read(files, folder / "intake", mappings=work.mappings)
    for reading in readings:
        if reading.refusal:
            raise NotUsable("MapError", f"{reading.file}: {reading.refusal.message}")
    _show(work, "Validating")
    delivery = delivered(
        readings,
        folder,
        company_name=work.connection.company.name,
        base_currency=said_currency(each.choices for each in work.uploads),
    )
    _check(work, delivery)
    choice, name = choice_of(work.connection), work.connection.company.name
    division = divided(delivery, choice, name, known=work.known_entities)
    _show(work, "Processing")
    today = keeping.today_of(work.connection.organization)
    rows = write_books(folder / "snapshot", delivery, division, work.owner, as_of=today)
    storage.put_folder(work.prefix, folder / "snapshot")
    parts = _write_parts(work, delivery, division, folder)
    whole = _kept(work, delivery, division, rows)
    _keep(work, whole, parts, readings)


def _write_parts(work: _Work, delivery: Delivery, division: Division, folder: Path) -> list[keeping.Kept]:
    """The entities that count apart, each in a snapshot of the company it is."""
    held, kept = work.connection, []
    with acting_for(held.organization_id):
        parts = parts_of(held, division) if division.apart else []
    for place, part in enumerate(parts):
        company = part.connection.company
        owner = Owner(
            id=str(company.id), name=company.name, source_instance=held.source_instance, is_entity=True
        )
        target, id = folder / "parts" / str(place), uuid.uuid5(part.connection.id, str(work.snapshot_id))
        today = keeping.today_of(held.organization)
        rows = write_books(target, delivery, division.of(part.entity), owner, as_of=today)
        prefix = snapshot_folder(held.organization_id, company.id, id)
        storage.put_folder(prefix, target)
        kept.append(
            keeping.Kept(
                connection_id=part.connection.id, id=id, prefix=prefix, rows=rows, received=rows,
                currency=(part.entity.base_currency or "")[:3], notices=[],
            )
        )  # fmt: skip
    return kept


def _check(work: _Work, delivery: Delivery) -> None:
    """Raises NotUsable where too much was rejected and nobody said to go on, or nothing is left."""
    if not any(sum(company.rows.values()) for company in delivery.companies):
        raise NotUsable("ValidationError", said("The files hold no suppliers, bills, payments or expenses."))
    accepted = any(upload.rejects_accepted for upload in work.uploads)
    if delivery.rejected_share > REJECTS_ACCEPTED_TO and not accepted:
        rejected = sum(table.rejected for table in delivery.files)
        words = said(
            "{rows} rows ({share}%) could not be used. Mend or accept them.",
            rows=f"{rejected:,}",
            share=f"{100 * delivery.rejected_share:.1f}",
        )
        raise NotUsable("ValidationError", words)


def _kept(work: _Work, delivery: Delivery, division: Division, rows: dict[str, int]) -> keeping.Kept:
    received: Counter[str] = Counter()
    for company in (*division.own, *division.apart):
        received.update({table_name(record): count for record, count in company.rows.items()})
    told = (*division.notices, *delivery.notices)
    return keeping.Kept(
        connection_id=work.connection.id,
        id=work.snapshot_id,
        prefix=work.prefix,
        rows=rows,
        received=dict(received),
        currency=_currency(delivery),
        notices=[
            {"code": each.code, "message": each.message, "file": each.file, "rows": each.rows}
            for each in told
        ],
    )


def _keep(
    work: _Work, whole: keeping.Kept, parts: Sequence[keeping.Kept], readings: Sequence[FileReading]
) -> None:
    """Move the pointers, in one transaction; what nobody wants any more is removed as it was written."""
    with acting_for(work.connection.organization_id):
        keeping.keep(whole, parts, readings)
        written = {each.id: each.prefix for each in (whole, *parts)}
        wanted = set(StoredSnapshot.objects.filter(id__in=written).values_list("id", flat=True))
    for id in written.keys() - wanted:
        storage.delete(written[id])


def _currency(delivery: Delivery) -> str:
    found = [company.base_currency for company in delivery.companies if company.base_currency]
    return found[0][:3] if found else ""


def _sorry(reference: str) -> str:
    return said(
        "Something went wrong on our side. Try again; if it happens again, tell us this reference:"
        " {reference}.",
        reference=reference,
    )


def _show(work: _Work, status: str) -> None:
    with acting_for(work.connection.organization_id):
        progress.advance(work.connection, status)


def _failed(organization: uuid.UUID, connection: Connection, status: str, words: str) -> None:
    with acting_for(organization):
        keeping.keep_fault(connection.id, status, words)
