"""Whose data may be seen: one organization at a time, held by PostgreSQL itself.

Every table of an organization's data carries `organization_id`, and a row-level policy shows only the
rows of the organization named by the setting `cardable.organization` of the running transaction. The
application's role cannot bypass that; without the setting it sees nothing.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, migrations, models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

_ACT = "select set_config('cardable.organization', %s, true)"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_SHOWN = "organization_id = nullif(current_setting('cardable.organization', true), '')::uuid"


class OfOrganization(models.Model):
    """A row that belongs to one organization and is seen by no other."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="+", db_index=True
    )

    class Meta:
        abstract = True


class AppendOnly(OfOrganization):
    """A row that is written once: PostgreSQL lets nobody change or delete it."""

    class Meta:
        abstract = True


def act_for(organization_id: uuid.UUID | None, *, user_id: uuid.UUID | None = None) -> None:
    """From here to the end of the transaction only this organization's rows exist; None: no rows.

    A user also sees its own memberships, so that it can choose an organization.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('cardable.organization', %s, true), set_config('cardable.user', %s, true)",
            [str(organization_id or ""), str(user_id or "")],
        )


def current_organization() -> uuid.UUID | None:
    """The organization whose rows the transaction shows."""
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('cardable.organization', true), '')")
        found = cursor.fetchone()[0]
    return uuid.UUID(found) if found else None


@contextmanager
def acting_for(organization_id: uuid.UUID) -> Iterator[None]:
    """A transaction in which only this organization's rows exist."""
    with transaction.atomic():
        act_for(organization_id)
        yield


@contextmanager
def meanwhile() -> Iterator[None]:
    """A part of a transaction after which the same rows are shown as before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('cardable.organization', true), current_setting('cardable.user', true)"
        )
        before = cursor.fetchone()
        yield
        cursor.execute(
            "select set_config('cardable.organization', %s, true), set_config('cardable.user', %s, true)",
            [each or "" for each in before],
        )


@contextmanager
def looking_at(organization_id: uuid.UUID) -> Iterator[None]:
    """For a moment this organization's rows exist as well, whoever asks; afterwards all is as before."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('cardable.organization', true)")
        before = cursor.fetchone()[0] or ""
        try:
            cursor.execute(_ACT, [str(organization_id)])
            yield
        finally:
            cursor.execute(_ACT, [before])


def own_transactions(view: View) -> View:
    """A view that takes long to hear its visitor out: it opens its transactions, and binds them, itself."""
    view.own_transactions = True  # type: ignore[attr-defined]
    return view


class TenancyMiddleware:
    """Runs each request in one transaction, bound to the organization its member signed in to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        from cardable.server.organizations.access import bind_member

        if _has_own_transactions(request):
            with transaction.atomic():
                bind_member(request)
            return self._get_response(request)
        with transaction.atomic():
            bind_member(request)
            response = self._get_response(request)
            # Django turns a view's exception into a 500 before it reaches us; nothing of it may stay.
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


def _has_own_transactions(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "own_transactions", False)


def row_level_security(*tables: str) -> migrations.RunSQL:
    """The migration that puts these tables under the policy."""
    return migrations.RunSQL(
        [statement for table in tables for statement in policy(table, _SHOWN)],
        [statement for table in tables for statement in no_policy(table)],
    )


def policy(table: str, shown: str) -> list[Any]:
    """The statements that show the application's role only the rows for which `shown` holds."""
    return [
        f'alter table "{table}" enable row level security',
        f'create policy one_organization on "{table}" to public using ({shown}) with check ({shown})',
    ]


def append_only(*tables: str) -> list[migrations.RunSQL]:
    """The migrations after which rows of these tables are never changed or deleted, by anybody.

    The application's role has no such right, and a trigger stops even the tables' owner.
    """
    return [
        migrations.RunSQL(_REFUSE, migrations.RunSQL.noop),
        *(migrations.RunSQL(_closed(table), _opened(table)) for table in tables),
    ]


_REFUSE = """
create or replace function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'rows of % are never changed or deleted', tg_table_name; end $$
"""


def _closed(table: str) -> list[Any]:
    return [
        f'revoke update, delete, truncate on "{table}" from {settings.APPLICATION_ROLE}',
        f'create trigger append_only before update or delete on "{table}"'
        " for each row execute function refuse_change()",
        f'create trigger append_only_whole before truncate on "{table}"'
        " for each statement execute function refuse_change()",
    ]


def _opened(table: str) -> list[Any]:
    return [
        f'drop trigger append_only on "{table}"',
        f'drop trigger append_only_whole on "{table}"',
        f'grant update, delete on "{table}" to {settings.APPLICATION_ROLE}',
    ]


def no_policy(table: str) -> list[Any]:
    return [
        f'drop policy one_organization on "{table}"',
        f'alter table "{table}" disable row level security',
    ]
