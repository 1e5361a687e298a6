"""An Administrator's browser, the mails that were sent, and links in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, override_settings

from tests.server.conftest import client_of, make_member

if TYPE_CHECKING:
    from cardable.server.organizations.models import Member, Organization


@pytest.fixture
def administrator(organization: Organization) -> Member:
    """Grace Hill, who manages Demo Bank's users."""
    return make_member(organization, role="Administrator", email="grace@demo.bank", name="Grace Hill")


@pytest.fixture
def admin(administrator: Member, static_files: None) -> Client:
    """Grace's browser."""
    return client_of(administrator)


@pytest.fixture
def visitor(static_files: None, database: None) -> Client:
    """A browser in which nobody is signed in."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def outbox() -> Iterator[list[EmailMessage]]:
    """What was mailed."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


@pytest.fixture
def mails(outbox: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Does the jobs that mail people, and tells what was mailed."""

    def sent() -> list[EmailMessage]:
        from tests.server.people.queue import work

        work()
        return outbox

    return sent


def link_in(message: EmailMessage) -> str:
    """The path of the link that a mail holds."""
    found = re.search(r"http://localhost:8000(/\S+)", str(message.body))
    assert found, message.body
    return found[1]
