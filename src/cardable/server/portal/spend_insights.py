"""The Spend Insights tab: every company's reports, how they stand, and what can be done about them."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from cardable.language import said
from cardable.server import events
from cardable.server.companies.access import companies_of, company_for
from cardable.server.companies.models import Company
from cardable.server.insights.access import ReportLine, failures, live_and_held, report_lines
from cardable.server.insights.models import ReportRun
from cardable.server.insights.runs import request_run, update_allowed, why_not_updated
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member
from cardable.server.portal.company_table import CompanyTable, Line, company_table, table_page
from cardable.server.ui.templatetags.ui import again

GENERATING = "Generating"
_WATCHED = 200


@dataclass(frozen=True)
class Reports:
    """What a company's row says of its reports, and what its menu offers."""

    company: Company
    lines: list[ReportLine]
    failure: ReportRun | None
    not_updated: str
    """Why Update reports is off; empty where it is on."""

    @property
    def is_generating(self) -> bool:
        return self.company.report_status == GENERATING


@login_required
def spend_insights(request: HttpRequest) -> HttpResponse:
    """All companies with the state of their reports, hierarchies folded."""
    table = company_table(request, of=gettext("Companies and their reports"))
    families = _families(table)
    first = next((line.company.id.hex for family in families for line, _ in family), "")
    return table_page(
        request, "portal/insights/list.html", table, families=families, batch=first, every=_pace(families)
    )


@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """The cells of those watched companies whose reports stand otherwise than the page shows."""
    member = member_of(request)
    shown = dict(_shown(request.GET.getlist("of")))
    companies = companies_of(member).filter(id__in=shown).select_related("parent")
    changed = [company for company in companies if company.report_status != shown[company.id]]
    if not changed:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    batch = next(_ids([request.GET.get("batch", "")]), None)
    context = {"changed": list(reports_of(changed).values()), "batch": batch.hex if batch else ""}
    return render(request, "portal/insights/changes.html", context)


@login_required
@require_POST
def update(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """New reports, where a live connection can bring new data; the run under way where there is one."""
    member = member_of(request)
    company = company_for(member, id)
    allowed, reason = update_allowed(company)
    if not allowed:
        messages.error(request, again(reason))
    else:
        _ask(company, member)
        messages.success(request, gettext("New reports for {name} are being made.").format(name=company.name))
    return redirect(_back(request, company))


def reports_of(companies: Iterable[Company]) -> Mapping[uuid.UUID, Reports]:
    """The state of each company's reports, in as many queries for one as for a page of them."""
    known = {company.id: company for company in companies}
    if not known:
        return {}
    lines, failed = report_lines(known), failures(known)
    families = live_and_held(known)
    return {
        id: Reports(
            company, lines.get(id, []), failed.get(id), _not_updated(*families.get(id, (False, False)))
        )
        for id, company in known.items()
    }


def _not_updated(is_live: bool, has_data: bool) -> str:
    return why_not_updated(is_live=is_live, has_data=has_data)


def _pace(families: list[list[tuple[Line, Reports]]]) -> str:
    """How often the page asks: soon where reports are being made, else to see a customer's data arrive."""
    is_busy = any(reports.is_generating for family in families for _, reports in family)
    return "every 3s" if is_busy else "every 10s"


def _families(table: CompanyTable) -> list[list[tuple[Line, Reports]]]:
    reports = reports_of(line.company for family in table.families for line in family)
    return [[(line, reports[line.company.id]) for line in family] for family in table.families]


def _ask(company: Company, member: Member) -> None:
    was_running = company.report_status == GENERATING
    request_run(company, str(member))
    if not was_running:
        words = said("New reports were asked for.")
        events.record("reports.spendAnalysis.requested", words, company=company, actor=str(member))


def _shown(words: Iterable[str]) -> Iterator[tuple[uuid.UUID, str]]:
    """Each watched company with the state that the page shows for it."""
    for word in islice(words, _WATCHED):
        id, _, status = word.partition("-")
        yield from ((each, status) for each in _ids([id]))


def _ids(words: Iterable[str]) -> Iterator[uuid.UUID]:
    for word in words:
        try:
            yield uuid.UUID(word)
        except ValueError:
            continue


def _back(request: HttpRequest, company: Company) -> str:
    given = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure()):
        return given
    return reverse("analysis", args=[company.id])


urlpatterns: list[Any] = [
    path("spend-insights/", spend_insights, name="spend-insights"),
    path("spend-insights/changes", changes, name="insights-changes"),
    path("spend-insights/<uuid:id>/update", update, name="reports-update"),
]
