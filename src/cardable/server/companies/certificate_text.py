"""A certificate of deletion in words, to print or to file."""

from datetime import UTC, datetime

from cardable.language import Speaker
from cardable.server.companies.certificates import fingerprint, name_of
from cardable.server.companies.models import DeletionCertificate

_LABELS, _NAMES, _AMOUNTS = 20, 38, 14
"""Letters of each column."""


def as_text(certificate: DeletionCertificate, organization: str, say: Speaker) -> str:
    """The certificate on a page of plain text, in the speaker's language; times are in UTC."""
    about = {
        say("Organization"): organization,
        say("Certificate"): str(certificate.id),
        say("Reason"): say.again(certificate.reason),
        say("Asked by"): certificate.asked_by or say("Cardable, by rule"),
        say("Asked at"): _moment(certificate.asked_at),
        say("Finished at"): _moment(certificate.finished_at),
    }
    amounts = {
        **{say(name_of(label)): number for label, number in sorted(certificate.rows.items())},
        say("Files in storage"): certificate.files,
        say("Bytes in storage"): certificate.bytes,
    }
    proof = say("Fingerprint")
    lines = [
        say("CERTIFICATE OF DELETION"),
        "",
        *(f"{label:<{_LABELS}}{value}" for label, value in about.items()),
        "",
        say("Companies"),
        *(f"  {each['name']} ({each['id']})" for each in certificate.companies),
        "",
        say("What was deleted"),
        *(f"  {name:<{_NAMES}}{say.number(number):>{_AMOUNTS}}" for name, number in amounts.items()),
        "",
        f"{proof:<{_LABELS}}{fingerprint(certificate)}",
        "",
        say("The audit log holds the same fingerprint."),
        say("Backups made before the deletion hold the data until they are removed themselves."),
    ]
    return "\n".join(lines) + "\n"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "—"
