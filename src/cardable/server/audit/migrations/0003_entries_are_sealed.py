"""Seals new entries; those of before keep the place they have in their chain."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("audit", "0002_kept_for_good"),)
    operations = (
        migrations.AddField("entry", "seal", models.CharField(max_length=100, null=True)),
        migrations.AddField("chainlink", "is_sealed", models.BooleanField(null=True)),
    )
