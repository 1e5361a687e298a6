"""Servers to ill-treat: one that is up again each time, and some that do not survive."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from procrastinate.tasks import Task

from tests.server.served import Served, serving

Defer = Callable[..., None]
_WITH_OUR_JOBS = {"DJANGO_SETTINGS_MODULE": "tests.server.ill_treated.settings"}


@pytest.fixture(scope="session")
def battered() -> Iterator[Served]:
    """A server whose parts may be killed; it must be up again for the next test."""
    with serving(**_WITH_OUR_JOBS) as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[Served]:
    """A server of the test's own, to be stopped."""
    with serving(**_WITH_OUR_JOBS) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where jobs write down what they do."""
    return tmp_path


@pytest.fixture
def defer(tables: None) -> Iterator[Defer]:
    """Puts a job into a served database's queue."""
    from django.db import connections

    connection = connections["default"]
    before = dict(connection.settings_dict)

    def put(server: Served, task: Task[Any, Any, Any], **arguments: str) -> None:
        connection.close()
        connection.settings_dict.update(NAME="postgres", HOST=str(server.data / "postgres"))
        task.defer(**arguments)

    yield put
    connection.close()
    connection.settings_dict.update(before)
