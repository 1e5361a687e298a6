"""A database of the release before is brought to this one with its data, while that release works on it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from django.test import Client
from django.urls import reverse

from cardable.server.database import migrate, pending_migrations, prepared
from cardable.server.organizations.access import CHOSEN_ORGANIZATION
from cardable.server.organizations.models import Member, User
from cardable.server.organizations.sessions import SEEN, SIGNED_IN
from cardable.server.tenancy import act_for, acting_for
from tests.server import keeper
from tests.server.conftest import RUN, _now

BEFORE = {
    "companies": "0003_top_indexes",
    "connections": "0002_row_level_security",
    "events": "0002_row_level_security",
    "insights": "0002_row_level_security",
    "organizations": "0004_memberships_are_given",
    "syncs": "0002_row_level_security",
}
"""Where the release before left each app; one that is not named came later."""
DATABASE = "cardable_upgrade"
COMPANIES = 20


@pytest.fixture
def old(tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProjectState]:
    """A database as the release before made it, and the models that release had."""
    server = keeper.postgres(RUN)
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute(f"create database {DATABASE}")
    connections.close_all()
    for alias in ("default", "owner"):
        monkeypatch.setitem(connections[alias].settings_dict, "NAME", DATABASE)
    try:
        yield migrate_to_before()
    finally:
        connections.close_all()
        monkeypatch.undo()
        with psycopg.connect(server.url(), autocommit=True) as admin:
            admin.execute(f"drop database {DATABASE} with (force)")


def migrate_to_before() -> ProjectState:
    executor = MigrationExecutor(connections["owner"])
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("cardable.server")}
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours]
    wanted = [*others, *BEFORE.items()]
    with prepared():
        executor.migrate([*wanted, *((app, None) for app in ours - set(BEFORE))])
    return executor.loader.project_state(wanted)


@pytest.fixture
def issuer(old: ProjectState) -> Any:
    """An issuer with an administrator and its customers, put there by the release before."""
    model = old.apps.get_model
    organization = model("organizations", "Organization")(name="Demo Bank", slug="demo-bank")
    with acting_for(organization.id):
        organization.save(force_insert=True)
        user = model("organizations", "User").objects.create(email="ada@demo.bank", password="!", name="Ada")
        model("organizations", "Member").objects.create(
            organization=organization, user=user, role="Administrator"
        )
        for number in range(COMPANIES):
            visit(old, organization, f"Company {number:02}")
    return organization


def visit(old: ProjectState, organization: Any, name: str) -> int:
    """What a customer and an analyst do in the release before; how many companies that shows."""
    model = old.apps.get_model
    companies = model("companies", "Company").objects
    company = companies.create(organization=organization, name=name, folded_name=name.casefold())
    held = model("connections", "Connection").objects.create(
        organization=organization, company=company, system="other", platform_name="Other"
    )
    model("connections", "Upload").objects.create(
        organization=organization, connection=held, report="any", file_name="a.csv", bytes=1,
        sha256="0" * 64, storage_key="a",
    )  # fmt: skip
    model("events", "Event").objects.create(
        organization=organization, company_id=company.id, kind="company.created", words="New."
    )
    companies.filter(id=company.id).update(connection_status="Linked")
    return len(list(companies.order_by("folded_name")))


class EarlierRelease:
    """Goes on working on the database in a thread of its own; `answer` waits until it has once more."""

    def __init__(self, old: ProjectState, organization: Any) -> None:
        self._old, self._organization = old, organization
        self._answered, self._stopped = threading.Condition(), threading.Event()
        self.visits = 0
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> "EarlierRelease":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            while not self._stopped.is_set():
                with transaction.atomic():
                    act_for(self._organization.id)
                    visit(self._old, self._organization, f"Later {self.visits}")
                with self._answered:
                    self.visits += 1
                    self._answered.notify_all()
        except Exception as fault:
            self.fault = fault
            with self._answered:
                self._answered.notify_all()
        finally:
            connection.close()

    def answer(self) -> None:
        with self._answered:
            seen = self.visits
            assert self._answered.wait_for(lambda: self.visits > seen + 1 or self.fault, 30)
        if self.fault:
            raise self.fault


def columns() -> dict[tuple[str, str], tuple[str, bool]]:
    """Each column: its type, and whether a row may be put in without naming it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select table_name, column_name, udt_name,"
            " is_nullable = 'YES' or column_default is not null or is_identity = 'YES'"
            " or is_generated = 'ALWAYS'"
            " from information_schema.columns where table_schema = 'public'"
        )
        return {(table, column): (kind, free) for table, column, kind, free in cursor.fetchall()}


def migrate_while(answer: Callable[[], None]) -> int:
    """Bring the database to this release, with an answer after each step; how many steps."""
    steps = 0

    def between(action: str, *_: object) -> None:
        nonlocal steps
        if action == "apply_success":
            steps += 1
            answer()

    executor = MigrationExecutor(connections["owner"], between)
    with prepared():
        executor.migrate(executor.loader.graph.leaf_nodes())
    return steps


def test_the_release_before_works_on_while_its_database_is_migrated(old: ProjectState, issuer: Any) -> None:
    before = columns()
    with EarlierRelease(old, issuer) as earlier:
        earlier.answer()
        assert migrate_while(earlier.answer) >= 1
        earlier.answer()
    after = columns()
    assert {name: kind for name, (kind, _) in before.items()} == {
        name: after[name][0] if name in after else "gone" for name in before
    }
    tables = {table for table, _ in before}
    # The release before names none of the new columns when it puts a row in.
    assert [name for name in after if name not in before and name[0] in tables and not after[name][1]] == []


def test_this_release_answers_its_pages_on_the_data_of_the_one_before(
    issuer: Any, static_files: None
) -> None:
    migrate()
    assert pending_migrations() == []
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(email="ada@demo.bank"))
    session = browser.session
    session[CHOSEN_ORGANIZATION] = str(issuer.id)
    session[SIGNED_IN] = session[SEEN] = _now()
    session.save()
    pages = ("companies", "spend-insights", "settings-audit", "settings-retention", "settings-status")
    answers = {name: browser.get(reverse(name)) for name in pages}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert "Company 19" in answers["companies"].content.decode()
    with acting_for(issuer.id):
        assert Member.objects.get().role == "Administrator"


def test_the_migrations_of_this_release_go_back_with_the_data(issuer: Any) -> None:
    before = columns()
    migrate()
    old = migrate_to_before()
    assert columns() == before
    with acting_for(issuer.id):
        assert old.apps.get_model("companies", "Company").objects.count() == COMPANIES
