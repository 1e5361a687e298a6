"""Puts the tables under row-level security, and lets a Link address find its organization."""

from django.db import migrations

from cardable.server.tenancy import row_level_security

_ORGANIZATION_OF_COMPANY = """
create function organization_of_company(wanted uuid) returns uuid
language sql stable security definer set search_path = public as
$$ select organization_id from companies_company where id = wanted $$
"""


class Migration(migrations.Migration):
    dependencies = (("companies", "0001_initial"),)
    operations = (
        row_level_security("companies_company", "companies_companyowner"),
        migrations.RunSQL(_ORGANIZATION_OF_COMPANY, "drop function organization_of_company(uuid)"),
    )
