"""Proof of a deletion: begun before anything goes, counted while it goes, finished when it is gone.

A job that was cut short and runs again goes on with the certificate it began, so its counts are those of
the whole deletion.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.utils import timezone

from cardable.language import noted, said
from cardable.server import audit, storage
from cardable.server.companies.folders import company_folder
from cardable.server.companies.models import Company, DeletionCertificate
from cardable.server.events.models import Event

Deleted = tuple[int, dict[str, int]]
"""What Django says of a deletion: how many rows, and how many of each model."""
_NAMES = {
    "companies.Company": noted("Companies"),
    "companies.CompanyOwner": noted("Owners of companies"),
    "connections.Connection": noted("Connections"),
    "connections.ConnectionEvent": noted("Steps of connections"),
    "connections.Consent": noted("Consents"),
    "connections.OneTimeLink": noted("One-time links"),
    "connections.Upload": noted("Uploaded files"),
    "connections.WrongTry": noted("Wrong tries of links"),
    "events.Event": noted("Entries of the activity log"),
    "insights.ImportedDate": noted("Dates suppliers first appeared"),
    "insights.ReportFile": noted("Report files"),
    "insights.ReportRun": noted("Report runs"),
    "syncs.StoredSnapshot": noted("Data snapshots"),
    "syncs.Sync": noted("Read history"),
}


def of_companies(organization_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> DeletionCertificate | None:
    """The certificate of a deletion of these companies, the first of which was asked for; None for none."""
    begun = DeletionCertificate.objects.filter(company_id=ids[0], kind="company").first()
    there = {each.id: each for each in Company.objects.filter(id__in=ids)}
    if begun or not there:
        return begun
    asked = Event.objects.filter(kind="company.deleted", company_id=ids[0]).order_by("at").first()
    return begin(
        organization_id,
        "company",
        [there[id] for id in ids if id in there],
        [company_folder(organization_id, id) for id in ids],
        reason=said("The company was deleted."),
        asked_by=asked.actor if asked else "",
    )


def unfinished(company_id: uuid.UUID) -> DeletionCertificate | None:
    """The certificate of a removal of this company's data that was cut short."""
    return DeletionCertificate.objects.filter(company_id=company_id, kind="data", finished_at=None).first()


def begin(
    organization_id: uuid.UUID,
    kind: str,
    companies: Sequence[Company],
    folders: Sequence[str],
    *,
    reason: str,
    asked_by: str = "",
) -> DeletionCertificate:
    """A certificate of what is about to go: whose it is, and how many files of it there are."""
    files = [storage.sizes(folder) for folder in folders]
    return DeletionCertificate.objects.create(
        organization_id=organization_id,
        kind=kind,
        company_id=companies[0].id,
        companies=[{"id": str(each.id), "name": each.name} for each in companies],
        reason=reason,
        asked_by=asked_by,
        asked_at=companies[0].deleting_since or timezone.now(),
        files=sum(count for count, _ in files),
        bytes=sum(size for _, size in files),
    )


def count(certificate: DeletionCertificate | None, *deleted: Deleted) -> None:
    """Add the rows that went to the certificate."""
    if certificate is None or certificate.finished_at:
        return
    for _, models in deleted:
        for label, number in models.items():
            if number:
                certificate.rows[label] = certificate.rows.get(label, 0) + number
    certificate.save(update_fields=["rows"])


def finish(certificate: DeletionCertificate | None) -> None:
    """Say that all of it is gone, and put the certificate's fingerprint into the audit log."""
    if certificate is None or certificate.finished_at:
        return
    certificate.finished_at = timezone.now()
    certificate.save(update_fields=["finished_at"])
    audit.write(
        "deletion.finished",
        organization=certificate.organization_id,
        actor=certificate.asked_by or None,
        company=certificate.company_id,
        about=certificate.companies[0]["name"],
        details={
            "certificate": certificate.id,
            "fingerprint": fingerprint(certificate),
            "rows": sum(certificate.rows.values()),
            "files": certificate.files,
        },
    )


def facts(certificate: DeletionCertificate) -> dict[str, Any]:
    """Everything the certificate says."""
    return {
        "certificate": str(certificate.id),
        "kind": certificate.kind,
        "reason": certificate.reason,
        "askedBy": certificate.asked_by,
        "askedAt": certificate.asked_at.isoformat(),
        "finishedAt": certificate.finished_at.isoformat() if certificate.finished_at else None,
        "companies": certificate.companies,
        "files": certificate.files,
        "bytes": certificate.bytes,
        "rows": {name_of(label): number for label, number in sorted(certificate.rows.items())},
    }


def fingerprint(certificate: DeletionCertificate) -> str:
    """A hash of all the certificate says; the audit log holds it too."""
    said = json.dumps(facts(certificate), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def name_of(label: str) -> str:
    """What rows of a model are called on a certificate, in English."""
    return _NAMES.get(label) or str(apps.get_model(label)._meta.verbose_name_plural).capitalize()
