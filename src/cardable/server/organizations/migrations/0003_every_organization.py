"""Lets work that is done on a schedule learn the ids of all organizations, and nothing else of them."""

from django.db import migrations

_EVERY_ORGANIZATION = """
create function every_organization() returns setof uuid
language sql stable security definer set search_path = public as
$$ select id from organizations_organization order by id $$
"""


class Migration(migrations.Migration):
    dependencies = (("organizations", "0002_row_level_security"),)
    operations = (migrations.RunSQL(_EVERY_ORGANIZATION, "drop function every_organization()"),)
