"""Settings > Redirects: where customers go when the Link is over, and what would come of it."""

import re
import uuid
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import said
from cardable.server.link.redirects import ENDINGS, filled
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Organization
from cardable.server.portal.settings_link import told

_PLACE = re.compile(r"\{([^{}]+)\}")
_HOSTS = ("localhost", "127.0.0.1", "::1")
_MOST_ALLOWED = 50
_SAMPLE = {
    "connectionId": str(uuid.UUID(int=1)),
    "integrationId": "sage-100",
    "sourceId": str(uuid.UUID(int=2)),
    "platform": "sage-100",
    "platformName": "Sage 100",
    "sourceType": "Accounting",
    "companyId": str(uuid.UUID(int=3)),
    "data.company.companyName": "Harbor Foods & Co",
}
RESERVED = ("clientId", *_SAMPLE, "statusCode", "statusText", "errorMessage")


class RedirectForm(forms.Form):
    """The address, and which hosts its parameters may fill in."""

    redirect_url = forms.CharField(
        label=_("Redirect URL"), required=False, max_length=2000,
        help_text=_("Empty: customers see a page that thanks them."),
    )  # fmt: skip
    allowed = forms.CharField(
        label=_("Allowed redirect URLs"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, such as https://app.bank.example. Needed only where the host itself"
        " has a parameter in it."),
    )  # fmt: skip

    def clean_redirect_url(self) -> str:
        url = str(self.cleaned_data["redirect_url"]).strip()
        if url and (fault := fault_of(url)):
            raise forms.ValidationError(fault)
        return url

    def clean_allowed(self) -> list[str]:
        lines = [line.strip().rstrip("/") for line in str(self.cleaned_data["allowed"]).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        for line in found:
            parts = _split(line)
            if (
                parts is None
                or not parts.hostname
                or f"{parts.scheme}://{parts.netloc}" != line
                or not _is_safe(line)
            ):
                raise forms.ValidationError(
                    gettext(
                        "“{line}” is no host with its scheme. Write it as https://app.bank.example."
                    ).format(line=line)
                )
        if len(found) > _MOST_ALLOWED:
            raise forms.ValidationError(gettext("At most {most} addresses.").format(most=_MOST_ALLOWED))
        return found


@login_required
def redirects(request: HttpRequest) -> HttpResponse:
    """The address, its allowed hosts, and a try of it."""
    member = member_of(request)
    organization = member.organization
    initial = {
        "redirect_url": organization.redirect_url,
        "allowed": "\n".join(organization.allowed_redirect_urls),
    }
    form = RedirectForm(
        request.POST if request.method == "POST" else None, initial=initial, auto_id="redirect_%s"
    )
    is_trying = request.POST.get("do") == "try"
    is_right = form.is_bound and form.is_valid()
    if is_right and not is_trying:
        Organization.objects.filter(id=organization.id).update(
            redirect_url=form.cleaned_data["redirect_url"],
            allowed_redirect_urls=form.cleaned_data["allowed"],
        )
        told(request, member, "redirects", said("The redirect was saved."))
        return redirect("settings-redirects")
    context = {
        "form": form,
        "reserved": RESERVED,
        "endings": [(str(code), f"{code} {gettext(ending.text)}") for code, ending in ENDINGS.items()],
        "ending": request.POST.get("ending", "200"),
        "parameters": request.POST.get("parameters", ""),
        "parameters_like": "region=east&ref=42",
        "outcome": _tried(request, organization, form) if is_right else None,
        "is_trying": is_trying,
    }
    status = 422 if form.errors and not is_trying else 200
    return render(request, "portal/settings/redirects.html", context, status=status)


def fault_of(template: str) -> str:
    """Why an address can never be gone to; empty where it can."""
    scheme, separator, rest = template.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not separator or not host:
        return gettext("Write a whole address, such as https://app.bank.example/done.")
    if _PLACE.search(scheme):
        return gettext("Write the scheme out: no parameter may stand before “://”.")
    reserved = [name for name in _PLACE.findall(host) if name in RESERVED or name.startswith("openId_")]
    if reserved:
        return gettext("“{place}” may not stand in the host. Only parameters of the Link URL may.").format(
            place=f"{{{reserved[0]}}}"
        )
    if not _is_safe(_PLACE.sub("x", template)):
        return gettext("Use https://, or http:// on localhost.")
    return ""


def _tried(request: HttpRequest, organization: Organization, form: RedirectForm) -> dict[str, str]:
    """Where a made-up customer would go, or why nowhere."""
    template, allowed = form.cleaned_data["redirect_url"], form.cleaned_data["allowed"]
    if not template:
        return {"why": gettext("There is no redirect URL, so the customer sees the page that thanks it.")}
    code = request.POST.get("ending", "200")
    ending = ENDINGS.get(int(code) if code.isdigit() else 200, ENDINGS[200])
    reserved = {
        "clientId": str(organization.id),
        **_SAMPLE,
        "statusCode": str(ending.code),
        "statusText": ending.text,
        "errorMessage": ending.error,
    }
    given = dict(parse_qsl(request.POST.get("parameters", "").strip().lstrip("?"), keep_blank_values=True))
    url = filled(template, reserved, given, allowed=allowed)
    return {"url": url} if url else {"why": _why(template, given, allowed)}


def _why(template: str, given: dict[str, str], allowed: list[str]) -> str:
    host = re.split(r"[/?#]", template.partition("://")[2], maxsplit=1)[0]
    missing = [name for name in _PLACE.findall(host) if not given.get(name)]
    if missing:
        return gettext(
            "The Link URL has no “{name}”, so the host is not whole. The customer stays here."
        ).format(name=missing[0])
    if _PLACE.search(host):
        return gettext(
            "The host that comes of it is not one of the allowed redirect URLs ({allowed})."
            " The customer stays here."
        ).format(allowed=", ".join(allowed) or gettext("there are none"))
    return gettext("The address that comes of it is not one a browser can go to. The customer stays here.")


def _is_safe(url: str) -> bool:
    parts = _split(url)
    if parts is None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HOSTS)


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        return None


urlpatterns = [path("settings/redirects", redirects, name="settings-redirects")]
