"""What an issuer sets about how it shows itself."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from cardable.server.tenancy import row_level_security


class Migration(migrations.Migration):
    initial = True

    dependencies = (("organizations", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Presentation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("link", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                ("secondary_color", models.CharField(blank=True, max_length=7)),
                ("images", models.JSONField(default=dict)),
                ("changed_by", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                "constraints": [models.UniqueConstraint(fields=("organization",), name="one_presentation")],
            },
        ),
        row_level_security("presentation_presentation"),
    )
