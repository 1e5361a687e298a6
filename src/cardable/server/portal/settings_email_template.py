"""Settings > Email template: the mail that analysts copy, in each language."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import Speaker, noted, said, speaker
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member
from cardable.server.portal.email_template import DEFAULTS, KEY, PLACES, filled_template, unknown_places
from cardable.server.portal.settings_link import told
from cardable.server.presentation.look import keep, presentation_of
from cardable.server.presentation.texts import LOCALES

_LONGEST = 5000
_EXPIRY = noted("The link works once, until tomorrow at this time.")


class TemplateForm(forms.Form):
    """The mail in one language."""

    text = forms.CharField(
        label=_("Email template"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 18}),
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        unknown = unknown_places(text)
        if unknown:
            raise forms.ValidationError(
                gettext("“{place}” is not known. Use {places}.").format(
                    place=f"{{{unknown[0]}}}", places=_places()
                )
            )
        if text and "{linkUrl}" not in text:
            raise forms.ValidationError(
                gettext("Without {place} the customer gets no link. Put it where the link goes.").format(
                    place="{linkUrl}"
                )
            )
        return text


@login_required
def template(request: HttpRequest, locale: str = "en") -> HttpResponse:
    """The template, how it reads, and back to the usual one."""
    member = member_of(request)
    if locale not in LOCALES:
        raise Http404
    presentation = presentation_of(member.organization)
    own = presentation.texts.get(locale, {}).get(KEY, "")
    usual = DEFAULTS.get(locale, "").strip()
    form = TemplateForm(
        request.POST if request.method == "POST" else None, initial={"text": own or usual}, auto_id="mail_%s"
    )
    doing = request.POST.get("do", "save")
    if form.is_bound and form.is_valid() and doing != "preview":
        text = "" if doing == "usual" or form.cleaned_data["text"] == usual else form.cleaned_data["text"]
        others = {key: each for key, each in presentation.texts.get(locale, {}).items() if key != KEY}
        presentation.texts = {**presentation.texts, locale: {**others, **({KEY: text} if text else {})}}
        keep(presentation, by=str(member.user))
        told(
            request,
            member,
            "email",
            said("The email template in {language} was saved.", language=LOCALES[locale]),
        )
        return redirect("settings-email-template-in", locale)
    shown = form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else own or usual
    context = {
        "form": form,
        "locale": locale,
        "here": reverse("settings-email-template-in", args=[locale]),
        "is_own": bool(own),
        "has_usual": bool(usual),
        "languages": [
            {
                "label": name,
                "href": reverse("settings-email-template-in", args=[code]),
                "current": code == locale,
            }
            for code, name in LOCALES.items()
        ],
        "places": PLACES,
        "sample": _sample(member, shown, speaker(locale)),
    }
    status = 422 if form.errors and doing != "preview" else 200
    return render(request, "portal/settings/email_template.html", context, status=status)


def _sample(member: Member, text: str, say: Speaker) -> str:
    """The mail to a made-up customer."""
    values: dict[str, Any] = {
        "companyName": "Harbor Foods",
        "issuerName": member.organization.name,
        "linkUrl": "https://cardable.example/link/…",
        "userName": str(member.user),
        "expiry": f"{say(_EXPIRY)}\n\n",
    }
    return filled_template(text, **values)


def _places() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACES)


urlpatterns = [
    path("settings/email-template/", template, name="settings-email-template"),
    path("settings/email-template/<slug:locale>", template, name="settings-email-template-in"),
]
