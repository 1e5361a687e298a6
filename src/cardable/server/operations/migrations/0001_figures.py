"""Sums of what all machines do, kept without whose data it was; and how much is stored, as one figure."""

from django.db import migrations

_TABLES = """
create table operations_requests (
    page text, method text, status integer,
    count bigint not null, seconds double precision not null,
    within_100_ms bigint not null, within_500_ms bigint not null, within_2_s bigint not null,
    primary key (page, method, status)
);
create table operations_tasks (
    task text primary key,
    done bigint not null, failed bigint not null, seconds double precision not null,
    longest double precision not null, last_at timestamptz not null, last_failed_at timestamptz
);
create table operations_notes (key text primary key, value jsonb not null, at timestamptz not null);
"""
# The application sees one organization at a time, and here only a sum over all.
_STORED = """
create function stored_bytes(out uploads bigint, out reports bigint)
language sql stable security definer set search_path = public as
$$ select (select coalesce(sum(bytes), 0) from connections_upload)::bigint,
          (select coalesce(sum(bytes), 0) from insights_reportfile)::bigint $$
"""


class Migration(migrations.Migration):
    dependencies = (("connections", "0001_initial"), ("insights", "0001_initial"))
    operations = (
        migrations.RunSQL(
            _TABLES,
            "drop table operations_requests; drop table operations_tasks; drop table operations_notes",
        ),
        migrations.RunSQL(_STORED, "drop function stored_bytes()"),
    )
