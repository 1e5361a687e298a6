"""Connections severed and let go by the issuer; each change is an event in the same transaction."""

from cardable.language import said
from cardable.server import events
from cardable.server.companies import certificates
from cardable.server.companies.folders import snapshot_folder, upload_key
from cardable.server.companies.models import Company
from cardable.server.connections.entities import (
    leave_out,
    lock_with_entities,
    take_out,
    tell_of_leaving,
    unlink_entities,
)
from cardable.server.connections.jobs import remove_files
from cardable.server.connections.models import Connection, ConnectionEvent, Upload
from cardable.server.connections.status import refresh
from cardable.server.deferring import company_lock, enqueue
from cardable.server.organizations.models import Member


class NotLinked(Exception):
    """Only a linked connection can be unlinked."""


def unlink(connection: Connection, *, by: str) -> None:
    """Stop reading; what was read stays. Raises NotLinked.

    An entity of another company's files is left out of them.
    """
    lock_with_entities(connection)
    if connection.origin_id and connection.status == "Linked":
        _leave_out(connection, by=by)
        return
    linked = Connection.objects.filter(id=connection.id, status="Linked")
    if not linked.update(status="Unlinked"):
        raise NotLinked
    company = connection.company
    ConnectionEvent.objects.create(
        organization_id=connection.organization_id,
        connection=connection,
        kind="Unlinked",
        reason=said("By {who}.", who=by),
    )
    unlink_entities(connection, by=by)
    refresh(company)
    words = said("{platform} was unlinked.", platform=connection.platform_name)
    events.record("connection.disconnected", words, company=company, actor=by)


def delete_connection(connection: Connection, *, by: Member) -> None:
    """Remove a connection with all the data it brought, that of its entities too."""
    lock_with_entities(connection)
    take_out(connection)
    for each in connection.entities.select_related("company"):
        _delete(each, by)
    _delete(connection, by)


def _leave_out(connection: Connection, *, by: str) -> None:
    take_out(connection)
    reason = said("By {who}.", who=by)
    leave_out(connection, reason, said("{platform} was unlinked.", platform=connection.platform_name), by=by)
    refresh(connection.company)
    tell_of_leaving(connection, by=by)


def _delete(connection: Connection, by: Member) -> None:
    company, name = connection.company, connection.platform_name
    folders = _folders(connection, company)
    certificate = certificates.begin(
        company.organization_id,
        "connection",
        [company],
        folders,
        reason=said("A connection was deleted with the data it brought."),
        asked_by=str(by.user),
    )
    certificates.count(certificate, connection.delete())
    refresh(company)
    enqueue(
        remove_files,
        lock=company_lock(company.id),
        organization_id=company.organization_id,
        prefixes=folders,
        certificate_id=certificate.id,
    )
    words = said("{name} was deleted.", name=name)
    events.record("connection.deleted", words, company=company, actor=str(by.user))


def _folders(connection: Connection, company: Company) -> list[str]:
    """Where the files that the connection brought lie."""
    place = (company.organization_id, company.id)
    uploads = Upload.objects.filter(connection=connection).values_list("id", "storage_key")
    snapshots = connection.snapshots.values_list("id", "storage_prefix")
    return sorted(
        {key or upload_key(*place, id) for id, key in uploads}
        | {prefix or snapshot_folder(*place, id) for id, prefix in snapshots}
    )
