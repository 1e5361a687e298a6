"""What every command does before Django may be imported: say where the data and the database are."""

import logging
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from cardable.server.environment import BadSetting
from cardable.server.serving import reached

DEFAULT_DATA = "cardable-data"
_SHARED = {
    "DATABASE_URL": "the address of the PostgreSQL they share",
    "CARDABLE_STORAGE_URL": "the bucket or folder they share, as in s3://cardable",
    "CARDABLE_SECRET_KEY": "one key for all of them, at least 32 random characters",
    "CARDABLE_KEYS or CARDABLE_KEY_FILE": "the same keys to open kept secrets with",
}


def data_folder(options: Namespace) -> Path:
    """The folder the command works on: --data, CARDABLE_DATA, or one in the current folder."""
    given: Path | None = options.data
    return (given or Path(os.environ.get("CARDABLE_DATA", DEFAULT_DATA))).resolve()


def set_up(data: Path, database_url: str, *, quiet: bool = True) -> None:
    """Make Django ready to work on this data; raises BadSetting."""
    os.environ["CARDABLE_DATA"] = str(data)
    os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardable.server.settings")
    django.setup()
    if quiet:
        logging.getLogger().setLevel(logging.WARNING)


@contextmanager
def at_work(options: Namespace) -> Iterator[None]:
    """Tables of this release and Django ready, for one short command; a server may run meanwhile."""
    data = data_folder(options)
    with reached(data) as url:
        set_up(data, url)
        from django.db import connections

        from cardable.server.database import migrate

        try:
            migrate()
            yield
        finally:
            connections.close_all()


def need_shared_settings() -> None:
    """What machines of a fleet must be told alike; raises BadSetting with the first that is missing."""
    for name, meaning in _SHARED.items():
        if not any(os.environ.get(each) for each in name.split(" or ")):
            raise BadSetting(f"{name} is not set. Machines that work together need {meaning}.")
