"""Settings > Users: who works here, who is invited, and as what."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cardable.server.companies.products import products_of
from cardable.server.organizations.access import belongs_elsewhere, member_of
from cardable.server.organizations.models import Member, Organization
from cardable.server.organizations.roles import ROLES
from cardable.server.people import invitations
from cardable.server.people.members import (
    LAST,
    SHARED,
    edit_member,
    is_last_administrator,
    reset_second_factor,
)
from cardable.server.people.models import Invitation

PAGE_ROWS = 50
ROLE_WORDS = {
    "Onboarding": _("Adds companies and connections; sees no data and no Spend Insights."),
    "Advisor": _("Sees data and Spend Insights as well."),
    "Analyst": _("Deletes companies and assigns products as well."),
    "Developer": _("Manages connections and settings as well."),
    "Administrator": _("Manages users and sign-in as well."),
}


class RoleChoice(forms.RadioSelect):
    """The roles with what each may do, the lowest first."""

    template_name = "portal/settings/roles.html"
    option_template_name = "django/forms/widgets/radio_option.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for _name, group, _at in context["widget"]["optgroups"]:
            for option in group:
                option["words"] = ROLE_WORDS[str(option["value"])]
        return context


class UserForm(forms.Form):
    """What an Administrator says about a user."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("User Role"), choices=[(role, _(role)) for role in ROLES], widget=RoleChoice
    )
    products = forms.MultipleChoiceField(
        required=False,
        label=_("Products"),
        help_text=_("Below Developer, a user reaches only companies with a product it holds."),
        widget=forms.CheckboxSelectMultiple,
    )
    is_active = forms.BooleanField(
        required=False,
        label=_("May sign in"),
        help_text=_("Without this, access ends at once, on every device. Companies and history stay."),
    )

    def __init__(self, *args: Any, organization: Organization, member: Member | None, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "user_%s", **more})
        if member is None:
            del self.fields["is_active"]
        if organization.product_permissions:
            offered = [(each, each) for each in products_of(organization)]
            self.fields["products"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["products"]
        if member and belongs_elsewhere(member.user_id, organization.id):
            for name in ("name", "email"):
                self.fields[name].disabled = True
            self.fields["email"].help_text = gettext(SHARED)


def users(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, by name, and everybody who is invited."""
    member = member_of(request)
    text = request.GET.get("q", "").strip()
    found = _members(member)
    if text:
        role = next((role for role in ROLES if gettext(role).lower() == text.lower()), text)
        found = found.filter(
            Q(user__name__icontains=text) | Q(user__email__icontains=text) | Q(role__iexact=role)
        )
    page = Paginator(found.order_by("user__name", "user__email", "id"), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "text": text,
        "total": page.paginator.count,
        "invitations": Invitation.objects.select_related("invited_by__user").order_by("email"),
        "now": timezone.now(),
    }
    return render(request, "portal/settings/users.html", context)


def invite(request: HttpRequest) -> HttpResponse:
    """The Invite user window."""
    member = member_of(request)
    organization = member.organization
    initial = {"role": "Analyst", "products": list(products_of(organization))}
    form = UserForm(request.POST or None, organization=organization, member=None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {"products": products_of(organization), **form.cleaned_data}
        try:
            invitation = invitations.invite(organization, **said, by=member)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(
                request,
                gettext("An invitation is on its way to {email}. It is good for seven days.").format(
                    email=invitation.email
                ),
            )
            return redirect("settings-users")
    return render(request, "portal/settings/user.html", {"form": form, "user_edited": None})


def edit(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The window with what is known of a user."""
    member = member_of(request)
    edited = _member(member, id)
    form = UserForm(
        request.POST or None, organization=member.organization, member=edited, initial=_initial(edited)
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_member(edited, by=member, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, pgettext("user", "%(name)s was changed.") % {"name": edited.user})
            return redirect("settings-users" if _still_manages(member, edited) else "home")
    context = {
        "form": form,
        "user_edited": _member(member, id),
        "is_last": gettext(LAST) if is_last_administrator(edited) else "",
        "is_shared": belongs_elsewhere(edited.user_id, edited.organization_id),
    }
    return render(request, "portal/settings/user.html", context)


@require_POST
def reset_code(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """For a colleague who lost phone and recovery codes: sign in by password alone, once more."""
    member = member_of(request)
    edited = _member(member, id)
    try:
        reset_second_factor(edited, by=member)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(
            request,
            gettext("{name} can sign in without a code and set up a new app.").format(name=edited.user),
        )
    return redirect("settings-users")


@require_POST
def send_again(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """A new link, which voids the one before."""
    member = member_of(request)
    invitation = _invitation(id)
    invitations.send_again(invitation, by=member)
    messages.success(
        request,
        gettext("A new invitation is on its way to {email}. The link sent before works no more.").format(
            email=invitation.email
        ),
    )
    return redirect("settings-users")


def withdraw(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The window that asks once more, and the end of the invitation."""
    member = member_of(request)
    invitation = _invitation(id)
    if request.method == "POST":
        invitations.withdraw(invitation, by=member)
        messages.success(
            request, gettext("The invitation of {email} was withdrawn.").format(email=invitation.email)
        )
        return redirect("settings-users")
    return render(request, "portal/settings/withdraw.html", {"invitation": invitation})


def _members(member: Member) -> QuerySet[Member]:
    found = Member.objects.filter(organization_id=member.organization_id)
    return found.select_related("user__second_factor", "organization")


def _member(member: Member, id: uuid.UUID) -> Member:
    found = _members(member).filter(id=id).first()
    if found is None:
        raise Http404
    return found


def _invitation(id: uuid.UUID) -> Invitation:
    # Rows of other organizations are not there to be found.
    found = Invitation.objects.select_related("organization").filter(id=id).first()
    if found is None:
        raise Http404
    return found


def _initial(edited: Member) -> dict[str, Any]:
    return {
        "name": edited.user.name,
        "email": edited.user.email,
        "role": edited.role,
        "products": edited.products,
        "is_active": edited.is_active,
    }


def _still_manages(member: Member, edited: Member) -> bool:
    return edited.id != member.id or (edited.role == "Administrator" and edited.is_active)


urlpatterns = [
    path("settings/users/", users, name="settings-users"),
    path("settings/users/invite", invite, name="settings-users-invite"),
    path("settings/users/<uuid:id>", edit, name="settings-users-edit"),
    path("settings/users/<uuid:id>/reset-code", reset_code, name="settings-users-reset-code"),
    path("settings/users/invitations/<uuid:id>/send", send_again, name="settings-users-send-again"),
    path("settings/users/invitations/<uuid:id>/withdraw", withdraw, name="settings-users-withdraw"),
]
