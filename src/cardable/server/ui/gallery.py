"""/ui/parts: every part of the pages in all its states, for those who build and test them."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import wraps
from types import SimpleNamespace
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cardable.server.organizations.models import User
from cardable.server.portal.context import Tab
from cardable.server.ui.statuses import status_kind
from cardable.server.ui.templatetags.ui_parts import Step

_CONNECTION_WORDS = ("Linked", "Partial", "Pending", "Deauthorized", "Unlinked", "No connections")
_REPORT_WORDS = ("Available", "Generating", "Unavailable", "Failed")
_LONG = "Gesellschaft für Kälteanlagenbau und Lebensmittelgroßhandel Nord-Süd mbH & Co. KG"
_PLATFORMS = [
    {"name": "QuickBooks Online", "status": "Linked", "matched": True},
    {"name": "Sage Intacct", "status": "Pending"},
    {"name": "Xero", "status": "Unlinked"},
    {"name": "NetSuite", "status": "Linked"},
]


class View(Protocol):
    def __call__(self, request: HttpRequest) -> HttpResponse: ...


def _only_when_shown(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.SHOW_PARTS:
            raise Http404
        return view(request)

    return guarded


class PartsForm(forms.Form):
    """One field of each sort."""

    company_name = forms.CharField(
        max_length=200, help_text="Letters, digits, spaces and - ' & @ . , ? !", label="Company name"
    )
    email = forms.EmailField(label="E-mail address")
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    parent = forms.ChoiceField(choices=[("", "None"), ("1", "Harbor Foods"), ("2", _LONG)], required=False)
    owners = forms.MultipleChoiceField(
        choices=[("1", "Ada Marsh"), ("2", "Priya Nair"), ("3", "José Álvarez")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    method = forms.ChoiceField(
        choices=[("file", "Files"), ("live", "Live connection")],
        widget=forms.RadioSelect,
        label="How it comes",
    )
    agreed = forms.BooleanField(label="I may share this company's data")


@_only_when_shown
def parts(request: HttpRequest) -> HttpResponse:
    """Every part on one page, in the portal's shell."""
    now = timezone.now()
    if "messages" in request.GET:
        messages.success(request, "Harbor Foods was deleted.")
        messages.error(request, "The reports could not be made. We were told and will look into it.")
    return render(
        request,
        "ui/gallery.html",
        {
            "organization": SimpleNamespace(name="Demo Bank", id=1),
            "user": User(email="ada@demo.bank", name="Ada Marsh"),
            "tabs": (Tab("Spend Insights", "#", False), Tab("Companies", reverse("ui-parts"), True)),
            "connection_words": _CONNECTION_WORDS,
            "report_words": _REPORT_WORDS,
            "platforms": _PLATFORMS,
            "no_platforms": [],
            "form": PartsForm(auto_id="g_%s"),
            "wrong_form": PartsForm({"email": "ada at bank", "company_name": ""}, prefix="wrong"),
            "page": Paginator(range(432), 50).page(2),
            "rows": _rows(now),
            "figures": _figures(),
            "files": _files(),
            "trail": [{"label": "Companies", "href": "#"}, {"label": "Harbor Foods Group"}],
            "tab_items": _navigation(),
            "timeline": _timeline(now),
            "options": [("", "All"), *((word, word) for word in _CONNECTION_WORDS)],
            "search_fields": ["Company ID", "Company name", "Connection ID", "Connected platform"],
            "link_url": "https://cardable.example/link/demo-bank/company/6f0c9a52?link.otp=Wq7…",
            "mail": "Hello,\n\nDemo Bank asks you to share your accounts-payable data.",
            "now": now,
            "earlier": now - timedelta(hours=3),
            "amount": Decimal("1234567.891"),
            "negative": Decimal("-52.5"),
        },
    )


@_only_when_shown
def window(request: HttpRequest) -> HttpResponse:
    """A window with a form: a page of its own, or shown over the page that links to it."""
    form = PartsForm(request.POST or None)
    template = "ui/gallery_drawer.html" if "drawer" in request.GET else "ui/gallery_window.html"
    done = request.method == "POST" and form.is_valid()
    return render(request, template, {"form": form, "done": done, "timeline": _timeline(timezone.now())})


@_only_when_shown
def link(request: HttpRequest) -> HttpResponse:
    """The customers' shell, in an issuer's color."""
    color = request.GET.get("color", "1f4e79")
    issuer = SimpleNamespace(name=request.GET.get("name", "Demo Bank"), primary_color=f"#{color}")
    context = {
        "issuer": issuer,
        "steps": _steps(),
        "exit_href": reverse("ui-parts-window"),
        "files": _files(),
    }
    return render(request, "ui/gallery_link.html", context)


@_only_when_shown
def busy(request: HttpRequest) -> HttpResponse:
    """A page that watches work go on, and says when it is done."""
    share = min(100, int(request.GET.get("share", "0")) + 25)
    return render(request, "ui/gallery_busy.html", {"share": share, "href": f"?share={share}"})


def _rows(now: datetime) -> list[dict[str, Any]]:
    names = ("Harbor Foods Group", _LONG, "شركة الميناء للأغذية", "Ō", "Northwind Traders")
    return [
        {
            "name": name,
            "depth": 1 if at in (1, 2) else 0,
            "children": 2 if at == 0 else 0,
            "status": _CONNECTION_WORDS[at],
            "platforms": _PLATFORMS[: 4 - at],
            "created": now - timedelta(days=31 * at),
            "spend": Decimal("1234567.8") * (at + 1),
            "report": _REPORT_WORDS[at % 4],
        }
        for at, name in enumerate(names)
    ]


def _figures() -> list[dict[str, Any]]:
    return [
        {"label": "Total spend", "value": "USD\xa012,403,118", "note": "Dec 2025 to Nov 2026", "href": "#"},
        {"label": "Cardable spend", "value": "USD\xa04,870,220", "note": "39.3% of total spend", "href": "#"},
        {"label": "Suppliers", "value": "1,204", "note": "318 could be paid by card"},
        {"label": "Settlement", "value": "34.2 days", "note": "on terms of 30.0 days"},
        {"label": "Annual benefit", "value": "—", "note": "No bills yet"},
    ]


def _files() -> list[dict[str, Any]]:
    return [
        {
            "name": "bills 2026.xlsx",
            "size": 482_113,
            "status": "Confirmed",
            "note": "2,431 rows",
            "href": "#",
        },
        {"name": "suppliers.csv", "size": 18_220, "status": "Reading", "remove": "#"},
        {
            "name": f"{_LONG}.csv",
            "size": 9_220_000,
            "status": "Refused",
            "note": "The file is protected by a password",
        },
    ]


def _navigation() -> list[dict[str, Any]]:
    inner = [{"label": "Uploaded files", "href": "#", "current": False}]
    return [
        {"label": "Summary", "href": "#", "current": True},
        {"label": "Manage connections", "href": "#"},
        {"label": "Data", "href": "#", "inner": inner},
        {"label": "Subsidiaries", "href": "#", "count": 12},
    ]


def _timeline(now: datetime) -> list[dict[str, Any]]:
    return [
        {"title": "Started", "at": now - timedelta(days=40), "kind": "none"},
        {"title": "Completed", "at": now - timedelta(days=39), "kind": "good"},
        {
            "title": "Deauthorized",
            "at": now - timedelta(days=2),
            "kind": "warn",
            "text": "Access was revoked in the accounting software.",
        },
        {"title": "Unlinked", "at": now, "kind": status_kind("Failed"), "text": "By Ada Marsh."},
    ]


def _steps() -> list[Step]:
    return [
        Step("Choose your software", "done"),
        Step("Agree to share", "done"),
        Step("Suppliers", "current"),
        Step("Bills"),
        Step("Finish"),
    ]
