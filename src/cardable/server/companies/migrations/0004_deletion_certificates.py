"""Keeps the proof of what was deleted, and how long an organization keeps its customers' data."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from cardable.server.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0003_top_indexes"),
        ("organizations", "0004_memberships_are_given"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeletionCertificate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("company_id", models.UUIDField(db_index=True)),
                ("companies", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=300)),
                ("asked_by", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("files", models.IntegerField(default=0)),
                ("bytes", models.BigIntegerField(default=0)),
                ("rows", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["organization", "-asked_at"], name="certificate_newest")],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.CharField(blank=True, max_length=200)),
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
                "constraints": [models.UniqueConstraint(fields=("organization",), name="one_retention_rule")],
            },
        ),
        row_level_security("companies_deletioncertificate", "companies_retentionrule"),
    ]
