"""Writes down each visit that the table of addresses names, in the visit's own transaction."""

import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from math import inf
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from cardable.server import audit
from cardable.server.audit.addresses import Rule, rule_of
from cardable.server.audit.details import fields_of
from cardable.server.connections.models import Connection
from cardable.server.organizations.access import organization_of_company
from cardable.server.organizations.models import Member
from cardable.server.tenancy import acting_for, current_organization

_REFRESHED_WITHIN, _MOST_VIEWED = 300, 10_000
_viewed: dict[tuple[str, str, str], float] = {}
_REFUSALS = (403, 404, 429)
_NAMES = {"key": "report", "type": "records", "kind": "records", "ref": "supplier"}
_LEFT_OUT = ("slug", "company_id", "rest")


class AuditMiddleware:
    """Stands inside the tenancy, so that an entry is kept or lost together with what it tells of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = audit.current_request.set(request)
        try:
            response = self._get_response(request)
            self._tell(request, response.status_code)
        finally:
            audit.current_request.reset(token)
        return response

    def _tell(self, request: HttpRequest, status: int) -> None:
        match = request.resolver_match
        rule = rule_of(match.view_name or "") if match else None
        if match is None or rule is None:
            return
        action = _action(request, rule, status)
        member: Member | None = getattr(request, "member", None)
        if not action or _is_refresh(request, member, match):
            return
        is_members = member is not None and not rule.by_customer
        organization = member.organization_id if member and is_members else _bound(match)
        if organization is None:
            return
        details = _details(request, rule, match, status)
        actor = audit.CUSTOMER if rule.by_customer else member
        company = None if action == "access.refused" else _company_id(match)
        # A view with transactions of its own has ended them by now.
        with nullcontext() if connection.in_atomic_block else acting_for(organization):
            audit.write(
                action, organization=organization, actor=actor, request=request, company=company,
                details=details, is_bound=True,
            )  # fmt: skip


def _bound(match: ResolverMatch) -> uuid.UUID | None:
    """The organization whose rows the view was shown, or whose company its address names."""
    if connection.in_atomic_block:
        return current_organization()
    company = match.kwargs.get("company_id")
    return organization_of_company(company) if company else None


def _action(request: HttpRequest, rule: Rule, status: int) -> str:
    """What the visit was; empty where it is not to be told."""
    if status in _REFUSALS:
        return "link.refused" if rule.by_customer else "access.refused"
    if request.method in ("GET", "HEAD"):
        return rule.view if status < 400 else ""
    # A form that is shown again changed nothing; one that did leads on to another page.
    changed = status in (201, 204) or 300 <= status < 400
    return rule.change if changed and not getattr(request, "told", False) else ""


def _is_refresh(request: HttpRequest, member: Member | None, match: ResolverMatch) -> bool:
    """Whether a page on somebody's screen fetches itself anew; its view has been written down."""
    if request.method != "GET" or not member:
        return False
    key = (str(member.pk), match.view_name or "", str(sorted(match.kwargs.items())))
    if request.headers.get("HX-Request") and time.monotonic() - _viewed.get(key, -inf) < _REFRESHED_WITHIN:
        return True
    transaction.on_commit(lambda: _remember(key))
    return False


def _remember(key: tuple[str, str, str]) -> None:
    """Remember in this process alone; another writes the view down once more, which does no harm."""
    if len(_viewed) >= _MOST_VIEWED:
        _viewed.clear()
    _viewed[key] = time.monotonic()


def _company_id(match: ResolverMatch) -> uuid.UUID | None:
    named: Mapping[str, Any] = match.kwargs
    if (match.view_name or "").startswith("connection-"):
        return Connection.objects.filter(id=named["id"]).values_list("company_id", flat=True).first()
    found = named.get("company_id") or named.get("id")
    return found if isinstance(found, uuid.UUID) and not _is_setting(match) else None


def _is_setting(match: ResolverMatch) -> bool:
    return (match.view_name or "").startswith(("settings-", "monitor-", "account"))


def _details(request: HttpRequest, rule: Rule, match: ResolverMatch, status: int) -> dict[str, Any]:
    """Which page, which part of it, and for a form the names of its fields; never what was typed."""
    said: dict[str, Any] = {"page": match.view_name}
    left_out = _LEFT_OUT if _is_setting(match) else (*_LEFT_OUT, "id")
    said |= {_NAMES.get(name, name): value for name, value in match.kwargs.items() if name not in left_out}
    if status in _REFUSALS:
        said["status"] = status
    elif rule.tells_fields and request.method == "POST":
        said["fields"] = fields_of(request.POST)
    return said
