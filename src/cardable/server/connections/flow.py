"""How far companies come on their way through the Link, counted from what really happened."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Min

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, ConnectionEvent, Consent, Upload
from cardable.server.events.models import Event

_BEGAN = ("link.began", "connection.created")
_COMPLETED = "link.completed"


@dataclass(frozen=True)
class Week:
    """The companies that began in one week, and how many of them have completed since."""

    monday: date
    began: int
    completed: int

    @property
    def rate(self) -> float | None:
        return self.completed / self.began if self.began else None


@dataclass(frozen=True)
class Flow:
    """Companies on their way, those that began within some weeks."""

    began: int
    agreed: int
    """Chose their software and agreed to share."""
    completed: int
    weeks: tuple[Week, ...]
    """The latest first."""


@dataclass(frozen=True)
class Reach:
    """How many of all companies there are have connected, and have brought a file."""

    companies: int
    connected: int
    uploaded: int


def flow(weeks: int, now: datetime, zone: ZoneInfo) -> Flow:
    """The companies that first began within the last so many weeks, this one included."""
    today = now.astimezone(zone).date()
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=each) for each in range(weeks)]
    firsts = _began()
    weekly: dict[date, set[uuid.UUID]] = defaultdict(set)
    for company, moment in firsts.items():
        day = moment.astimezone(zone).date()
        weekly[day - timedelta(days=day.weekday())].add(company)
    chosen = {company for monday in mondays for company in weekly[monday]}
    completed = _completed() & chosen
    # Whoever completed has agreed, even where that is so long ago that its record went with a connection.
    agreed = (_agreed() & chosen) | completed
    return Flow(
        began=len(chosen),
        agreed=len(agreed),
        completed=len(completed),
        weeks=tuple(Week(monday, len(weekly[monday]), len(weekly[monday] & completed)) for monday in mondays),
    )


def reach() -> Reach:
    """All companies that are there, whenever they came."""
    there = Company.objects.filter(deleting_since=None)
    return Reach(
        companies=there.count(),
        connected=there.filter(
            id__in=Connection.objects.filter(status="Linked").values("company_id")
        ).count(),
        uploaded=there.filter(id__in=Upload.objects.values("connection__company_id")).count(),
    )


def _began() -> Mapping[uuid.UUID, datetime]:
    """When each company that is there first opened its Link."""
    there = set(Company.objects.filter(deleting_since=None).values_list("id", flat=True))
    found = Event.objects.filter(kind__in=_BEGAN).values("company_id").annotate(first=Min("at"))
    return {each["company_id"]: each["first"] for each in found if each["company_id"] in there}


def _agreed() -> set[uuid.UUID]:
    return set(Consent.objects.values_list("company_id", flat=True))


def _completed() -> set[uuid.UUID]:
    told = Event.objects.filter(kind=_COMPLETED).values_list("company_id", flat=True)
    linked = ConnectionEvent.objects.filter(kind="Completed").values_list("connection__company_id", flat=True)
    return {company for company in (*told, *linked) if company}
