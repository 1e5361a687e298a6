"""Which of its organizations a person works for now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cardable.server.organizations.access import CHOSEN_ORGANIZATION


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work for another of one's organizations, from its first page on."""
    wanted = request.POST.get("organization")
    memberships = request.memberships  # type: ignore[attr-defined]
    if wanted not in {str(each.organization_id) for each in memberships}:
        raise Http404
    request.session[CHOSEN_ORGANIZATION] = wanted
    return redirect("home")
