"""The job that removes what a deleted connection brought."""

from collections.abc import Sequence

from procrastinate.contrib.django import app

from cardable.server import storage
from cardable.server.rescue import Patience
from cardable.server.storage import Unreachable


@app.task(name="connections.remove_files", retry=Patience(Unreachable))
def remove_files(organization_id: str, prefixes: Sequence[str]) -> None:
    """Remove these folders and files from storage; what is gone already is no fault."""
    for prefix in prefixes:
        storage.delete(prefix)
        storage.delete_file(prefix)
