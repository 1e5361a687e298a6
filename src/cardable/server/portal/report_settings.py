"""What the pages of report settings share: the form, its preview, suggestions and versions."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from cardable.language import noted, said
from cardable.metrics import Exclusion
from cardable.server.companies.access import companies_of, company_for
from cardable.server.companies.models import Company
from cardable.server.insights.parameters import combined, current_version, read_given
from cardable.server.insights.preview import NotPreviewed, Outlook, outlooks
from cardable.server.insights.settings_versions import change, changes, versions_of, whole
from cardable.server.insights.suggestions import Suggestion, suggestions
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member
from cardable.server.portal.report_settings_form import ROWS, ReportSettingsForm, initial_of
from cardable.server.portal.row_fields import ADD, REMOVE, with_rows_changed
from cardable.server.ui.templatetags.ui import again, count, money

_COMPANIES_OFFERED = 200
_SUGGEST = "add_exclusion"
RATES = "exchange_rates"


@dataclass(frozen=True)
class Scope:
    """Whose settings: the organization's, or one company's own."""

    member: Member
    company: Company | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The settings in force, as they are kept."""
        version = current_version(self.member.organization, self.company)
        if version:
            return dict(version.given)
        return {} if self.company else dict(self.member.organization.report_parameters)

    def everything(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return combined(self.member.organization.report_parameters, given) if self.company else dict(given)

    def url(self, name: str, *rest: Any) -> str:
        prefix = "company-report-settings" if self.company else "settings-spend-insights"
        ids = (self.company.id,) if self.company else ()
        return reverse(f"{prefix}{name}", args=[*ids, *rest])


def scope_of(request: HttpRequest, id: uuid.UUID | None = None) -> Scope:
    """Whose settings the address is about; Http404 for strangers."""
    member = member_of(request)
    company = company_for(member, id) if id else None
    return Scope(member, company)


def settings_page(request: HttpRequest, scope: Scope, template: str, **context: Any) -> HttpResponse:
    """The form; it saves, shows what a change does, or changes its rows."""
    given, sent = scope.given, _sent(request)
    form = ReportSettingsForm(
        sent,
        organization=scope.member.organization,
        for_company=scope.company is not None,
        initial=initial_of(given, for_company=scope.company is not None),
        auto_id="report_%s",
    )
    doing = (
        ""
        if sent is None
        else "rows"
        if {ADD, REMOVE, _SUGGEST} & set(request.POST)
        else request.POST.get("do", "save")
    )
    if doing == "save" and form.is_valid():
        return _saved(request, scope, _with_rates(form.given, given))
    companies = _companies(scope)
    chosen = _chosen(request, scope, companies)
    shown = {
        "form": form,
        "scope": scope,
        "here": scope.url(""),
        "doing": doing,
        "shows_errors": doing in ("save", "preview") and bool(form.errors),
        "companies": companies,
        "chosen": chosen,
        "preview": _preview(scope, form, chosen, given) if doing == "preview" else None,
        "suggested": [] if "HX-Request" in request.headers else _suggested(scope, form, sent, companies),
        "version": versions_of(scope.member.organization, scope.company).first(),
        "rates_count": len(given.get(RATES, ())),
        "leads": {name: scope.url(f"-{name}") for name in ("rates", "versions")},
        **context,
    }
    return render(request, template, shown, status=422 if doing == "save" else 200)


def versions_page(request: HttpRequest, scope: Scope, template: str, **context: Any) -> HttpResponse:
    """Every version with who, when and what changed."""
    found = list(versions_of(scope.member.organization, scope.company)[:200])
    before = {each.number: each.given for each in found}
    rows = [
        {
            "version": each,
            "href": scope.url("-version", each.number),
            "changes": changes(before.get(each.number - 1, {}), each.given, of_company=bool(scope.company)),
        }
        for each in found
    ]
    return render(request, template, {"rows": rows, "scope": scope, "here": scope.url(""), **context})


def version_page(
    request: HttpRequest, scope: Scope, number: int, template: str, **context: Any
) -> HttpResponse:
    """One version whole, and the button that puts it in force again."""
    found = versions_of(scope.member.organization, scope.company)
    version, latest = found.filter(number=number).first(), found.first()
    if version is None or latest is None:
        raise Http404
    if request.method == "POST":
        note = said("As in version {number}.", number=number)
        made = _change(scope, version.given, note=note)
        words = gettext("The settings of version {number} are in force already.").format(number=number)
        if made:
            words = gettext(
                "The settings of version {number} are in force again, as version {latest}."
            ).format(number=number, latest=made.number)
        messages.success(request, words)
        return redirect(scope.url("-versions"))
    previous = found.filter(number=number - 1).first()
    shown = {
        "version": version,
        "is_current": version == latest,
        "changes": changes(previous.given if previous else {}, version.given, of_company=bool(scope.company)),
        "settings": whole(version.given),
        "scope": scope,
        "leads": {"versions": scope.url("-versions"), "here": scope.url("-version", number)},
        "here": scope.url(""),
    }
    return render(request, template, {**shown, **context})


def keep(request: HttpRequest, scope: Scope, given: Mapping[str, Any], *, done: str) -> None:
    """Put settings in force and say so."""
    made = _change(scope, given)
    if made:
        messages.success(request, f"{done} {gettext('This is version {number}.').format(number=made.number)}")
    else:
        messages.info(request, gettext("Nothing was changed."))


def _saved(request: HttpRequest, scope: Scope, given: Mapping[str, Any]) -> HttpResponse:
    made = _change(scope, given)
    if made:
        words = gettext("Saved as version {number}. Reports made from now on use it.").format(
            number=made.number
        )
        messages.success(request, words)
    else:
        messages.info(request, gettext("Nothing was changed."))
    return redirect(scope.url(""))


def _change(scope: Scope, given: Mapping[str, Any], note: str = "") -> Any:
    return change(
        scope.member.organization, given, by=str(scope.member.user), company=scope.company, note=note
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, with the rows that a button asked for."""
    if request.method != "POST":
        return None
    sent = with_rows_changed(request.POST, ROWS)
    name, _, reason = request.POST.get(_SUGGEST, "").rpartition("|")
    if name:
        for key, value in (("kind", "pattern"), ("value", name), ("reason", reason)):
            sent.setlist(f"exclusions_{key}", [*sent.getlist(f"exclusions_{key}"), value])
    return sent


def _with_rates(given: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The exchange rates have a page of their own; the form leaves them as they are."""
    return {**given, **({RATES: before[RATES]} if before.get(RATES) else {})}


def _companies(scope: Scope) -> list[Company]:
    """Companies whose reports a change can be tried on, those with the latest reports first."""
    if scope.company:
        return [scope.company]
    found = companies_of(scope.member).exclude(latest_report_at=None).order_by("-latest_report_at", "id")
    return list(found[:_COMPANIES_OFFERED])


def _chosen(request: HttpRequest, scope: Scope, companies: list[Company]) -> Company | None:
    wanted = request.POST.get("company") or request.GET.get("company") or ""
    return next((each for each in companies if str(each.id) == wanted), next(iter(companies), None))


def _exclusions(scope: Scope, form: ReportSettingsForm, sent: QueryDict | None) -> list[Exclusion]:
    """What is excluded with the rows on screen, saved or not."""
    rows = form["exclusions"].value() if sent is not None else form.initial["exclusions"]
    own = [
        Exclusion(**{"supplier_id" if row["kind"] == "supplier_id" else "pattern": row["value"]})
        for row in rows or ()
        if row.get("value", "").strip()
    ]
    common = scope.member.organization.report_parameters.get("exclusions", ()) if scope.company else ()
    return [
        *own,
        *(Exclusion(pattern=each.get("pattern"), supplier_id=each.get("supplier_id")) for each in common),
    ]


def _suggested(
    scope: Scope, form: ReportSettingsForm, sent: QueryDict | None, companies: list[Company]
) -> list[Suggestion]:
    """What the data holds that is usually excluded; who asks for the preview alone is not shown it."""
    return suggestions([scope.company] if scope.company else companies, _exclusions(scope, form, sent))


def _preview(
    scope: Scope, form: ReportSettingsForm, company: Company | None, before: Mapping[str, Any]
) -> dict[str, Any]:
    """The company's figures before and after, or why there are none."""
    if not form.is_valid():
        return {"fault": gettext("Mend what is marked above; then the preview shows.")}
    if company is None:
        return {"fault": gettext("No company has reports yet, so there is nothing to try a change on.")}
    company.organization = scope.member.organization
    after = _with_rates(form.given, before)
    own = {} if scope.company else Scope(scope.member, company).given
    try:
        seen, then = outlooks(
            company,
            read_given(company.organization, combined(scope.everything(before), own)),
            read_given(company.organization, combined(scope.everything(after), own)),
        )
    except NotPreviewed as fault:
        return {"fault": again(str(fault))}
    changed = changes(before, after)
    return {
        "company": company,
        "rows": _compared(seen, then),
        "changes": changed,
        "changed": ", ".join(each.label for each in changed),
    }


def _compared(seen: Outlook, then: Outlook) -> list[dict[str, Any]]:
    """Each figure before, after, and by how much it moves."""
    rows = []
    for label, name, is_money in _FIGURES:
        before, after = getattr(seen, name), getattr(then, name)
        shown = [money(each, outlook.currency) if is_money else count(each)
                 for each, outlook in ((before, seen), (after, then))]  # fmt: skip
        moved = seen.currency == then.currency and after - before
        step = "" if not moved else money(moved, then.currency) if is_money else count(moved)
        rows.append({"label": label, "before": shown[0], "after": shown[1],
                     "step": f"+{step}" if step and moved > 0 else step})  # fmt: skip
    return rows


_FIGURES = (
    (noted("Months reviewed"), "months", False),
    (noted("Suppliers listed"), "suppliers", False),
    (noted("Cardable suppliers"), "cardable_suppliers", False),
    (noted("Excluded suppliers"), "excluded", False),
    (noted("Cardable spend a year"), "cardable_spend", True),
    (noted("Cashback"), "cashback", True),
    (noted("Time saved"), "time_saved", True),
    (noted("Annual card benefits"), "benefit", True),
    (noted("Records without a rate"), "without_rate", False),
)
