"""The page an invitation leads to: a new account, or another organization for an account that is there."""

import uuid
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import noted
from cardable.server.languages import speak_for
from cardable.server.organizations.access import CHOSEN_ORGANIZATION
from cardable.server.organizations.models import User
from cardable.server.people.entrances import entrance_of
from cardable.server.people.invitations import invitation_for, take_up
from cardable.server.people.models import Invitation
from cardable.server.people.passwords import password_field, refuse_names


class JoinForm(forms.Form):
    """What a new user says of itself; the address is the one that was invited."""

    email = forms.EmailField(label=_("Email"), disabled=True)
    name = forms.CharField(
        label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = password_field(noted("Password"))

    def __init__(self, *args: Any, invitation: Invitation, **more: Any) -> None:
        initial = {"email": invitation.email, "name": invitation.name}
        super().__init__(*args, **{"auto_id": "join_%s", "initial": initial, **more})
        self._invitation = invitation

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self._invitation.email))
        refuse_names(password, [self._invitation.organization.name])
        return password


def join(request: HttpRequest, id: uuid.UUID, token: str) -> HttpResponse:
    """Take an invitation up."""
    invitation = invitation_for(id, token)
    if invitation is None:
        return render(request, "account/invitation_ended.html", status=404)
    speak_for(invitation.organization)
    user = User.objects.filter(email=invitation.email).first()
    if user is not None:
        return _join_as(request, invitation, user)
    by_password = invitation.organization.password_sign_in
    form = JoinForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and by_password and form.is_valid():
        return _made(request, invitation, form)
    context: dict[str, Any] = {"invitation": invitation, "form": form, "by_password": by_password}
    if not by_password:
        context["entrance"] = entrance_of(invitation.organization_id)
    return render(request, "account/join.html", context)


def _made(request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse:
    """The new account, signed in."""
    said = form.cleaned_data
    member = take_up(invitation, name=said["name"], password=said["password"])
    record_authentication(request, member.user, "password", email=member.user.email)
    response: HttpResponse = perform_login(request, Login(user=member.user, email=member.user.email))
    return response


def _join_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    """Whoever has an account already says so by signing in to it."""
    if request.user != user:
        signing_in = f"{reverse('account_login')}?next={request.path}"
        return render(
            request, "account/join_other.html", {"invitation": invitation, "signing_in": signing_in}
        )
    if request.method == "POST":
        member = take_up(invitation, user=user, password=None)
        request.session[CHOSEN_ORGANIZATION] = str(member.organization_id)
        messages.success(request, gettext("You work for {name} now.").format(name=member.organization.name))
        return redirect("home")
    return render(request, "account/join_other.html", {"invitation": invitation})
