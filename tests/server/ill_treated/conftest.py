"""Servers to ill-treat: one that is up again each time, and some that do not survive."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from procrastinate.tasks import Task

from cardable.server import storage
from tests.server.conftest import RUN
from tests.server.keeper import lend_prepared
from tests.server.served import Served, serving

_WITH_OUR_JOBS = {
    "DJANGO_SETTINGS_MODULE": "tests.server.ill_treated.settings",
    # Sessions made here are good there.
    "CARDABLE_SECRET_KEY": os.environ["CARDABLE_SECRET_KEY"],
}


@pytest.fixture(scope="session")
def battered(tables: None) -> Iterator[Served]:
    """A server whose parts may be killed; it must be up again for the next test."""
    with serving(partial(lend_prepared, RUN), **_WITH_OUR_JOBS) as server:
        yield server


@pytest.fixture
def own_server(tables: None) -> Iterator[Served]:
    """A server of the test's own, to be stopped."""
    with serving(partial(lend_prepared, RUN), **_WITH_OUR_JOBS) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where jobs write down what they do."""
    return tmp_path


@contextmanager
def inside(server: Served) -> Iterator[None]:
    """This process works on the server's database and storage, as its web server does."""
    connection = connections["default"]
    database, place = dict(connection.settings_dict), os.environ.get("CARDABLE_STORAGE_URL")
    connection.close()
    connection.settings_dict.update(NAME="postgres", HOST=str(server.data / "postgres"))
    os.environ["CARDABLE_STORAGE_URL"] = (server.data / "storage").as_uri()
    storage._store.cache_clear()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(database)
        os.environ.pop("CARDABLE_STORAGE_URL")
        if place:
            os.environ["CARDABLE_STORAGE_URL"] = place
        storage._store.cache_clear()


def defer(server: Served, task: Task[Any, Any, Any], **arguments: str) -> None:
    """Put a job into the server's queue."""
    with inside(server):
        task.defer(**arguments)
