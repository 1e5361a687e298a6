"""The job that removes a company with everything it holds."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import connection
from procrastinate.contrib.django import app

from cardable.language import said
from cardable.server import events, storage
from cardable.server.companies import certificates
from cardable.server.companies.folders import companies_folder, company_folder
from cardable.server.companies.models import Company
from cardable.server.companies.tree import ancestor_ids, lock
from cardable.server.events.models import Event
from cardable.server.rescue import Patience
from cardable.server.storage import Unreachable
from cardable.server.tenancy import acting_for

# Jobs name companies, connections, uploads and runs by their ids, at any place of their arguments.
_MENTIONED = """
with ids (id) as (
  select unnest(%(ids)s::uuid[])
  union select id from connections_connection where company_id = any(%(ids)s::uuid[])
  union select upload.id from connections_upload upload
    join connections_connection held on held.id = upload.connection_id
    where held.company_id = any(%(ids)s::uuid[])
  union select id from insights_reportrun where company_id = any(%(ids)s::uuid[])
)
delete from procrastinate_jobs job
where status not in ('doing', 'succeeded')
  and task_name <> %(own)s
  and exists (
    select from jsonb_path_query(job.args, '$.* ? (@.type() == "string")') as value
    join ids on ids.id::text = value #>> '{}')
"""


@app.task(name="companies.delete", retry=Patience(Unreachable))
def delete(organization_id: str, company_ids: Sequence[str]) -> None:
    """Remove companies that were let go: files, jobs, rows; what is gone already is no fault."""
    organization, ids = uuid.UUID(organization_id), [uuid.UUID(each) for each in company_ids]
    with acting_for(organization):
        above = _ancestors(ids)
        certificate = certificates.of_companies(organization, ids)
    _delete_files(organization, ids)
    with acting_for(organization):
        lock([*ids, *above])
        delete_jobs(ids)
        gone = Event.objects.filter(company_id__in=ids).exclude(kind="company.deleted").delete()
        certificates.count(certificate, gone, Company.objects.filter(id__in=ids).delete())
        for company in Company.objects.filter(id__in=above, deleting_since=None):
            events.record("company.subsidiary.deleted", said("A subsidiary was deleted."), company=company)
    # A job that was under way may have left files behind the first sweep.
    _delete_files(organization, ids)
    with acting_for(organization):
        certificates.finish(certificate)


def sweep(organization: uuid.UUID) -> int:
    """Remove the files of companies that are no more, left by whatever was cut short; how many companies."""
    stored = {folder.rsplit("/", 1)[-1] for folder in storage.folders(companies_folder(organization))}
    with acting_for(organization):
        known = {str(found) for found in Company.objects.values_list("id", flat=True)}
    for name in stored - known:
        storage.delete(f"{companies_folder(organization)}/{name}")
    return len(stored - known)


def _ancestors(ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    found = dict.fromkeys(ancestor for company_id in ids for ancestor in ancestor_ids(company_id))
    return [ancestor for ancestor in found if ancestor not in ids]


def _delete_files(organization: uuid.UUID, ids: Iterable[uuid.UUID]) -> None:
    for company_id in ids:
        storage.delete(company_folder(organization, company_id))


def delete_jobs(ids: Sequence[uuid.UUID]) -> None:
    """Remove every waiting job about these companies, or about what is theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_MENTIONED, {"ids": [str(each) for each in ids], "own": delete.name})
