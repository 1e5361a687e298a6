"""A company's own pages: summary, subsidiaries, and how its data was read."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext

from cardable.language import noted
from cardable.server.companies.access import ancestors_of, company_for
from cardable.server.companies.models import Company
from cardable.server.connections.models import Consent
from cardable.server.events.models import Event
from cardable.server.insights.figure_rows import Totals
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import may
from cardable.server.portal.company_figures import latest_totals
from cardable.server.portal.company_table import company_table, table_page
from cardable.server.portal.record_tables import DATA_TYPES
from cardable.server.syncs.models import Sync
from cardable.server.ui.moments import day_words
from cardable.server.ui.statuses import status_words
from cardable.server.ui.templatetags.ui import ago, count, whole_money

_EVENTS, _SYNCS = 20, 50
_UNDER_WAY = ("Queued", "Fetching", "Mapping", "Validating", "Processing")


@login_required
def summary(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """What is known of a company at a glance, and what happened to it."""
    member = member_of(request)
    company = company_for(member, id)
    context = {
        "figures": _figures(member, company),
        "owners": [str(owner.user) for owner in company.owners.select_related("user").order_by("user__name")],
        "events": page_of(
            request, Event.objects.filter(company_id=company.id).order_by("-at", "-id"), _EVENTS
        ),
    }
    return company_page(request, company, noted("Summary"), "portal/companies/summary.html", **context)


@login_required
def subsidiaries(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The companies below this one, with the controls of the Companies tab."""
    company = company_for(member_of(request), id)
    table = company_table(
        request, of=gettext("Subsidiaries of {name}").format(name=company.name), within=company
    )
    context = shell(request, company, noted("Subsidiaries"))
    return table_page(request, "portal/companies/subsidiaries.html", table, **context)


@login_required
def history(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Each reading of each type of data, and what came of it."""
    company = company_for(member_of(request), id)
    syncs = Sync.objects.filter(company=company).select_related("connection")
    page = page_of(request, syncs.order_by("-requested_at", "-id"), _SYNCS)
    labels = {"any": gettext("All data")} | {each.key.replace("-", "_"): each.label for each in DATA_TYPES}
    rows = [
        {
            "sync": sync,
            "label": labels.get(sync.record_type, sync.record_type.replace("_", " ").capitalize()),
            "took": sync.completed_at - sync.requested_at if sync.completed_at else None,
        }
        for sync in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "is_live": any(sync.status in _UNDER_WAY for sync in page.object_list),
    }
    return company_page(request, company, noted("Read history"), "portal/companies/history.html", **context)


@login_required
def writes(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """What was written to the customer's software: nothing, ever."""
    company = company_for(member_of(request), id)
    agreed = Consent.objects.filter(company=company).select_related("connection").order_by("-at")
    page = page_of(request, agreed, _SYNCS)
    return company_page(request, company, noted("Write history"), "portal/companies/writes.html", page=page)


def company_page(
    request: HttpRequest, company: Company, current: str, template: str, **context: Any
) -> HttpResponse:
    """A page of a company, with the way to its other pages beside it."""
    return render(request, template, {**shell(request, company, current), **context})


def shell(request: HttpRequest, company: Company, current: str) -> dict[str, Any]:
    """What surrounds each page of a company."""
    ancestors = ancestors_of(member_of(request), company)
    above = [{"label": each.name, "href": reverse("company", args=[each.id])} for each in ancestors]
    return {
        "company": company,
        "parent": next((each for each in ancestors if each.id == company.parent_id), None),
        "trail": [
            {"label": gettext("Companies"), "href": reverse("companies")},
            *above,
            {"label": company.name},
        ],
        "pages": _pages(member_of(request), company, current),
        "page_title": gettext(current),
    }


def _pages(member: Member, company: Company, current: str) -> list[dict[str, Any]]:
    def page(label: str, name: str, **more: Any) -> dict[str, Any]:
        href = reverse(name, args=[company.id])
        return {"label": gettext(label), "href": href, "current": label == current, **more}

    pages = [page(noted("Summary"), "company"), page(noted("Manage connections"), "company-connections")]
    if may(member, "view data"):
        pages.append(
            page(noted("Data"), "company-tables", inner=[page(noted("Uploaded files"), "company-files")])
        )
    histories = [
        page(noted("Read history"), "company-history"),
        page(noted("Write history"), "company-writes"),
    ]
    pages.append(page(noted("Data history"), "company-history", inner=histories))
    if company.children_count:
        pages.append(page(noted("Subsidiaries"), "company-subsidiaries", count=company.children_count))
    if may(member, "change settings"):
        pages.append(page(noted("Report settings"), "company-report-settings"))
    return pages


def page_of(request: HttpRequest, found: QuerySet[Any, Model], size: int) -> Any:
    """The part of a list that the address asks for; a number beyond it means the last."""
    return Paginator(found, size).get_page(request.GET.get("page"))


def _figures(member: Member, company: Company) -> list[dict[str, Any]]:
    figures: list[dict[str, Any]] = []
    if may(member, "view data"):
        totals = latest_totals(company)
        spend = whole_money(totals.total_spend, totals.base_currency) if totals else "—"
        note = _period(totals) if totals else gettext("Shown once reports are there")
        figures.append({"label": gettext("Total spend"), "value": spend, "note": note})
        figures.append(
            {"label": gettext("Suppliers"), "value": count(totals.suppliers_count) if totals else "—"}
        )
    latest = ago(company.latest_report_at) if company.latest_report_at else gettext("No report yet")
    reports = {"label": gettext("Reports"), "value": status_words(company.report_status), "note": latest}
    if company.latest_report_at and may(member, "view spend insights"):
        reports["href"] = reverse("analysis", args=[company.id])
    figures.append(reports)
    last = ago(company.last_sync_at) if company.last_sync_at else "—"
    return [*figures, {"label": gettext("Last data sync"), "value": last}]


def _period(totals: Totals) -> str:
    language = get_language()
    return f"{day_words(totals.start_date, language)} – {day_words(totals.end_date, language)}"


urlpatterns = [
    path("companies/<uuid:id>/", summary, name="company"),
    path("companies/<uuid:id>/subsidiaries", subsidiaries, name="company-subsidiaries"),
    path("companies/<uuid:id>/history", history, name="company-history"),
    path("companies/<uuid:id>/history/writes", writes, name="company-writes"),
]
