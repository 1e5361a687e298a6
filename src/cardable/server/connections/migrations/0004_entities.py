"""Tells which entities of its files a customer shares, and whose files an entity came with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("connections", "0003_one_count"),)
    operations = (
        migrations.AddField("connection", "entity_choice", models.JSONField(default=dict, db_default={})),
        migrations.AddField(
            "connection",
            "origin",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="entities",
                to="connections.connection",
            ),
        ),
        migrations.AddField(
            "connection", "entity_id", models.CharField(blank=True, db_default="", max_length=200)
        ),
        migrations.AddField(
            "connection", "entity_name", models.CharField(blank=True, db_default="", max_length=200)
        ),
        migrations.AddField("connection", "left_out_since", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "connection",
            models.UniqueConstraint(fields=("origin", "entity_id"), name="one_connection_an_entity"),
        ),
    )
