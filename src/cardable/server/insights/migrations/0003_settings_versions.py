"""Keeps every state of the report settings, and with each run which of them made it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from cardable.server.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0003_top_indexes"),
        ("insights", "0002_row_level_security"),
        ("organizations", "0004_memberships_are_given"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportrun",
            name="settings_version",
            field=models.CharField(blank=True, db_default="", max_length=60),
        ),
        migrations.CreateModel(
            name="SettingsVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.IntegerField()),
                ("given", models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("changed_by", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settings_versions",
                        to="companies.company",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "company", "number"), name="one_version", nulls_distinct=False
                    )
                ],
            },
        ),
        row_level_security("insights_settingsversion"),
    ]
