"""The code that is asked for after the password."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginStage
from allauth.core import context
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cardable.server.organizations.models import User
from cardable.server.people import second_factor, throttling
from cardable.server.people.notices import tell
from cardable.server.people.signals import second_factor_failed, second_factor_passed

CLOSED = _("Too many wrong codes. Please wait 15 minutes.")
WRONG = _("This code is not right, or was used already. Wait for the next one.")


class SecondFactorStage(LoginStage):  # type: ignore[misc]
    """Holds up whoever has an authenticator app until it showed a right code."""

    key = "second_factor"
    urlname = "account_second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        # An identity provider that vouched has asked for as many factors as it wants.
        if getattr(self.request, "vouched_by", None) or not self.login.user.has_second_factor:
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True


class CodeForm(forms.Form):
    """One field for either kind of code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator app shows, or one of your recovery codes."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "code_%s", **more})
        self._user = user

    def clean_code(self) -> str:
        key = throttling.key_of("code", self._user.pk)
        if throttling.is_closed(key):
            raise forms.ValidationError(CLOSED)
        kind = second_factor.accepted(self._user, self.cleaned_data["code"])
        if not kind:
            throttling.failed([key])
            second_factor_failed.send(CodeForm, user=self._user, request=context.request)
            raise forms.ValidationError(WRONG)
        throttling.forget(key)
        second_factor_passed.send(CodeForm, user=self._user, request=context.request, kind=kind)
        if kind == "recovery code":
            tell(self._user, "recovery code used")
        return kind


@login_stage_required(stage=SecondFactorStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """The page between the password and being signed in."""
    stage = request._login_stage  # type: ignore[attr-defined]
    form = CodeForm(request.POST or None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = stage.exit()
        return response
    return render(request, "account/second_factor.html", {"form": form, "email": stage.login.user.email})
