"""The languages an organization is read in, and the one a user chose."""

from django.db import migrations, models

import cardable.server.organizations.models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0006_people")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="languages",
            field=models.JSONField(
                db_default=["en"], default=cardable.server.organizations.models.english_alone
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
    ]
