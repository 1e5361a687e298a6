"""Settings > System status: the same figures in words, and what to do where something is not well."""

from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser

from cardable.server import health
from cardable.server.operations.counting import count_task, note
from cardable.server.operations.words import size, words_of
from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import ROLES
from tests.server.browser import faults, is_well, visitor
from tests.server.conftest import client_of

pytestmark = pytest.mark.usefixtures("database", "static_files")
PAGE = "/settings/status/"


@pytest.fixture
def administrator(member_as: Callable[[str], Member]) -> Member:
    health.forget()
    return member_as("Administrator")


@pytest.fixture
def client(administrator: Member) -> Client:
    """An Administrator's browser."""
    return client_of(administrator)


def at_work() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select procrastinate_register_worker_v1()")


def shown(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_sees_it(role: str, member_as: Callable[[str], Member]) -> None:
    assert client_of(member_as(role)).get(PAGE).status_code == (200 if role == "Administrator" else 403)


def test_a_worker_that_is_missing_is_told_with_what_to_do(client: Client) -> None:
    assert "Start cardable worker" in shown(client)
    at_work()
    assert "1 at work" in shown(client)


def test_a_job_that_waits_too_long_is_told(client: Client) -> None:
    from cardable.server.audit.jobs import link_all
    from cardable.server.deferring import enqueue

    enqueue(link_all, timestamp=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("update procrastinate_events set at = at - interval '40 minutes'")
    assert "1 wait, the oldest for 40 minutes" in shown(client)


def test_runs_that_failed_are_told_in_words(client: Client) -> None:
    count_task("insights.generate", 2.25, failed=True)
    page = shown(client)
    assert "some runs failed: making reports" in page
    assert "2.3 s" in page


def test_the_last_backup_is_told(client: Client) -> None:
    assert "None was made yet" in shown(client)
    note("backup", '{"bytes": 1500000, "sealed": true}')
    assert "Last made just now, 1.5 MB" in shown(client)


def test_every_kind_of_job_has_words() -> None:
    from procrastinate.contrib.django import app

    ours = [name for name in app.tasks if not name.startswith(("builtin:", "procrastinate.", "tests."))]
    assert [name for name in ours if words_of(name) == name] == []


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 KB"), (2.5e12, "2.5 TB")]
)
def test_sizes_are_said_as_people_say_them(count: float, words: str) -> None:
    assert size(count) == words


def test_the_page_is_accessible(chromium: Browser, site: str, administrator: Member) -> None:
    at_work()
    count_task("insights.generate", 12.25, failed=False)
    count_task("syncs.read_uploads", 2.5, failed=False)
    with visitor(chromium, site, member=administrator) as context:
        page = context.new_page()
        heard = faults(page)
        page.goto(PAGE)
        is_well(page, "settings-status")
        assert heard == []
