"""Puts the tables under row-level security."""

from django.db import migrations

from cardable.server.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = (("connections", "0001_initial"),)
    operations = (
        row_level_security(
            "connections_connection",
            "connections_connectionevent",
            "connections_consent",
            "connections_onetimelink",
            "connections_wrongtry",
            "connections_upload",
            "connections_savedmapping",
        ),
    )
