"""Files kept as if a customer had brought them and said that they are right."""

import hashlib
import uuid

from django.utils import timezone

from cardable.server import storage
from cardable.server.companies.folders import upload_key
from cardable.server.connections.models import Connection, Upload


def keep_confirmed(connection: Connection, *, report: str, name: str, content: bytes) -> Upload:
    """One file, in storage and ready to be read with the others of the connection."""
    identity = uuid.uuid4()
    key = upload_key(connection.organization_id, connection.company_id, identity)
    storage.put(key, [content])
    return Upload.objects.create(
        id=identity,
        organization_id=connection.organization_id,
        connection=connection,
        report=report,
        file_name=name,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        storage_key=key,
        status="Confirmed",
        confirmed_at=timezone.now(),
    )
