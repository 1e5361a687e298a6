"""Settings > Link: what customers see on their way, and every text of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import URLValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import noted, said
from cardable.server import events
from cardable.server.link.systems import catalogue
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member, Organization
from cardable.server.portal.link_integrations import IntegrationsForm, warnings
from cardable.server.presentation.look import Look, keep, presentation_of
from cardable.server.presentation.options import DATA_TYPES, Options, read_options
from cardable.server.presentation.texts import GROUPS, LOCALES, TEXTS, Text
from cardable.server.ui.templatetags.ui import again

_HTTPS = URLValidator(schemes=["https"], message=_("Write a whole address that begins with https://."))
_OF_ORGANIZATION = ("one_time_links", "manage_connections")
_SAMPLE = {"companyName": "Harbor Foods", "platformName": "Sage 100"}


def _switch(label: str, hint: str) -> forms.BooleanField:
    return forms.BooleanField(label=_(label), required=False, help_text=_(hint))


class LinkForm(IntegrationsForm):
    """The settings of the Link that are no texts."""

    one_time_links = _switch(
        noted("One-time Link URLs"),
        noted("Each link works once and for one day. Invite company is off while this is on."),
    )
    landing_page = _switch(
        noted("Landing page"),
        noted("Off: the first screen has only its button, and links that are not one-time skip it."),
    )
    landing_logo = _switch(
        noted("Company logo on the landing page"), noted("The logo of Branding; needs the landing page.")
    )
    navigation_bar = _switch(
        noted("Navigation bar in the secondary color"), noted("The second color of Branding.")
    )
    secured_by = _switch(noted("“Secured by” mark"), noted("Below the left panel."))
    mobile_warning = _switch(
        noted("Mobile support warning"),
        noted("On a phone, says that software which runs on a computer needs one."),
    )
    manage_connections = _switch(
        noted("Manage connections"),
        noted(
            "Customers see all their connections, and can disconnect and reconnect them. Only while one-time"
            " links are on: an address that stays open gives no such right."
        ),
    )
    consent_tick = _switch(
        noted("Box to tick before agreeing"), noted("Customers agree by ticking it, then by the button.")
    )
    additional_consent = _switch(
        noted("Additional consent"),
        noted("Customers who come back are asked for one more agreement, until they give it."),
    )
    terms_url = forms.CharField(
        label=_("Address of your terms"), required=False, max_length=500, validators=[_HTTPS],
        help_text=_("Linked above the button of the consent."),
    )  # fmt: skip
    security_url = forms.CharField(
        label=_("Address of your data security policy"), required=False, max_length=500, validators=[_HTTPS],
        help_text=_("Linked on every screen."),
    )  # fmt: skip
    data_types = forms.MultipleChoiceField(
        label=_("Data types in the consent"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(DATA_TYPES.items()),
        help_text=_("Listed under Platform data. None: that section is left out."),
    )  # fmt: skip
    allowed_systems = forms.MultipleChoiceField(
        label=_("Allowed integrations"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The software on offer. None ticked: all of it."),
    )  # fmt: skip
    multi_entity = _switch(
        noted("Multi-entity support"),
        noted(
            "Where files hold several companies, each one the customer ticks becomes a subsidiary with a"
            " connection of its own. Off: they are one group, or the customer chooses one of them."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "link_%s", **more})
        systems = self.fields["allowed_systems"]
        assert isinstance(systems, forms.MultipleChoiceField)
        # What is made up has a switch of its own.
        systems.choices = [
            (each.key, gettext(each.name)) for each in catalogue().values() if not each.is_test
        ]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("landing_logo") and not answers.get("landing_page"):
            self.add_error("landing_logo", gettext("Turn on the landing page too, or leave this off."))
        return answers

    @property
    def options(self) -> Options:
        return read_options(self.cleaned_data)


class TextsForm(forms.Form):
    """All texts in one language."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "text_%s", **more})
        for text in TEXTS.values():
            self.fields[text.key] = _text_field(text)

    @property
    def groups(self) -> list[dict[str, Any]]:
        return [{"group": group, "fields": [self[text.key] for text in group.texts]} for group in GROUPS]


def _text_field(text: Text) -> forms.CharField:
    rows = {"rows": 4} if text.is_markdown else {}
    return forms.CharField(
        label=text.label,
        required=False,
        max_length=text.longest,
        help_text=text.hint,
        widget=forms.Textarea(attrs=rows) if text.is_markdown else forms.TextInput(),
    )


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """What the Link shows and asks."""
    member = member_of(request)
    organization, presentation = member.organization, presentation_of(member.organization)
    options = read_options(presentation.link)
    initial = options.kept | {name: getattr(organization, name) for name in _OF_ORGANIZATION}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        presentation.link = form.options.kept
        keep(presentation, by=str(member.user))
        own = {name: form.cleaned_data[name] for name in _OF_ORGANIZATION}
        Organization.objects.filter(id=organization.id).update(**own)
        told(request, member, "link", said("The settings of the Link were saved."))
        return redirect("settings-link")
    context = {
        "form": form,
        "languages": _languages(""),
        "organization": organization,
        "warnings": list(warnings(options)),
    }
    return render(request, "portal/settings/link.html", context, status=422 if form.errors else 200)


@login_required
def texts(request: HttpRequest, locale: str) -> HttpResponse:
    """Every text of the Link in one language."""
    member = member_of(request)
    if locale not in LOCALES:
        raise Http404
    presentation = presentation_of(member.organization)
    form = TextsForm(
        request.POST if request.method == "POST" else None, initial=presentation.texts.get(locale, {})
    )
    is_trying = request.POST.get("do") == "preview"
    if form.is_bound and form.is_valid():
        kept = {key: text for key in TEXTS if (text := form.cleaned_data[key].strip())}
        others = {key: text for key, text in presentation.texts.get(locale, {}).items() if key not in TEXTS}
        presentation.texts = {**presentation.texts, locale: {**others, **kept}}
        if not is_trying:
            keep(presentation, by=str(member.user))
            told(
                request,
                member,
                "texts",
                said("The texts in {language} were saved.", language=LOCALES[locale]),
            )
            return redirect("settings-link-texts", locale)
    context = {
        "form": form,
        "languages": _languages(locale),
        "locale": locale,
        "here": reverse("settings-link-texts", args=[locale]),
        "shown": _shown(member, presentation.texts.get(locale, {})),
    }
    status = 422 if form.errors and not is_trying else 200
    return render(request, "portal/settings/link_texts.html", context, status=status)


def told(request: HttpRequest, member: Member, about: str, words: str) -> None:
    """Say that it is done, and write down who did it."""
    events.record(f"settings.{about}.changed", words, actor=str(member.user))
    messages.success(request, again(words))


def _shown(member: Member, given: dict[str, str]) -> list[dict[str, Any]]:
    """The texts as customers see them, with a made-up customer's names."""
    presentation = presentation_of(member.organization)
    presentation.texts = {"en": given}
    look = Look(member.organization, presentation, {**_SAMPLE, "issuerName": member.organization.name})
    return [
        {"title": group.title, "texts": [
            {"label": text.label, "html": look.html[text.key] if text.is_markdown else look.words[text.key]}
            for text in group.texts
            if given.get(text.key)
        ]}
        for group in GROUPS
        if any(given.get(text.key) for text in group.texts)
    ]  # fmt: skip


def _languages(current: str) -> list[dict[str, Any]]:
    settings_tab = {"label": gettext("Settings"), "href": reverse("settings-link"), "current": not current}
    return [settings_tab] + [
        {
            "label": gettext("Texts: {language}").format(language=name),
            "href": reverse("settings-link-texts", args=[code]),
            "current": code == current,
        }
        for code, name in LOCALES.items()
    ]


urlpatterns = [
    path("settings/link/", settings, name="settings-link"),
    path("settings/link/texts/<slug:locale>", texts, name="settings-link-texts"),
]
