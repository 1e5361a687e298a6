"""An instance's tables as they are written to an archive and read from it: by COPY, in any PostgreSQL."""

from collections.abc import Iterator
from typing import Any

from psycopg import Cursor, sql

LEFT_OUT = frozenset(
    {
        # Made anew by the migrations.
        "django_migrations",
        "django_content_type",
        "auth_permission",
        # Everybody signs in again, and no worker of then works now.
        "people_session",
        "procrastinate_workers",
    }
)
# What was under way is taken up anew, by no worker yet.
_INSTEAD = {
    ("procrastinate_jobs", "worker_id"): sql.SQL("null::bigint"),
    ("procrastinate_jobs", "status"): sql.SQL(
        "case when status = 'doing' then 'todo'::procrastinate_job_status else status end"
    ),
}
_FIRST = ("procrastinate_jobs",)
GOING = ("companies_company", "connections_connection", "syncs_storedsnapshot", "insights_reportrun")
"""Tables whose rows own files: what is deleted while an archive is made must not come back without them."""


def tables(cursor: Cursor[Any]) -> list[str]:
    """Every table that is kept, in an order in which rows find what they refer to."""
    cursor.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        " order by relname"
    )
    found = [name for (name,) in cursor.fetchall() if name not in LEFT_OUT]
    return [*(name for name in _FIRST if name in found), *(name for name in found if name not in _FIRST)]


def columns(cursor: Cursor[Any], table: str) -> list[str]:
    cursor.execute(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
        " and not attisdropped and attgenerated = '' order by attnum",
        [f'public."{table}"'],
    )
    return [name for (name,) in cursor.fetchall()]


def copied(cursor: Cursor[Any], table: str, names: list[str]) -> Iterator[bytes]:
    """The rows of a table, as COPY writes them."""
    values = [
        _INSTEAD[table, name] + sql.SQL(" as {}").format(sql.Identifier(name))
        if (table, name) in _INSTEAD
        else sql.Identifier(name)
        for name in names
    ]
    query = sql.SQL("copy (select {} from {}) to stdout").format(
        sql.SQL(", ").join(values), sql.Identifier(table)
    )
    with cursor.copy(query) as rows:
        for part in rows:
            yield bytes(part)


def load(cursor: Cursor[Any], table: str, names: list[str], rows: Iterator[bytes]) -> int:
    """Put rows into a table; how many."""
    query = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with cursor.copy(query) as copy:
        for part in rows:
            copy.write(part)
    return cursor.rowcount


def without_triggers(cursor: Cursor[Any], names: list[str], *, enable: bool = False) -> None:
    """Let rows in as they were, without what follows when one is new; or stop doing so."""
    word = sql.SQL("enable" if enable else "disable")
    for name in names:
        cursor.execute(sql.SQL("alter table {} {} trigger user").format(sql.Identifier(name), word))


def number_on(cursor: Cursor[Any], names: list[str]) -> None:
    """Let new rows be numbered after those that are there."""
    for name in names:
        for column in columns(cursor, name):
            cursor.execute("select pg_get_serial_sequence(%s, %s)", [f'public."{name}"', column])
            row = cursor.fetchone()
            if row and row[0]:
                cursor.execute(
                    sql.SQL(
                        "select setval({}::regclass, coalesce(max({}), 1), max({}) is not null) from {}"
                    ).format(
                        sql.Literal(row[0]), sql.Identifier(column), sql.Identifier(column),
                        sql.Identifier(name),
                    )
                )  # fmt: skip
