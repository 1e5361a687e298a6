"""Settings > Multi-language: the languages of the Link, the portal and the reports."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import LANGUAGES, said
from cardable.server import events
from cardable.server.languages import languages_of
from cardable.server.organizations.access import member_of


class LanguagesForm(forms.Form):
    """Which languages are on, and which of them is the organization's own."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one language.")},
        help_text=_(
            "With more than one, a switch stands at the top of every page, and reports are made in each."
        ),
    )
    first = forms.ChoiceField(
        label=_("The organization’s own language"),
        choices=list(LANGUAGES.items()),
        help_text=_("For whoever has not chosen, for mail, and for reports that nobody asked for."),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("languages") and answers.get("first") not in answers["languages"]:
            self.add_error("first", _("Choose a language that is ticked above."))
        return answers

    @property
    def chosen(self) -> list[str]:
        """The languages, the organization's own first."""
        first = self.cleaned_data["first"]
        return [first, *(code for code in self.cleaned_data["languages"] if code != first)]


def languages(request: HttpRequest) -> HttpResponse:
    """The languages, and what they do."""
    member = member_of(request)
    organization = member.organization
    now = languages_of(organization)
    form = LanguagesForm(
        request.POST if request.method == "POST" else None,
        initial={"languages": list(now), "first": now[0]},
        auto_id="languages_%s",
    )
    if form.is_bound and form.is_valid():
        organization.languages = form.chosen
        organization.save(update_fields=["languages"])
        names = ", ".join(LANGUAGES[code] for code in form.chosen)
        events.record(
            "settings.languages.changed",
            said("The languages are {names}.", names=names),
            actor=str(member.user),
        )
        messages.success(request, gettext("The languages were saved. New reports are made in them."))
        return redirect("settings-languages")
    status = 422 if form.errors else 200
    return render(request, "portal/settings/languages.html", {"form": form}, status=status)


urlpatterns = [path("settings/languages/", languages, name="settings-languages")]
