"""Shows a member its organizations and colleagues, and lets a Link address find its organization."""

from django.db import migrations

from cardable.server.tenancy import no_policy, policy

_CURRENT = "nullif(current_setting('cardable.organization', true), '')::uuid"
_USER = "nullif(current_setting('cardable.user', true), '')::uuid"
_MEMBER = f"organization_id = {_CURRENT} or user_id = {_USER}"
_ORGANIZATION = (
    f"id = {_CURRENT} or id in (select organization_id from organizations_member where user_id = {_USER})"
)

_ORGANIZATION_BY_SLUG = """
create function organization_by_slug(wanted text) returns uuid
language sql stable security definer set search_path = public as
$$ select id from organizations_organization where slug = wanted $$
"""


class Migration(migrations.Migration):
    dependencies = (("organizations", "0001_initial"),)
    operations = (
        migrations.RunSQL(policy("organizations_member", _MEMBER), no_policy("organizations_member")),
        migrations.RunSQL(
            policy("organizations_organization", _ORGANIZATION), no_policy("organizations_organization")
        ),
        migrations.RunSQL(_ORGANIZATION_BY_SLUG, "drop function organization_by_slug(text)"),
    )
