"""Settings > Retention: how long customers' data is kept, and the proof of what was deleted."""

import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cardable.language import ENGLISH, speaker
from cardable.server.companies import certificates
from cardable.server.companies.certificate_text import as_text
from cardable.server.companies.models import DeletionCertificate
from cardable.server.insights.retention import CHOICES, due, keep_for, months_kept
from cardable.server.organizations.access import member_of

_PAGE, _NAMED = 25, 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """The rule, what it would remove tonight, and every certificate."""
    member = member_of(request)
    kept = months_kept()
    wanted = _months(request.POST.get("months")) if request.method == "POST" else kept
    going = due(timezone.now(), wanted)
    count = going.count()
    if request.method == "POST" and (not count or wanted == kept or "confirmed" in request.POST):
        keep_for(wanted, by=member)
        messages.success(request, _kept_words(wanted))
        return redirect("settings-retention")
    found = DeletionCertificate.objects.order_by("-asked_at", "-id")
    context = {
        "choices": [(0, gettext("Until it is deleted")), *((months, _span(months)) for months in CHOICES)],
        "wanted": wanted,
        "is_asking": request.method == "POST",
        "going": going.order_by("folded_name")[:_NAMED],
        "going_count": count,
        "going_more": max(0, count - _NAMED),
        "span": _span(wanted),
        "certificates": Paginator(found, _PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/settings/retention.html", context)


@login_required
@require_safe
def certificate(request: HttpRequest, id: uuid.UUID, form: str) -> HttpResponse:
    """A certificate to print or to file."""
    member = member_of(request)
    found = DeletionCertificate.objects.filter(id=id).exclude(finished_at=None).first()
    if found is None or form not in ("txt", "json"):
        raise Http404
    if form == "txt":
        say = speaker(get_language() or ENGLISH)
        text, kind = as_text(found, member.organization.name, say), "text/plain"
    else:
        said = certificates.facts(found) | {"fingerprint": certificates.fingerprint(found)}
        text, kind = json.dumps(said, ensure_ascii=False, indent=2) + "\n", "application/json"
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="deletion-certificate_{found.id}.{form}"'
    return answer


def _kept_words(months: int) -> str:
    """What the rule is from now on."""
    if not months:
        return gettext("From now on, customers' data is kept until it is deleted.")
    words = gettext("From now on, customers' data is kept {span} after the last of it came.")
    return words.format(span=_span(months))


def _span(months: int) -> str:
    if not months:
        return gettext("Until it is deleted")
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def _months(given: str | None) -> int:
    """The number of months that was chosen; anything else changes nothing."""
    chosen = int(given) if given and given.isdecimal() and len(given) < 4 else -1
    return chosen if chosen in (0, *CHOICES) else months_kept()


urlpatterns = [
    path("settings/retention/", retention, name="settings-retention"),
    path(
        "settings/retention/<uuid:id>/certificate.<slug:form>",
        certificate,
        name="settings-retention-certificate",
    ),
]
