"""What a company's connections and those of its subsidiaries add up to, kept on the company itself."""

import json
import uuid
from collections.abc import Iterable

from django.db import connection

from cardable.language import noted
from cardable.server.companies.models import Company
from cardable.server.companies.tree import ancestor_ids, lock

_PLATFORMS_KEPT = 50

# Companies on their way out count no more; a childless company without a connection leaves a gap. A company
# has one accounting system at a time, so what it let go or left unfinished before the one it has is no lack.
_ROLL_UP = """
with recursive family (id) as (
  select id from companies_company where id = %s
  union all
  select child.id from companies_company child join family on child.parent_id = family.id
  where child.deleting_since is null
),
held as (
  select c.company_id, c.platform_name, c.status, c.last_sync_at, c.status <> 'Linked' and exists (
    select from connections_connection later
    where later.company_id = c.company_id and later.status = 'Linked' and later.source_type = c.source_type
      and c.source_type = 'Accounting' and coalesce(later.counted_since, later.linked_at) > c.created_at
  ) as is_replaced
  from connections_connection c join family on family.id = c.company_id
),
gaps as (
  select count(*) as found from family
  where family.id <> %s
    and not exists (select from held where held.company_id = family.id)
    and not exists (
      select from companies_company child where child.parent_id = family.id and child.deleting_since is null)
)
select
  (select count(*) from family),
  (select count(*) from companies_company where parent_id = %s and deleting_since is null),
  (select count(distinct company_id) from held where status = 'Linked'),
  (select max(last_sync_at) from held),
  (select array_agg(distinct status) from held where not is_replaced),
  (select found from gaps),
  (select jsonb_agg(jsonb_build_object('name', platform_name, 'status', status)
     order by platform_name, status)
   from (select distinct platform_name, status from held order by 1, 2 limit %s) as named)
"""


def refresh(*companies: Company) -> None:
    """Bring these companies and all above them up to date; called when connections or the tree change."""
    lock([company.id for company in companies])
    changed = dict.fromkeys(each for company in companies for each in (company.id, *ancestor_ids(company.id)))
    for company_id in changed:
        _refresh(company_id)


def company_status(statuses: Iterable[str], *, has_gaps: bool) -> str:
    """The word for a company whose own and descendants' connections have these statuses."""
    found = set(statuses)
    if not found:
        return noted("No connections")
    if found == {"Linked"} and not has_gaps:
        return "Linked"
    for status, word in (("Linked", "Partial"), ("Deauthorized", "Deauthorized"), ("PendingAuth", "Pending")):
        if status in found:
            return word
    return "Unlinked"


def _refresh(company_id: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ROLL_UP, [company_id, company_id, company_id, _PLATFORMS_KEPT])
        family, children, linked, last_sync_at, statuses, gaps, platforms = cursor.fetchone()
    Company.objects.filter(id=company_id).update(
        connection_status=company_status(statuses or (), has_gaps=gaps > 0),
        family_count=family,
        children_count=children,
        linked_count=linked,
        last_sync_at=last_sync_at,
        platforms=json.loads(platforms or "[]"),
    )
