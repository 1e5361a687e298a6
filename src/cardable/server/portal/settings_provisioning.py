"""Settings > Provisioning: tokens with which a directory adds and disables users."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.server.organizations.access import member_of
from cardable.server.organizations.roles import ROLES
from cardable.server.people.models import ProvisioningToken
from cardable.server.people.provisioning import delete_token, make_token
from cardable.server.people.scim import base_of


class TokenForm(forms.Form):
    """What a token is for."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Such as “Entra ID” or “Okta”."))
    role = forms.ChoiceField(
        label=_("Role of new users"),
        choices=[(role, _(role)) for role in ROLES],
        initial="Onboarding",
        help_text=_("Where the directory names none."),
    )


def tokens(request: HttpRequest) -> HttpResponse:
    """The address for the directory, and the tokens there are."""
    member = member_of(request)
    context = {
        "address": base_of(member.organization.slug),
        "tokens": ProvisioningToken.objects.filter(organization=member.organization).order_by("created_at"),
    }
    return render(request, "portal/settings/provisioning.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """A new token, shown this once: only its digest is kept, so no other page could show it."""
    member = member_of(request)
    form = TokenForm(request.POST or None, auto_id="token_%s")
    if request.method == "POST" and form.is_valid():
        token = make_token(member.organization, **form.cleaned_data, by=member)
        context = {"token": token, "address": base_of(member.organization.slug)}
        return render(request, "portal/settings/token_made.html", context)
    return render(request, "portal/settings/token.html", {"form": form})


def delete(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The window that asks once more, and the end of the token."""
    member = member_of(request)
    token = ProvisioningToken.objects.filter(organization=member.organization, id=id).first()
    if token is None:
        raise Http404
    if request.method == "POST":
        delete_token(token, by=member)
        messages.success(request, gettext("The token {name} works no more.").format(name=token.name))
        return redirect("settings-provisioning")
    return render(request, "portal/settings/token_delete.html", {"token": token})


urlpatterns = [
    path("settings/provisioning/", tokens, name="settings-provisioning"),
    path("settings/provisioning/new", new, name="settings-provisioning-new"),
    path("settings/provisioning/<uuid:id>/delete", delete, name="settings-provisioning-delete"),
]
