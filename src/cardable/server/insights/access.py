"""A company's runs and report files; companies themselves are reached through their own access."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, When
from django.http import Http404
from django.utils import translation

from cardable.language import ENGLISH, noted
from cardable.reports import all_reports
from cardable.server.companies.models import Company
from cardable.server.insights.making import BUNDLE
from cardable.server.insights.models import ReportFile, ReportRun
from cardable.server.insights.runs import SPEND
from cardable.server.languages import languages_of

# What runs.update_allowed says of one company, for a whole list at once.
_FAMILIES = """
with recursive family (root, id) as (
  select id, id from companies_company where id = any(%s)
  union all
  select family.root, child.id from companies_company child join family on child.parent_id = family.id
)
select root,
  bool_or(exists (select from connections_connection c
    where c.company_id = family.id and c.status = 'Linked' and c.is_streaming)),
  bool_or(exists (select from syncs_storedsnapshot s where s.company_id = family.id and s.is_current))
from family group by root
"""


@dataclass(frozen=True)
class ReportLine:
    """A report ready to download, as a menu names it."""

    name: str
    file: ReportFile

    @property
    def key(self) -> str:
        return self.file.report

    @property
    def is_bundle(self) -> bool:
        return self.file.report == BUNDLE


def current_run(company: Company) -> ReportRun | None:
    """The newest run whose figures and reports are ready."""
    return _newest(company, status="Complete")


def failed_run(company: Company) -> ReportRun | None:
    """The newest run, where it failed."""
    found = _newest(company)
    return found if found and found.status == "Error" else None


def report_file(company: Company, report: str) -> ReportFile:
    """The file that the newest run with this report has for the reader; Http404 where none was ever made."""
    languages = (_of_page(), *languages_of(company.organization))
    found = _files([company.id], languages).filter(report=report).first()
    if found is None:
        raise Http404
    return found


def report_lines(companies: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, list[ReportLine]]:
    """What each company's menu offers: the newest file of every report, the bundle last."""
    names = {report.key: report.name for report in all_reports()} | {BUNDLE: noted("Download all")}
    order = list(names)
    lines: dict[uuid.UUID, list[ReportLine]] = defaultdict(list)
    for file in _files(companies, [_of_page()]):
        if file.report in names:
            lines[file.run.company_id].append(ReportLine(names[file.report], file))
    for found in lines.values():
        found.sort(key=lambda line: order.index(line.key))
    return lines


def failures(companies: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, ReportRun]:
    """Each company's newest run."""
    runs = ReportRun.objects.filter(company_id__in=companies, kind=SPEND)
    newest = runs.order_by("company_id", "-requested_at", "-id").distinct("company_id")
    return {run.company_id: run for run in newest if run.status == "Error"}


def live_and_held(companies: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[bool, bool]]:
    """Whether each company's family has a live connection, and whether it has data."""
    with connection.cursor() as cursor:
        cursor.execute(_FAMILIES, [list(companies)])
        return {root: (live, held) for root, live, held in cursor.fetchall()}


def _of_page() -> str:
    return translation.get_language() or ENGLISH


def _newest(company: Company, **more: str) -> ReportRun | None:
    runs = ReportRun.objects.filter(company=company, kind=SPEND, **more)
    return runs.order_by("-requested_at", "-id").first()


def _files(companies: Iterable[uuid.UUID], languages: Iterable[str]) -> QuerySet[ReportFile]:
    """The newest file of each company and report, of a run in the first of the languages it has."""
    ranks = [When(language=language, then=rank) for rank, language in enumerate(dict.fromkeys(languages))]
    return (
        ReportFile.objects.filter(run__company_id__in=companies, run__status="Complete")
        .exclude(storage_key="")
        .select_related("run")
        .annotate(rank=Case(*ranks, default=len(ranks), output_field=IntegerField()))
        .order_by("run__company_id", "report", "-run__requested_at", "-run_id", "rank", "-made_at", "-id")
        .distinct("run__company_id", "report")
    )
