"""Entries as an Administrator looks for them, newest first, a page at a time or all."""

import csv
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from cardable.server.audit.actions import CHANGE, GROUPS, Action, action, keys_of
from cardable.server.audit.facts import facts
from cardable.server.audit.models import Entry
from cardable.server.tenancy import acting_for
from cardable.server.written import safe

# What a browser calls itself also names those it descends from, so the youngest comes first.
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"),
    ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
PAGE, _BATCH, _LONGEST_TEXT = 50, 1000, 200
COLUMNS = (
    "sequence", "id", "at", "action", "actor", "actorId", "company", "companyId", "about", "ipAddress",
    "browser", "details", "requestId", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class Query:
    """What is asked of the log."""

    text: str = ""
    group: str = ""
    company: uuid.UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """An entry as the page shows it."""

    entry: Entry
    action: Action
    details: tuple[tuple[str, str], ...]

    @property
    def who(self) -> str:
        """The actor's name, or whatever is known of it."""
        return self.entry.actor.partition(" <")[0]

    @property
    def mail(self) -> str:
        """The actor's address, where its name came before it."""
        return self.entry.actor.partition(" <")[2].removesuffix(">")

    @property
    def browser(self) -> str:
        """The browser in words, as far as it can be told."""
        said = self.entry.browser
        name = next((words for sign, words in _BROWSERS if sign in said), "")
        system = next((words for sign, words in _SYSTEMS if sign in said), "")
        return (
            gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
            if name and system
            else said[:40]
        )


def query_of(given: Mapping[str, str]) -> Query:
    """What an address asks for; what it cannot mean is left out."""
    group = given.get("group", "")
    return Query(
        text=given.get("q", "").strip()[:_LONGEST_TEXT].replace("\0", ""),
        group=group if group in GROUPS else "",
        company=_uuid(given.get("company", "")),
        first=_day(given.get("first", "")),
        last=_day(given.get("last", "")),
    )


def entries(query: Query) -> QuerySet[Entry]:
    """The acting organization's entries that match, newest first."""
    found = Entry.objects.order_by("-id").select_related("link")
    if query.group == CHANGE:
        # What has no name of its own is a change too.
        others = [key for group in GROUPS if group != CHANGE for key in keys_of(group)]
        found = found.exclude(action__in=others)
    elif query.group:
        found = found.filter(action__in=keys_of(query.group))
    if query.company:
        found = found.filter(company_id=query.company)
    if query.first:
        found = found.filter(at__gte=_midnight(query.first))
    if query.last:
        found = found.filter(at__lt=_midnight(query.last + timedelta(days=1)))
    for word in query.text.split():
        found = found.filter(
            Q(actor__icontains=word)
            | Q(company__icontains=word)
            | Q(about__icontains=word)
            | Q(action__icontains=word)
            | Q(ip_address__startswith=word)
        )
    return found


def page_of(query: Query, before: int | None) -> tuple[list[Line], int | None]:
    """The entries older than one, and which the next page begins after; None at the end."""
    found = entries(query)
    if before:
        found = found.filter(id__lt=before)
    shown = list(found[: PAGE + 1])
    return [_line(each) for each in shown[:PAGE]], shown[PAGE - 1].id if len(shown) > PAGE else None


def _line(entry: Entry) -> Line:
    said = tuple((name, _words(value)) for name, value in entry.details.items() if value not in ("", []))
    return Line(entry, action(entry.action), said)


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def every(organization_id: uuid.UUID, query: Query) -> Iterator[dict[str, Any]]:
    """Every matching entry with its place in the chain, oldest last; read in parts, each a moment long."""
    before: int | None = None
    while True:
        with acting_for(organization_id):
            found = entries(query)
            part = list((found.filter(id__lt=before) if before else found)[:_BATCH])
        for entry in part:
            yield _exported(entry)
        if len(part) < _BATCH:
            return
        before = part[-1].id


def _exported(entry: Entry) -> dict[str, Any]:
    link = getattr(entry, "link", None)
    chained = {"sequence": link.sequence, "hash": link.hash} if link else {"sequence": None, "hash": None}
    return chained | facts(entry)


class _Echo:
    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A line for each entry, none of whose cells a spreadsheet takes for a formula."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        cells = row | {"details": json.dumps(row["details"], ensure_ascii=False, sort_keys=True)}
        yield writer.writerow([safe(cells[name]) for name in COLUMNS])


def as_ndjson(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """An object for each entry, one a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def _midnight(day: date) -> datetime:
    """When a day begins where the organization is."""
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2999 else None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
