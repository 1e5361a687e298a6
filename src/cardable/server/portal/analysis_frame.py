"""What every page of a company's analysis shows: whose it is, of which days, how its reports stand."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from cardable.server.companies.access import ancestors_of, company_for
from cardable.server.companies.models import Company
from cardable.server.insights.access import current_run
from cardable.server.insights.figure_rows import Totals
from cardable.server.insights.figures import Figures, NoFigures
from cardable.server.insights.models import ReportRun
from cardable.server.insights.record_list import KINDS
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member
from cardable.server.portal.spend_insights import Reports, reports_of

OVERVIEW, SUPPLIERS = "overview", "suppliers"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A company, the run whose figures are shown, and its totals."""

    request: HttpRequest
    member: Member
    company: Company
    reports: Reports
    run: ReportRun
    figures: Figures
    totals: Totals

    def page(self, template: str, current: str, **context: Any) -> HttpResponse:
        """A page of the analysis with its heading and tabs."""
        shared = {
            "company": self.company,
            "reports": self.reports,
            "run": self.run,
            "totals": self.totals,
            "currency": self.totals.base_currency,
            "tabs_here": self._tabs(current),
            "trail": trail(self.member, self.company, below=current != OVERVIEW),
        }
        return render(self.request, f"portal/analysis/{template}.html", shared | context)

    def _tabs(self, current: str) -> list[dict[str, Any]]:
        counts = {
            "bills": self.totals.bills_count,
            "payments": self.totals.payments_count,
            "expenses": self.totals.expenses_count,
        }
        records = [
            (kind.label, key, reverse("analysis-records", args=[self.company.id, key]), counts[key])
            for key, kind in KINDS.items()
        ]
        suppliers = reverse("analysis-suppliers", args=[self.company.id])
        tabs = [
            (gettext("Overview"), OVERVIEW, reverse("analysis", args=[self.company.id]), None),
            (gettext("Suppliers"), SUPPLIERS, suppliers, self.totals.suppliers_count),
            *records,
        ]
        return [
            {"label": label, "href": href, "current": key == current, "count": count}
            for label, key, href, count in tabs
        ]


def frame_of(request: HttpRequest, id: uuid.UUID) -> Frame | HttpResponse:
    """The frame of a company's analysis; where there is none yet, the page that says so."""
    member = member_of(request)
    company = company_for(member, id)
    reports = reports_of([company])[company.id]
    run = current_run(company)
    if run is None:
        return _without(request, company, reports)
    figures = Figures(run.storage_prefix)
    try:
        totals = figures.totals()
    except NoFigures:
        return _without(request, company, reports)
    return Frame(
        request=request,
        member=member,
        company=company,
        reports=reports,
        run=run,
        figures=figures,
        totals=totals,
    )


def trail(member: Member, company: Company, *, below: bool = True) -> list[dict[str, str]]:
    """The way down from the tab to the company; to its overview too, for pages below that."""
    steps = [{"label": gettext("Spend Insights"), "href": reverse("spend-insights")}]
    companies = [*ancestors_of(member, company), *([company] if below else [])]
    return steps + [{"label": each.name, "href": reverse("analysis", args=[each.id])} for each in companies]


def _without(request: HttpRequest, company: Company, reports: Reports) -> HttpResponse:
    context = {
        "company": company,
        "reports": reports,
        "trail": trail(member_of(request), company, below=False),
    }
    return render(request, "portal/analysis/without.html", context)
