"""Settings > System status: whether everything works, in words."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from cardable.server.operations import words


@login_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Every part and every kind of job; what is not well comes with what to do."""
    parts = words.parts()
    context = {
        "parts": parts,
        "troubles": [part for part in parts if not part.is_well],
        "kinds": list(words.kinds()),
        "facts": words.facts(),
    }
    return render(request, "portal/settings/status.html", context)


urlpatterns = [path("settings/status/", status, name="settings-status")]
