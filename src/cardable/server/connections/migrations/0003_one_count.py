"""Tells which connection's data counts, and which upload came in whose place."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Now

_DATA_COUNTS = """
update connections_connection held set counted_since = coalesce(held.linked_at, held.last_sync_at)
where held.linked_at is not null or held.last_sync_at is not null
"""


class Migration(migrations.Migration):
    dependencies = (("connections", "0002_row_level_security"),)
    operations = (
        migrations.AddField("connection", "counted_since", models.DateTimeField(null=True)),
        migrations.AddField("upload", "replaces", models.JSONField(default=list, db_default=[])),
        migrations.AddField(
            "upload", "asked_at", models.DateTimeField(default=django.utils.timezone.now, db_default=Now())
        ),
        migrations.RunSQL(_DATA_COUNTS, migrations.RunSQL.noop),
    )
