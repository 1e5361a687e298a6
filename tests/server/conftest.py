"""One PostgreSQL for the whole test run, a database of its own for each process, empty for each test."""

import os
import shutil
import socketserver
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import psycopg
import pytest

from tests.server import keeper

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser

    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member, Organization
    from tests.server.ready import Ready
    from tests.server.served import Served

RUN = (
    Path(tempfile.gettempdir())
    / f"cardable-{os.environ.get('PYTEST_XDIST_TESTRUNUID', uuid.uuid4().hex)[:12]}"
)
_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")
_DATABASE = f"cardable_{_PROCESS}"
DATA = RUN / _PROCESS

os.environ.update(
    CARDABLE_DATA=str(DATA),
    CARDABLE_SECRET_KEY="a key that only tests use and that signs nothing else",
    CARDABLE_SHOW_PARTS="1",
    DATABASE_URL=keeper.postgres(RUN).url(_DATABASE),
    DJANGO_SETTINGS_MODULE="cardable.server.settings",
    # The browser's driver runs a loop of its own in the tests' thread.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
django.setup()

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402

# As sound as ever, but no test is about how long it takes.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024

PASSWORD = "a quiet harbour at dawn"


@pytest.fixture(scope="session")
def tables() -> Iterator[None]:
    """Tables, policies and the application's role, in a database of this process alone."""
    held = keeper.join(RUN)
    with psycopg.connect(keeper.postgres(RUN).url(), autocommit=True) as connection:
        connection.execute(f"create database {_DATABASE} template {keeper.TEMPLATE}")
    (DATA / "static").mkdir(parents=True, exist_ok=True)
    yield
    from django.db import connections

    connections.close_all()
    os.close(held)


@pytest.fixture
def database(tables: None, reading_process: None) -> Iterator[None]:
    """An empty database and empty storage; what a test leaves there goes after it."""
    yield
    _empty()


def _empty() -> None:
    from django.core.cache import cache as answers
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        # Tables of tests are small, and small tables are emptied faster so than by truncating them.
        cursor.execute("set session_replication_role = replica")
        cursor.execute("; ".join(f'delete from "{table}"' for table in _tables()))  # noqa: S608
        cursor.execute("set session_replication_role = default")
    answers.clear()
    for name in ("storage", "mail"):
        shutil.rmtree(DATA / name, ignore_errors=True)


@cache
def _tables() -> list[str]:
    from django.db import connections

    kept = {"django_migrations", "django_content_type", "auth_permission"}
    return [name for name in connections["owner"].introspection.table_names() if name not in kept]


@pytest.fixture(scope="session")
def static_files() -> None:
    """Stylesheets and scripts where the server looks for them."""
    from cardable.server.preparation import collect_static

    collect_static()
    _know_static_files()


def _know_static_files() -> None:
    """Each test's browser has a server of its own; what all of them serve is looked through once."""
    from whitenoise.base import WhiteNoise

    look_through, known = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def recall(server: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in known:
            look_through(server, root, prefix)
            known[root, prefix] = dict(server.files)
        server.files.update(known[root, prefix])

    WhiteNoise.update_files_dictionary = recall


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def site(tables: None, static_files: None) -> Iterator[str]:
    """The address of a running server on this process's database."""
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """A browser for all of this process's tests; everybody visits with a session of their own."""
    from tests.server.browser import browser

    with browser() as started:
        yield started


@pytest.fixture
def organization(database: None) -> "Organization":
    """Demo Bank, an issuer."""
    return make_organization("Demo Bank", "demo-bank")


@pytest.fixture
def other_organization(database: None) -> "Organization":
    """Another issuer, which must never see or touch what is Demo Bank's."""
    return make_organization("Rival Bank", "rival-bank")


@pytest.fixture
def member_as(organization: "Organization") -> "Callable[[str], Member]":
    """Makes a member of Demo Bank in a role."""
    return lambda role: make_member(organization, role=role, email=f"{role.lower()}@demo.bank")


@pytest.fixture
def member(organization: "Organization") -> "Member":
    """Ada Marsh, an analyst of Demo Bank."""
    return make_member(organization, email="ada@demo.bank", name="Ada Marsh")


@pytest.fixture
def stranger(other_organization: "Organization") -> "Member":
    """An administrator of another issuer."""
    return make_member(other_organization, role="Administrator", email="eve@rival.bank", name="Eve Stone")


@pytest.fixture
def client(member: "Member", static_files: None) -> "Client":
    """Ada's browser, signed in."""
    return client_of(member)


@pytest.fixture
def company(organization: "Organization") -> "Company":
    """Harbor Foods, a customer of Demo Bank."""
    return make_company(organization, "Harbor Foods")


@pytest.fixture
def analyst(member: "Member") -> SimpleNamespace:
    """What Ada types to sign in."""
    return SimpleNamespace(email=member.user.email, password=PASSWORD)


@pytest.fixture(scope="session")
def _ready(tmp_path_factory: pytest.TempPathFactory) -> "Ready":
    from tests.server.ready import Ready

    return Ready(tmp_path_factory.mktemp("ready") / "reports")


@pytest.fixture
def ready_reports(_ready: "Ready") -> Iterator[None]:
    """Reports are there at once; what is in them is another company's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cardable.server.insights.jobs.make_reports", _ready)
        yield


@pytest.fixture(scope="session")
def served() -> "Iterator[Served]":
    """A server started by `cardable serve` with an administrator, shared by the journeys of this process."""
    from tests.server.served import serving

    with serving() as server:
        server.make_administrator()
        yield server


def make_organization(name: str, slug: str) -> "Organization":
    from cardable.server.organizations.models import Organization
    from cardable.server.tenancy import acting_for

    made = Organization(name=name, slug=slug)
    with acting_for(made.id):
        made.save(force_insert=True)
    return made


def make_member(
    organization: "Organization", *, role: str = "Analyst", email: str, name: str = ""
) -> "Member":
    from cardable.server.organizations.models import Member, User
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        user = User.objects.create(
            email=email, password=_password_hash(), name=name or email.split("@")[0].title()
        )
        return Member.objects.create(organization=organization, user=user, role=role)


@cache
def _password_hash() -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def make_company(organization: "Organization", name: str, **more: Any) -> "Company":
    from cardable.server.companies.models import Company
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        return Company.objects.create(
            organization=organization, name=name, folded_name=name.casefold(), **more
        )


def client_of(member: "Member | None") -> "Client":
    """A browser in which this member is signed in; None: nobody."""
    from django.test import Client

    from cardable.server.organizations.access import CHOSEN_ORGANIZATION
    from cardable.server.organizations.sessions import SEEN, SIGNED_IN

    browser = Client(SERVER_NAME="localhost", raise_request_exception=True)
    if member:
        browser.force_login(member.user)
        session = browser.session
        session[CHOSEN_ORGANIZATION] = str(member.organization_id)
        session[SIGNED_IN] = session[SEEN] = _now()
        session.save()
    return browser


def _now() -> int:
    import time

    return int(time.time())
