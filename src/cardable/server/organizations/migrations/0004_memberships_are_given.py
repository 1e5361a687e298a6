"""Lets a person see its memberships everywhere, but be given one only within the acting organization."""

from django.db import migrations

_ACTING = "organization_id = nullif(current_setting('cardable.organization', true), '')::uuid"
_OWN = "user_id = nullif(current_setting('cardable.user', true), '')::uuid"
_CHANGE = "alter policy one_organization on organizations_member with check ({})"


class Migration(migrations.Migration):
    dependencies = (("organizations", "0003_every_organization"),)
    operations = (migrations.RunSQL(_CHANGE.format(_ACTING), _CHANGE.format(f"{_ACTING} or {_OWN}")),)
