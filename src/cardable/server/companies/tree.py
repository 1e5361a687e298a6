"""The hierarchy of companies: who is below, who is above."""

import uuid
from collections.abc import Iterable

from django.db import connection

from cardable.server.companies.models import Company

_FAMILY = """
with recursive family (id, depth) as (
  select id, 0 from companies_company where id = %s
  union all
  select child.id, family.depth + 1
  from companies_company child join family on child.parent_id = family.id
) select id from family order by depth, id
"""
_ABOVE = """
with recursive above (id, parent_id, height) as (
  select id, parent_id, 0 from companies_company where id = %s
  union all
  select parent.id, parent.parent_id, above.height + 1
  from companies_company parent join above on parent.id = above.parent_id
) select id from above where height > 0 order by height
"""


def family_ids(company_id: uuid.UUID) -> list[uuid.UUID]:
    """The company and all its descendants, parents first."""
    return _ids(_FAMILY, company_id)


def ancestor_ids(company_id: uuid.UUID) -> list[uuid.UUID]:
    """Its parent, the parent's parent and so on."""
    return _ids(_ABOVE, company_id)


def lock(company_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Hold these companies and all above them to the end of the transaction; those that are there to stay.

    All are taken in one order, so that two who change one hierarchy wait for each other and never for ever.
    """
    wanted: dict[uuid.UUID, None] = {}
    for company_id in company_ids:
        if company_id not in wanted:
            wanted.update(dict.fromkeys((company_id, *ancestor_ids(company_id))))
    held = Company.objects.select_for_update().filter(id__in=list(wanted)).order_by("id")
    return [company.id for company in held.only("id", "deleting_since") if company.deleting_since is None]


def _ids(sql: str, company_id: uuid.UUID) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [company_id])
        return [found for (found,) in cursor.fetchall()]
