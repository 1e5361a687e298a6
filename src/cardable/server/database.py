"""The application's role in PostgreSQL, and the migrations that give it tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cardable.server.settings import APPLICATION_ROLE

# The role may be made by two servers that start at once; the later one finds it there.
_PREPARE = f"""
do $$ begin
  create role {APPLICATION_ROLE} nologin nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
grant {APPLICATION_ROLE} to current_user;
grant usage on schema public to {APPLICATION_ROLE};
alter default privileges in schema public
  grant select, insert, update, delete on tables to {APPLICATION_ROLE};
alter default privileges in schema public grant usage, select on sequences to {APPLICATION_ROLE};
"""


def migrate() -> None:
    """Bring the database to this release; safe to run at once from many machines."""
    with prepared():
        call_command("migrate", database="owner", interactive=False, verbosity=0)


@contextmanager
def prepared() -> Iterator[None]:
    """The application's role is there, and nobody else migrates."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext('cardable migrate'))")
        try:
            cursor.execute(_PREPARE)
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext('cardable migrate'))")


def pending_migrations() -> list[str]:
    """Which migrations of this release the database has not seen, by name."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def forget_workers() -> None:
    """Where nobody else can be working, jobs under way belong to the dead and are taken over at once."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from procrastinate_workers")
    connections["owner"].close()
