"""Settings > Sign-in: the ways in, what everybody reads at sign-in, and whether a code is asked for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Organization
from cardable.server.organizations.roles import ROLES
from cardable.server.organizations.sessions import THROUGH
from cardable.server.people.discovery import check_provider
from cardable.server.people.models import IdentityProvider
from cardable.server.people.providers import KIND, address_of
from cardable.server.people.ways import set_provider, set_sign_in

MICROSOFT = KIND["microsoft"].issuer


class SignInForm(forms.Form):
    """What holds for every sign-in."""

    login_message = forms.CharField(
        required=False,
        max_length=500,
        label=_("Login message"),
        help_text=_("Shown at every sign-in, for example whom to call for help."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    password_sign_in = forms.BooleanField(
        required=False, label=_("Password"), help_text=_("Users sign in with e-mail address and password.")
    )
    requires_second_factor = forms.BooleanField(
        required=False,
        label=_("Require a second factor"),
        help_text=(
            _(
                "Whoever signs in by password must use an authenticator app. "
                "Those who have none yet are led to set one up before anything else."
            )
        ),
    )


class GroupsField(forms.CharField):
    """Lines of `group = Role`, kept as group to role."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{group} = {gettext(role)}" for group, role in value.items())
        return value

    def clean(self, value: Any) -> Any:
        roles = {words.lower(): role for role in ROLES for words in (role, gettext(role))}
        said: dict[str, str] = {}
        for number, line in enumerate(str(value or "").splitlines(), 1):
            group, _, role = (word.strip() for word in line.rpartition("="))
            if not line.strip():
                continue
            if not group or role.lower() not in roles:
                raise ValidationError(
                    gettext("Line {number}: write “group = Role”, with one of {roles}.").format(
                        number=number, roles=", ".join(map(gettext, ROLES))
                    )
                )
            said[group] = roles[role.lower()]
        return said


class ProviderForm(forms.Form):
    """How an identity provider is reached, and which of its groups come in as what."""

    is_on = forms.BooleanField(required=False, label=_("On"), help_text=_("Shown on the sign-in page."))
    issuer = forms.URLField(
        label=_("Address of the provider (issuer)"), max_length=500, assume_scheme="https",
        help_text=_("Its .well-known/openid-configuration is read when you save."),
    )  # fmt: skip
    tenant = forms.RegexField(
        r"[0-9a-fA-F-]{36}",
        label=_("Directory (tenant) ID"),
        help_text=_("From the overview of Microsoft Entra ID."),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=300)
    secret = forms.CharField(
        required=False, label=_("Client secret"), max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    groups_claim = forms.CharField(
        required=False, label=_("Claim with the groups"), max_length=100, initial="groups"
    )
    group_roles = GroupsField(
        required=False,
        label=_("Roles of groups"),
        help_text=(
            _(
                "One a line, such as “Card analysts = Analyst”. Whoever is in several gets the highest role, "
                "anew at each sign-in. Members of these groups need no invitation; everybody else does."
            )
        ),
    )

    def __init__(self, *args: Any, kind: str, has_secret: bool, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "provider_%s", **more})
        self._kind = kind
        self.fields["secret"].required = not has_secret
        if has_secret:
            self.fields["secret"].help_text = gettext("One is kept. Leave this empty to keep it.")
        for name in {"sso": ["tenant"], "microsoft": ["issuer"]}.get(
            kind, ["issuer", "tenant", "groups_claim", "group_roles"]
        ):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self._kind == "microsoft" and "tenant" in said:
            said["issuer"] = MICROSOFT.format(said.pop("tenant").lower())
        elif self._kind == "google":
            said["issuer"] = KIND["google"].issuer
        if said.get("is_on") and "issuer" in said:
            try:
                check_provider(said["issuer"])
            except ValidationError as fault:
                self.add_error("issuer" if "issuer" in self.fields else None, fault)
        if "groups_claim" in said:
            said["groups_claim"] = said["groups_claim"] or "groups"
        return said


def sign_in(request: HttpRequest) -> HttpResponse:
    """The ways to sign in, and what holds for all of them."""
    member = member_of(request)
    organization = member.organization
    initial = {name: getattr(organization, name) for name in SignInForm.base_fields}
    sent = request.POST if request.method == "POST" else None
    form = SignInForm(sent, initial=initial, auto_id="signin_%s")
    if request.method == "POST" and form.is_valid():
        try:
            set_sign_in(organization, **form.cleaned_data, by=member, is_vouched=THROUGH in request.session)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, gettext("The sign-in settings were saved."))
            return redirect("settings-sign-in")
    context = {"form": form, "kinds": _kinds(organization)}
    return render(request, "portal/settings/sign_in.html", context)


def provider(request: HttpRequest, kind: str) -> HttpResponse:
    """The window in which one provider is set up."""
    member = member_of(request)
    if kind not in KIND:
        raise Http404
    found = IdentityProvider.objects.filter(organization=member.organization, kind=kind).first()
    sent = request.POST if request.method == "POST" else None
    form = ProviderForm(sent, kind=kind, has_secret=bool(found and found.secret), initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            set_provider(member.organization, kind, **form.cleaned_data, by=member)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(
                request, gettext("Sign-in through {way} was saved.").format(way=gettext(KIND[kind].name))
            )
            return redirect("settings-sign-in")
    context = {
        "form": form,
        "kind": KIND[kind],
        "redirect_address": _back(request, member.organization, kind),
    }
    return render(request, "portal/settings/provider.html", context)


def _kinds(organization: Organization) -> list[dict[str, Any]]:
    found = {each.kind: each for each in IdentityProvider.objects.filter(organization=organization)}
    return [
        {"kind": kind, "provider": found.get(key), "is_on": key in found and found[key].is_on}
        for key, kind in KIND.items()
    ]


def _initial(found: IdentityProvider | None) -> dict[str, Any]:
    if found is None:
        return {"is_on": True}
    tenant = found.issuer.removeprefix(MICROSOFT.partition("{}")[0]).partition("/")[0]
    return {
        "is_on": found.is_on,
        "issuer": found.issuer,
        "tenant": tenant,
        "client_id": found.client_id,
        "groups_claim": found.groups_claim,
        "group_roles": found.group_roles,
    }


def _back(request: HttpRequest, organization: Organization, kind: str) -> str:
    """Where the provider sends people back to, to be registered there."""
    parts = {"provider_id": address_of(organization, kind)}
    return request.build_absolute_uri(reverse("openid_connect_callback", kwargs=parts))


urlpatterns = [
    path("settings/sign-in/", sign_in, name="settings-sign-in"),
    path("settings/sign-in/<slug:kind>", provider, name="settings-sign-in-provider"),
]
