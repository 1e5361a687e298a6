"""Puts the tables under row-level security."""

from django.db import migrations

from cardable.server.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = (("events", "0001_initial"),)
    operations = (
        row_level_security(
            "events_event",
        ),
    )
