"""/healthz: 200 only when database, storage and worker all answer."""

import json

import pytest
from django.db import connections
from django.test import Client

from cardable.server import health, storage

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def heard() -> None:
    """A worker was heard of just now."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select procrastinate_register_worker_v1()")


def ask() -> tuple[int, dict[str, bool]]:
    health.forget()
    answer = Client().get("/healthz", headers={"host": "a-load-balancer:8000"})
    return answer.status_code, json.loads(answer.content)


@pytest.mark.usefixtures("heard")
def test_all_is_well_when_all_answer() -> None:
    assert ask() == (200, {"database": True, "storage": True, "worker": True})


def test_without_a_worker_it_says_so() -> None:
    assert ask() == (503, {"database": True, "storage": True, "worker": False})


@pytest.mark.usefixtures("heard")
def test_a_worker_that_fell_silent_does_not_count() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '31 seconds'")
    assert ask()[1]["worker"] is False


@pytest.mark.usefixtures("heard")
def test_a_storage_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no space left")

    monkeypatch.setattr(storage, "check", fail)
    assert ask() == (503, {"database": True, "storage": False, "worker": True})


@pytest.mark.usefixtures("heard")
def test_a_lost_database_is_told_and_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    connections["default"].close()
    monkeypatch.setitem(connections["default"].settings_dict, "NAME", "no_such_database")
    assert ask() == (503, {"database": False, "storage": True, "worker": False})
    monkeypatch.undo()
    assert ask()[0] == 200


@pytest.mark.usefixtures("heard")
def test_asking_often_does_not_write_to_storage_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[None] = []
    monkeypatch.setattr(storage, "check", lambda: asked.append(None))
    ask()
    Client().get("/healthz")
    assert len(asked) == 1
