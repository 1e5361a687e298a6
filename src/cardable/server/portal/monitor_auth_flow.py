"""Monitor > Auth flow: how far customers come, and where they stop."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from cardable.language import noted
from cardable.server.connections.flow import Flow, Week, flow, reach
from cardable.server.organizations.access import member_of
from cardable.server.portal.charts import Bar, BarChart
from cardable.server.ui.moments import day_words
from cardable.server.ui.templatetags.ui import count, percent

_PERIODS = ("4", "12", "26", "52")
_STEPS = (
    ("began", noted("Began the flow"), noted("Opened the Link and went on from its first screen.")),
    ("agreed", noted("Agreed to share"), noted("Chose its software and agreed.")),
    (
        "completed",
        noted("Completed"),
        noted("Brought its files and finished. Steps it may skip count as done."),
    ),
)


@login_required
def auth_flow(request: HttpRequest) -> HttpResponse:
    """The funnel, the weekly completion rate, and the share of companies that came."""
    member = member_of(request)
    asked = request.GET.get("weeks", "")
    weeks = asked if asked in _PERIODS else "12"
    found = flow(int(weeks), timezone.now(), ZoneInfo(member.organization.time_zone))
    there = reach()
    context = {
        "periods": [
            (each, ngettext("%(count)s week", "%(count)s weeks", int(each)) % {"count": each})
            for each in _PERIODS
        ],
        "weeks": weeks,
        "flow": found,
        "steps": [
            {
                "label": gettext(label),
                "about": gettext(about),
                "count": getattr(found, key),
                "share": _of(getattr(found, key), found.began),
            }
            for key, label, about in _STEPS
        ],
        "funnel": _funnel(found),
        "weekly": BarChart([_bar(week) for week in found.weeks]),
        "figures": [
            {"label": gettext("Companies"), "value": count(there.companies)},
            {
                "label": gettext("Connected"),
                "value": _of(there.connected, there.companies),
                "note": _among(count(there.connected), count(there.companies)),
            },
            {
                "label": gettext("Brought a file"),
                "value": _of(there.uploaded, there.companies),
                "note": _among(count(there.uploaded), count(there.companies)),
            },
        ],
    }
    return render(request, "portal/settings/auth_flow.html", context)


def _funnel(found: Flow) -> BarChart:
    return BarChart(
        [
            Bar(
                label=gettext(label),
                value=Decimal(getattr(found, key)),
                shown=f"{count(getattr(found, key))} · {_of(getattr(found, key), found.began)}",
                series="1" if key != "completed" else "2",
            )
            for key, label, _ in _STEPS
        ]
    )


def _bar(week: Week) -> Bar:
    shown = gettext("Nobody began")
    if week.rate is not None:
        shown = _among(percent(week.rate, 0), count(week.began))
    return Bar(
        label=gettext("Week of {day}").format(day=day_words(week.monday, get_language())),
        value=Decimal(str(week.rate or 0)),
        shown=shown,
    )


def _among(part: str, whole: str) -> str:
    return gettext("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def _of(part: int, whole: int) -> str:
    return percent(Decimal(part) / whole, 0) if whole else "—"


urlpatterns = [path("monitor/auth-flow", auth_flow, name="monitor-auth-flow")]
