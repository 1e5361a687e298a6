"""Which columns of the companies table a member sees; remembered, and shared by every such table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cardable.language import noted
from cardable.server.organizations.access import member_of
from cardable.server.organizations.models import Member

NONE = "none"
"""Kept where a member shows no optional column, since an empty list is the default view."""


DEFAULT, ADDITIONAL = noted("Default"), noted("Additional")


@dataclass(frozen=True)
class Column:
    """A column that may be shown or not."""

    key: str
    label: str | Promise
    group: str = DEFAULT


COLUMNS = (
    Column("created", _("Created date")),
    Column("synced", _("Last data sync")),
    Column("platforms", _("Platforms")),
    Column("products", _("Products"), ADDITIONAL),
)
_DEFAULT = frozenset(column.key for column in COLUMNS if column.group == DEFAULT)


@dataclass(frozen=True)
class Choice:
    """What the Columns dropdown shows: its own words, and each column with whether it is ticked."""

    label: str
    groups: tuple[tuple[str, tuple[tuple[Column, bool], ...]], ...]
    has_all: bool


def shown_columns(member: Member) -> frozenset[str]:
    """The keys of the optional columns this member sees."""
    known = {column.key for column in COLUMNS}
    return frozenset(member.columns) & known if member.columns else _DEFAULT


def choice_of(member: Member) -> Choice:
    """The Columns dropdown as this member left it."""
    shown = shown_columns(member)
    names = dict.fromkeys(column.group for column in COLUMNS)
    groups = tuple(
        (gettext(name), tuple((column, column.key in shown) for column in COLUMNS if column.group == name))
        for name in names
    )
    return Choice(_label(shown), groups, len(shown) == len(COLUMNS))


def _label(shown: frozenset[str]) -> str:
    if shown == _DEFAULT:
        return gettext(DEFAULT)
    return gettext("All") if len(shown) == len(COLUMNS) else f"{len(shown)}/{len(COLUMNS)}"


@login_required
@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Remember the chosen columns and go back to the table."""
    member = member_of(request)
    member.columns = [] if "default" in request.POST else _kept(request.POST.getlist("column"))
    member.save(update_fields=["columns"])
    return redirect(_back(request))


def _kept(chosen: Sequence[str]) -> list[str]:
    keys = [column.key for column in COLUMNS if column.key in chosen]
    return [] if set(keys) == _DEFAULT else keys or [NONE]


def _back(request: HttpRequest) -> str:
    current = request.headers.get("HX-Current-URL") or request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(current, {request.get_host()}, require_https=request.is_secure()):
        return current
    return reverse("companies")


urlpatterns = [path("companies/columns", columns, name="columns")]
