"""Account settings: a person's own name, password and signed-in devices."""

from collections.abc import Sequence
from typing import Any

from allauth.account.signals import password_changed
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cardable.language import LANGUAGES, noted
from cardable.server.languages import languages_of, remember
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import User
from cardable.server.organizations.sessions import THROUGH
from cardable.server.people.accounts import new_password
from cardable.server.people.devices import devices_of, sign_out, sign_out_everywhere
from cardable.server.people.passwords import password_field
from cardable.server.people.throttling import failed, forget, is_closed, key_of

_PAGES = (
    (noted("Profile"), "account-settings"),
    (noted("Password"), "account-password"),
    (noted("Second factor"), "account-second-factor"),
    (noted("Devices"), "account-devices"),
)


class ProfileForm(forms.Form):
    """What a person says of itself."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        required=False, label=_("Language"), help_text=_("Of the pages you see and of the mail you get.")
    )
    is_technical = forms.BooleanField(
        required=False, label=_("I am involved in the technical implementation")
    )

    def __init__(self, *args: Any, languages: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "profile_%s", **more})
        own = gettext("The organization’s own: {language}").format(language=LANGUAGES[languages[0]])
        choices = [("", own), *((code, LANGUAGES[code]) for code in languages)]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        if len(languages) < 2:
            del self.fields["language"]


class PasswordForm(forms.Form):
    """The current password, and a new one twice."""

    current = password_field(noted("Current password"), is_new=False)
    new = password_field(noted("New password"))
    again = password_field(noted("Confirm new password"))

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "password_%s", **more})
        self.fields["again"].help_text = ""
        self._user = user

    def clean_current(self) -> str:
        key = key_of("current password", self._user.pk)
        if is_closed(key):
            raise ValidationError(gettext("Wrong too often. Please wait 15 minutes."))
        if not self._user.check_password(self.cleaned_data["current"]):
            failed([key])
            raise ValidationError(gettext("This is not your current password."))
        forget(key)
        return str(self.cleaned_data["current"])

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self._user)
        return str(self.cleaned_data["new"])

    def clean_again(self) -> str:
        if "new" in self.cleaned_data and self.cleaned_data["again"] != self.cleaned_data["new"]:
            raise ValidationError(gettext("The two new passwords are not the same."))
        return str(self.cleaned_data["again"])


def account_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page of the account settings, with the others beside it."""
    pages = [
        {"label": gettext(label), "href": reverse(name), "current": request.path == reverse(name)}
        for label, name in _PAGES
    ]
    is_vouched = THROUGH in request.session
    return render(request, template, {"account_pages": pages, "is_vouched": is_vouched, **context})


def user_of(request: HttpRequest) -> User:
    """The person behind the request; the door let nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def profile(request: HttpRequest) -> HttpResponse:
    """Name, language and part in the implementation."""
    user = user_of(request)
    names = ("name", "is_technical", "language")
    languages = languages_of(member_of(request).organization)
    initial = {name: getattr(user, name) for name in names}
    form = ProfileForm(request.POST or None, initial=initial, languages=languages)
    if THROUGH in request.session:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        for name in form.fields:
            setattr(user, name, form.cleaned_data[name])
        user.save(update_fields=names)
        response = redirect("account-settings")
        if "language" in form.fields:
            remember(response, user.language)
        with translation.override(user.language if user.language in languages else languages[0]):
            messages.success(request, gettext("Your profile was saved."))
        return response
    return account_page(request, "portal/account/profile.html", form=form)


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other device is signed out."""
    user = user_of(request)
    is_vouched = THROUGH in request.session
    form = PasswordForm(None if is_vouched else request.POST or None, user=user)
    for field in form.fields.values():
        field.disabled = is_vouched
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["new"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        new_password(request, user)
        password_changed.send(User, user=user, request=request)
        messages.success(request, gettext("Your password was changed. Every other device was signed out."))
        return redirect("account-password")
    return account_page(request, "portal/account/password.html", form=form)


def devices(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in now."""
    return account_page(request, "portal/account/devices.html", devices=devices_of(user_of(request), request))


@require_POST
def device_sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of one other device, or of all of them."""
    user, key = user_of(request), request.POST.get("device", "")
    if key:
        sign_out(user, key)
        messages.success(request, gettext("That device was signed out."))
    else:
        sign_out_everywhere(user, but=request)
        messages.success(request, gettext("Every other device was signed out."))
    return redirect("account-devices")


urlpatterns = [
    path("account/", profile, name="account-settings"),
    path("account/password", password, name="account-password"),
    path("account/devices", devices, name="account-devices"),
    path("account/devices/sign-out", device_sign_out, name="account-devices-sign-out"),
]
