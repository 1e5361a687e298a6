"""Account settings > Second factor: an authenticator app, and recovery codes for when it is lost."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import User
from cardable.server.organizations.sessions import THROUGH
from cardable.server.people import second_factor
from cardable.server.people.notices import tell
from cardable.server.people.signals import (
    second_factor_added,
    second_factor_removed,
    second_factor_renewed,
)
from cardable.server.people.stages import CodeForm
from cardable.server.people.throttling import failed, forget, is_closed, key_of
from cardable.server.portal.account import account_page, user_of


class FirstCodeForm(forms.Form):
    """The first code of a new app."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "first_%s", **more})
        self._user = user
        self.recovery_codes: list[str] = []

    def clean_code(self) -> str:
        key = key_of("first code", self._user.pk)
        if is_closed(key):
            raise ValidationError(gettext("Wrong too often. Please wait 15 minutes."))
        codes = second_factor.confirm(self._user, self.cleaned_data["code"])
        if codes is None:
            failed([key])
            raise ValidationError(
                gettext("This is not the code that belongs to the picture. Is the phone's clock right?")
            )
        forget(key)
        self.recovery_codes = codes
        return str(self.cleaned_data["code"])


def overview(request: HttpRequest) -> HttpResponse:
    """Whether a code is asked for; where none is, how to set an app up."""
    user = user_of(request)
    _own(request)
    if user.has_second_factor:
        return _in_force(request, CodeForm(user=user))
    form = FirstCodeForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        tell(user, "second factor on")
        second_factor_added.send(User, user=user, request=request)
        return _codes(request, form.recovery_codes, gettext("Your account now asks for a code."))
    seed = second_factor.begin(user)
    address = second_factor.setup_address(user, seed, issuer="Cardable")
    return account_page(
        request,
        "portal/account/second_factor.html",
        form=form,
        picture=second_factor.qr_code(address),
        seed=" ".join(seed[start : start + 4] for start in range(0, len(seed), 4)),
        is_required=member_of(request).organization.requires_second_factor,
    )


@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes, for whoever shows a right code now."""
    user = user_of(request)
    _own(request)
    if not user.has_second_factor:
        return redirect("account-second-factor")
    form = CodeForm(request.POST, user=user)
    if not form.is_valid():
        return _in_force(request, form)
    codes = second_factor.new_recovery_codes(user)
    tell(user, "recovery codes")
    second_factor_renewed.send(User, user=user, request=request)
    return _codes(request, codes, gettext("These replace the codes you had; those work no more."))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """No code any more, for whoever shows a right one now, unless the organization requires it."""
    user = user_of(request)
    _own(request)
    if not user.has_second_factor:
        return redirect("account-second-factor")
    form = CodeForm(request.POST, user=user)
    if member_of(request).organization.requires_second_factor or not form.is_valid():
        return _in_force(request, form)
    second_factor.take_away(user)
    tell(user, "second factor off")
    second_factor_removed.send(User, user=user, request=request)
    messages.success(request, gettext("Your account no longer asks for a code."))
    return redirect("account-second-factor")


def _own(request: HttpRequest) -> None:
    """Whoever an identity provider vouched for has its second factor there."""
    if THROUGH in request.session and request.method == "POST":
        raise Http404


def _in_force(request: HttpRequest, form: CodeForm) -> HttpResponse:
    factor = user_of(request).second_factor
    return account_page(
        request,
        "portal/account/second_factor_on.html",
        form=form,
        since=factor.confirmed_at,
        codes_left=len(factor.recovery_codes),
        is_required=member_of(request).organization.requires_second_factor,
    )


def _codes(request: HttpRequest, codes: list[str], words: str) -> HttpResponse:
    """The recovery codes, shown this once; they are kept only as digests, so no redirect can show them."""
    return account_page(request, "portal/account/recovery_codes.html", codes=codes, words=words)


urlpatterns = [
    path("account/second-factor", overview, name="account-second-factor"),
    path("account/second-factor/codes", recovery_codes, name="account-recovery-codes"),
    path("account/second-factor/remove", remove, name="account-second-factor-remove"),
]
