"""Settings > Spend Insights, a company's own report settings, and their versions."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext

from cardable.language import noted
from cardable.server.portal import report_rates
from cardable.server.portal.company_page import shell
from cardable.server.portal.report_settings import Scope, scope_of, settings_page, version_page, versions_page

_LABEL = noted("Report settings")


@login_required
def settings(request: HttpRequest, id: uuid.UUID | None = None) -> HttpResponse:
    """What reports depend on, with a preview before it is saved."""
    scope = scope_of(request, id)
    return settings_page(request, scope, "portal/settings/report_settings.html", **_shell(request, scope))


@login_required
def versions(request: HttpRequest, id: uuid.UUID | None = None) -> HttpResponse:
    """Who changed what, and when."""
    scope = scope_of(request, id)
    return versions_page(request, scope, "portal/settings/report_versions.html", **_shell(request, scope))


@login_required
def version(request: HttpRequest, number: int, id: uuid.UUID | None = None) -> HttpResponse:
    """How the settings were, and the way back to that."""
    scope = scope_of(request, id)
    return version_page(
        request, scope, number, "portal/settings/report_version.html", **_shell(request, scope)
    )


@login_required
def rates(request: HttpRequest, id: uuid.UUID | None = None) -> HttpResponse:
    """The exchange-rate table."""
    scope = scope_of(request, id)
    return report_rates.page(request, scope, "portal/settings/report_rates.html", **_shell(request, scope))


def _shell(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    frame = "portal/companies/page.html" if scope.company else "portal/settings/page.html"
    surroundings = (
        shell(request, scope.company, _LABEL) if scope.company else {"page_title": gettext("Spend Insights")}
    )
    return {"frame": frame, **surroundings}


urlpatterns = [
    path("settings/spend-insights/", settings, name="settings-spend-insights"),
    path("settings/spend-insights/rates", rates, name="settings-spend-insights-rates"),
    path("settings/spend-insights/versions/", versions, name="settings-spend-insights-versions"),
    path("settings/spend-insights/versions/<int:number>", version, name="settings-spend-insights-version"),
    path("companies/<uuid:id>/report-settings/", settings, name="company-report-settings"),
    path("companies/<uuid:id>/report-settings/rates", rates, name="company-report-settings-rates"),
    path("companies/<uuid:id>/report-settings/versions/", versions, name="company-report-settings-versions"),
    path(
        "companies/<uuid:id>/report-settings/versions/<int:number>",
        version,
        name="company-report-settings-version",
    ),
]
