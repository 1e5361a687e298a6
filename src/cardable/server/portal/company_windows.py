"""Windows about one company: create, edit, ask for its data, delete."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext, pgettext

from cardable.server.companies import changes
from cardable.server.companies.access import companies_of, company_for, family_of, family_size, is_narrowed
from cardable.server.companies.models import Company
from cardable.server.companies.products import SPEND_INSIGHTS
from cardable.server.connections.links import link_url
from cardable.server.organizations.access import member_of
from cardable.server.portal.company_forms import CompanyForm, initial_of, possible_parents
from cardable.server.portal.email_template import mails


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """A new company; afterwards its Link URL."""
    member = member_of(request)
    form = CompanyForm(
        _sent(request), member=member, initial={"products": [SPEND_INSIGHTS], **_asked(request)}
    )
    if _is_saving(request) and form.is_valid():
        try:
            company = changes.create_company(member.organization, **form.told(), by=member)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            return redirect("company-created", company.id)
    return _window(request, form, None)


@login_required
def edit(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The same window with what is known of the company."""
    member = member_of(request)
    company = company_for(member, id)
    form = CompanyForm(_sent(request), member=member, company=company, initial=initial_of(company))
    if _is_saving(request) and form.is_valid():
        try:
            changes.edit_company(company, **form.told(), by=member)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, pgettext("company", "%(name)s was changed.") % {"name": company.name})
            if not companies_of(member).filter(id=company.id).exists():
                return redirect("companies")
            return redirect(_behind(request) or reverse("company", args=[company.id]))
    return _window(request, form, company)


def _sent(request: HttpRequest) -> Any:
    """What was sent; where only a row of tags or a search for a parent was asked for, with that done."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    if "add_tag" in sent:
        sent.setlist("tags_key", [*sent.getlist("tags_key"), ""])
        sent.setlist("tags_value", [*sent.getlist("tags_value"), ""])
    if sent.get("remove_tag", "").isdigit():
        place = int(str(sent["remove_tag"]))
        for name in ("tags_key", "tags_value"):
            kept = sent.getlist(name)
            sent.setlist(name, kept[:place] + kept[place + 1 :])
    return sent


def _is_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and not {"add_tag", "remove_tag", "find_parent"} & set(request.POST)


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        return {"parent": uuid.UUID(request.GET["parent"])}
    except (KeyError, ValueError):
        return {}


def _window(request: HttpRequest, form: CompanyForm, company: Company | None) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("parent_search", "")
    context = {
        "form": form,
        "company": company,
        "shows_errors": form.is_bound and _is_saving(request),
        "parent_search": text,
        "parents": _parents(form, company, text) if "parent" in form.fields else [],
        "adds_tag": "add_tag" in request.POST,
    }
    return render(request, "portal/companies/edit.html", context)


def _parents(form: CompanyForm, company: Company | None, text: str) -> list[tuple[str, str, str, bool]]:
    """The choices of a parent: value, name, what lies above it, and whether it is the chosen one."""
    member = form.member
    try:
        chosen = uuid.UUID(str(form["parent"].value()))
    except ValueError:
        chosen = None
    found = possible_parents(member, company, text)
    if chosen and chosen not in {each.id for each in found}:
        found = [*possible_parents(member, company, "", ids=[chosen]), *found]
    above = companies_of(member).in_bulk([each.parent_id for each in found if each.parent_id])
    return [
        ("", pgettext("parent company", "None"), "", chosen is None),
        *((str(each.id), each.name, _name(above.get(each.parent_id)), each.id == chosen) for each in found),
    ]


def _name(company: Company | None) -> str:
    return company.name if company else ""


@login_required
def created(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """What to do with a company just created: send it its link."""
    return _onboarding(request, id, "portal/companies/created.html")


@login_required
def request_data(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The Onboarding window: Link URL, mail to send, and what is connected already."""
    return _onboarding(request, id, "portal/companies/onboarding.html")


def _onboarding(request: HttpRequest, id: uuid.UUID, template: str) -> HttpResponse:
    member = member_of(request)
    company = company_for(member, id)
    link = link_url(company, member)
    context = {
        "company": company,
        "link": link,
        "emails": mails(company, member, link.url, link.expires),
        "connections": company.connections.order_by("created_at", "id"),
    }
    return render(request, template, context)


@login_required
def delete(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The confirmation, and the deletion of the company with everything below it."""
    member = member_of(request)
    company = company_for(member, id)
    subsidiaries = family_of(member, company).count() - 1
    if is_narrowed(member) and subsidiaries < family_size(company) - 1:
        # With it would go companies that this member is not to know of.
        raise PermissionDenied
    typed = request.POST.get("name", "")
    is_named = " ".join(typed.split()) == company.name
    if request.method == "POST" and (is_named or not subsidiaries):
        changes.delete_company(company, by=member)
        messages.success(request, _deleted(company.name, subsidiaries))
        behind = _behind(request)
        is_gone = not behind or str(company.id) in behind
        return redirect(reverse("companies") if is_gone else behind)
    context = {
        "company": company,
        "subsidiaries": subsidiaries,
        "typed": typed,
        "is_wrong": request.method == "POST",
        "named": family_of(member, company).exclude(id=company.id).order_by("folded_name")[:5],
    }
    return render(request, "portal/companies/delete.html", context)


def _deleted(name: str, subsidiaries: int) -> str:
    if not subsidiaries:
        return pgettext("company", "%(name)s was deleted.") % {"name": name}
    words = ngettext(
        "%(name)s and %(number)s subsidiary were deleted.",
        "%(name)s and %(number)s subsidiaries were deleted.",
        subsidiaries,
    )
    return words % {"name": name, "number": subsidiaries}


def _behind(request: HttpRequest) -> str:
    """The page over which a window was opened, where it was."""
    page = request.headers.get("Referer", "") if request.headers.get("X-Window") else ""
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours else ""


urlpatterns = [
    path("companies/new", create, name="company-new"),
    path("companies/<uuid:id>/edit", edit, name="company-edit"),
    path("companies/<uuid:id>/created", created, name="company-created"),
    path("companies/<uuid:id>/request-data", request_data, name="company-request-data"),
    path("companies/<uuid:id>/delete", delete, name="company-delete"),
]
