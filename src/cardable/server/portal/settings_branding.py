"""Settings > Branding: name, images and colors, saved as they are chosen."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import said
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Organization
from cardable.server.portal.settings_link import told
from cardable.server.presentation.images import (
    KINDS,
    Kind,
    NotAnImage,
    forget_image,
    is_on_slides,
    keep_image,
    remove_unused,
)
from cardable.server.presentation.look import Look, keep, look_of
from cardable.server.ui.brand import contrast

_HEX = RegexValidator("^#[0-9A-Fa-f]{6}$", _("Write a color as #1F4E79."))
_ENOUGH = 4.5
_WHITE = "#ffffff"


class BrandForm(forms.Form):
    """Name, colors and images."""

    name = forms.CharField(
        label=_("Company name"), max_length=200,
        help_text=_("Named in the consent and on reports. Link addresses stay as they are, so that links"
        " already sent still work."),
    )  # fmt: skip
    primary_color = forms.CharField(
        label=_("Primary color"), validators=[_HEX], widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Buttons and links of the Link, and the Spend Summary. A dark one reads best."),
    )  # fmt: skip
    secondary_color = forms.CharField(
        label=_("Secondary color"), validators=[_HEX], required=False,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("The navigation bar, where it is on in Settings, Link."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "brand_%s", **more})
        for kind in KINDS.values():
            self.fields[kind.key] = forms.FileField(
                label=kind.label,
                required=False,
                help_text=_advice(kind),
                widget=forms.FileInput(attrs={"accept": kind.accept}),
            )
            self.fields[f"no_{kind.key}"] = forms.BooleanField(required=False, label=kind.removal)


@login_required
def branding(request: HttpRequest) -> HttpResponse:
    """The brand, with what customers see of it beside the form."""
    member = member_of(request)
    organization = member.organization
    look = look_of(organization, company="Harbor Foods")
    form = BrandForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={
            "name": organization.name,
            "primary_color": organization.primary_color,
            "secondary_color": look.presentation.secondary_color or organization.primary_color,
        },
    )
    if form.is_bound and form.is_valid() and _kept(form, look, str(member.user)):
        told(request, member, "branding", said("The branding was saved."))
        return redirect("settings-branding")
    context = {
        "form": form,
        "look": look,
        "organization": organization,
        "images": [_image(form, look, key) for key in KINDS],
        "warnings": _warnings(organization.primary_color, look.presentation.secondary_color),
        "on_slides": is_on_slides(look.presentation),
    }
    return render(request, "portal/settings/branding.html", context, status=422 if form.errors else 200)


def _kept(form: BrandForm, look: Look, by: str) -> bool:
    """Save all of it, or say beside each field why not."""
    organization, presentation, answers = look.organization, look.presentation, form.cleaned_data
    for kind in KINDS.values():
        if answers[kind.key]:
            try:
                keep_image(presentation, kind, answers[kind.key].read(kind.most_bytes + 1))
            except NotAnImage as fault:
                form.add_error(kind.key, str(fault))
        elif answers[f"no_{kind.key}"]:
            forget_image(presentation, kind)
    if form.errors:
        return False
    presentation.secondary_color = answers["secondary_color"]
    try:
        with transaction.atomic():
            found = Organization.objects.filter(id=organization.id)
            found.update(name=answers["name"].strip(), primary_color=answers["primary_color"])
    except IntegrityError:
        form.add_error("name", gettext("This name is taken. Choose another."))
        return False
    keep(presentation, by=by)
    transaction.on_commit(lambda: remove_unused(organization, presentation))
    return True


def _image(form: BrandForm, look: Look, key: str) -> dict[str, Any]:
    url = {"logo": look.logo_url, "icon": look.icon_url, "hero": look.hero_url}[key]
    return {"field": form[key], "remove": form[f"no_{key}"], "url": url, "kind": KINDS[key]}


def _warnings(primary: str, secondary: str) -> list[str]:
    """Colors on which white text is hard to read; what pages then do about it."""
    found = []
    ratio = contrast(primary, _WHITE)
    if ratio < _ENOUGH:
        found.append(
            gettext(
                "White text on the primary color has a contrast of {ratio} : 1; {enough} : 1 is readable."
                " Pages use a darker shade of it for text and buttons, so it will not look quite the same."
            ).format(ratio=_ratio(ratio), enough=_ratio(_ENOUGH))
        )
    ink = max(contrast(secondary, _WHITE), contrast(secondary, "#121117")) if secondary else _ENOUGH
    white = contrast(secondary, _WHITE) if secondary else _ENOUGH
    if secondary and white < _ENOUGH:
        found.append(
            gettext(
                "White text on the secondary color has a contrast of {ratio} : 1; {enough} : 1 is readable."
                " The navigation bar shows dark text on it instead, at {dark} : 1."
            ).format(ratio=_ratio(white), enough=_ratio(_ENOUGH), dark=_ratio(ink))
        )
    return found


def _ratio(value: float) -> str:
    return formats.number_format(value, 1)


def _advice(kind: Kind) -> str:
    """What an image may be, and what looks best."""
    limits = gettext("%(formats)s, up to %(size)s.") % {
        "formats": ", ".join(kind.formats),
        "size": kind.size_words,
    }
    return f"{limits} {kind.advice}"


urlpatterns = [path("settings/branding/", branding, name="settings-branding")]
