"""Companies found by what an analyst remembers of them: a name, an ID, a platform, a colleague."""

import re
import uuid
from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from cardable.language import noted
from cardable.metrics.normalise import folded
from cardable.server.companies.access import companies_of
from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member

SEARCHED = (
    noted("Company ID"),
    noted("Company name"),
    noted("Connection ID"),
    noted("Connected platform"),
    noted("User who created it"),
)
_ID = re.compile(r"[0-9a-f-]{1,36}")
_FULL = 32
_ON_PLATFORM = "select company_id from connections_connection where platform_name = any(%s)"
_OF_CONNECTION = "select company_id from connections_connection where id between %s and %s"


def hits(member: Member, text: str, status: str = "") -> QuerySet[Company]:
    """The companies that match themselves, whatever their parents and subsidiaries do."""
    found = companies_of(member)
    if status:
        found = found.filter(connection_status=status)
    return found.filter(_matches(member, text)) if text.strip() else found


def tops(found: QuerySet[Company], within: uuid.UUID | None) -> RawSQL:
    """Whether a company is a topmost row that holds a hit; below one company where `within` names it."""
    up, values = _upwards(found)
    place, more = ("parent_id = %s", (within,)) if within else ("parent_id is null", ())
    return _among(f"with recursive {up} select id from up where {place}", *values, *more)  # noqa: S608


def above(found: QuerySet[Company]) -> RawSQL:
    """Whether a company is a hit, or one lies below it."""
    up, values = _upwards(found)
    return _among(f"with recursive {up} select id from up", *values)  # noqa: S608


def below(found: QuerySet[Company], shown: Sequence[uuid.UUID]) -> RawSQL:
    """Whether a company is a hit below the rows shown, or lies between."""
    up, values = _upwards(found.filter(_among("select id from family")))
    sql = f"""with recursive family (id) as (
      select unnest(%s::uuid[])
      union all
      select child.id from companies_company child join family on child.parent_id = family.id
    ), {up} select id from up"""  # noqa: S608
    return _among(sql, list(shown), *values)


def _among(ids: str, *values: object) -> RawSQL:
    # As an array the ids are looked up in the index; as a subquery they would be gone through row by row.
    return RawSQL(f"companies_company.id = any(array({ids}))", values, BooleanField())


def _upwards(found: QuerySet[Company]) -> tuple[str, tuple[object, ...]]:
    """SQL for the table `up`: the hits and every company above one, with their parents.

    The hits go through arrays, as PostgreSQL otherwise expects far too many of them and reads every company
    to find the few above.
    """
    sql, values = found.order_by().values("id", "parent_id").query.sql_with_params()
    return (
        f"""up (id, parent_id) as (
          select unnest(array_agg(id)), unnest(array_agg(parent_id)) from ({sql}) hits
          union
          select parent.id, parent.parent_id
          from companies_company parent join up on parent.id = up.parent_id
        )""",  # noqa: S608
        values,
    )


def _matches(member: Member, text: str) -> Q:
    wanted = folded(text.strip())
    match = Q(folded_name__contains=wanted) | _created_by(member, wanted, text.strip())
    platforms, ids = _platforms(wanted), _id_range(wanted)
    if ids:
        match |= Q(id__range=ids)
        match |= Q(id__in=RawSQL(_OF_CONNECTION, ids))
    if platforms:
        match |= Q(id__in=RawSQL(_ON_PLATFORM, (platforms,)))
    return match


def _created_by(member: Member, wanted: str, text: str) -> Q:
    """Companies made by a colleague of this name; of one who has left, the name as it was written down."""
    people = Member.objects.filter(organization_id=member.organization_id).select_related("user")
    named = [each.id for each in people if wanted in folded(str(each.user))]
    return Q(created_by__in=named) | Q(created_by=None, created_by_name__icontains=text)


def _platforms(wanted: str) -> list[str]:
    """The platforms named so; they are few, however many the connections."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct platform_name from connections_connection")
        return [name for (name,) in cursor.fetchall() if wanted in folded(name)]


def _id_range(wanted: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and last id that begin with these digits."""
    digits = wanted.replace("-", "")
    if not digits or not _ID.fullmatch(wanted) or len(digits) > _FULL:
        return None
    return uuid.UUID(digits.ljust(_FULL, "0")), uuid.UUID(digits.ljust(_FULL, "f"))
