"""The job that removes what a deleted connection brought."""

import uuid
from collections.abc import Sequence

from procrastinate.contrib.django import app

from cardable.server import storage
from cardable.server.companies import certificates
from cardable.server.companies.models import DeletionCertificate
from cardable.server.rescue import Patience
from cardable.server.storage import Unreachable
from cardable.server.tenancy import acting_for


@app.task(name="connections.remove_files", retry=Patience(Unreachable))
def remove_files(organization_id: str, prefixes: Sequence[str], certificate_id: str = "") -> None:
    """Remove these folders and files from storage; what is gone already is no fault."""
    for prefix in prefixes:
        storage.delete(prefix)
        storage.delete_file(prefix)
    if certificate_id:
        with acting_for(uuid.UUID(organization_id)):
            certificates.finish(DeletionCertificate.objects.filter(id=certificate_id).first())
