"""Keeps with each report file the language it is written in; those there are, are English."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("insights", "0003_settings_versions"),)
    operations = (
        migrations.AddField(
            model_name="reportfile",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=10),
        ),
    )
