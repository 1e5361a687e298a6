"""Settings > Permissions: who reaches which companies."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.server.organizations.access import member_of
from cardable.server.people.permissions import set_permissions


class PermissionsForm(forms.Form):
    """The two switches."""

    company_permissions = forms.BooleanField(
        required=False,
        label=_("Company permissions"),
        help_text=(
            _(
                "Onboarding, Advisor and Analyst users reach only companies they own, and those below them. "
                "Developers and Administrators reach all. Owners are set when a company is created or edited."
            )
        ),
    )
    product_permissions = forms.BooleanField(
        required=False,
        label=_("Product permissions"),
        help_text=(
            _(
                "Onboarding, Advisor and Analyst users reach and create only companies with a product they "
                "hold. Which they hold is set on the Users page; at first everybody holds every product."
            )
        ),
    )


def permissions(request: HttpRequest) -> HttpResponse:
    """The switches, and what they do."""
    member = member_of(request)
    organization = member.organization
    initial = {name: getattr(organization, name) for name in PermissionsForm.base_fields}
    form = PermissionsForm(
        request.POST if request.method == "POST" else None, initial=initial, auto_id="permissions_%s"
    )
    if request.method == "POST" and form.is_valid():
        set_permissions(organization, by=member, **form.cleaned_data)
        messages.success(request, gettext("The permissions were saved. They hold from now on."))
        return redirect("settings-permissions")
    return render(request, "portal/settings/permissions.html", {"form": form})


urlpatterns = [path("settings/permissions/", permissions, name="settings-permissions")]
