"""Companies found by what an analyst remembers of them: a name, an ID, a platform, a colleague."""

import re
import uuid

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from cardable.metrics.normalise import folded
from cardable.server.companies.access import companies_of
from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member

SEARCHED = ("Company ID", "Company name", "Connection ID", "Connected platform", "User who created it")
_ID = re.compile(r"[0-9a-f-]{1,36}")
_FULL = 32


def hits(member: Member, text: str, status: str = "") -> QuerySet[Company]:
    """The companies that match themselves, whatever their parents and subsidiaries do."""
    found = companies_of(member)
    if status:
        found = found.filter(connection_status=status)
    return found.filter(_matches(member, text)) if text.strip() else found


def branches(found: QuerySet[Company]) -> tuple[str, tuple[object, ...]]:
    """SQL for the table `up`: the hits and every company above one, with their parents."""
    sql, values = found.order_by().values("id", "parent_id").query.sql_with_params()
    return (
        f"""with recursive up (id, parent_id) as (
          {sql}
          union
          select parent.id, parent.parent_id
          from companies_company parent join up on parent.id = up.parent_id
        )""",  # noqa: S608
        values,
    )


def tops(found: QuerySet[Company], within: uuid.UUID | None) -> RawSQL:
    """The ids of the topmost rows that hold a hit; below one company where `within` names it."""
    up, values = branches(found)
    place, more = ("parent_id = %s", (within,)) if within else ("parent_id is null", ())
    return RawSQL(f"{up} select id from up where {place}", (*values, *more))  # noqa: S608


def below(found: QuerySet[Company], shown: list[uuid.UUID]) -> RawSQL:
    """The ids of the hits, and of what lies between, below the rows shown."""
    up, values = branches(found)
    sql = f"""{up}, down (id) as (
      select id from up where parent_id = any(%s)
      union all
      select up.id from up join down on up.parent_id = down.id
    ) select id from down"""  # noqa: S608
    return RawSQL(sql, (*values, shown))


def _matches(member: Member, text: str) -> Q:
    wanted = folded(text.strip())
    match = Q(folded_name__contains=wanted)
    ties = Q()
    if words := _words(member, wanted):
        match |= Q(created_by_name__in=words)
        ties |= Q(connections__platform_name__in=words)
    if ids := _id_range(wanted):
        match |= Q(id__range=ids)
        ties |= Q(connections__id__range=ids)
    return match | Q(id__in=companies_of(member).filter(ties).values("id")) if ties else match


def _words(member: Member, wanted: str) -> list[str]:
    """The platforms and creators named so; both are few, however many the companies."""
    companies = companies_of(member).order_by()
    platforms = companies.exclude(connections=None).values_list("connections__platform_name").distinct()
    named = platforms.union(companies.values_list("created_by_name").distinct())
    return [word for (word,) in named if word and wanted in folded(word)]


def _id_range(wanted: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and last id that begin with these digits."""
    digits = wanted.replace("-", "")
    if not digits or not _ID.fullmatch(wanted) or len(digits) > _FULL:
        return None
    return uuid.UUID(digits.ljust(_FULL, "0")), uuid.UUID(digits.ljust(_FULL, "f"))
