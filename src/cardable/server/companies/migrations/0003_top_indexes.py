"""Indexes that give a page of the topmost companies without sorting them all."""

from django.db import migrations, models
from django.db.models import F, Q

_TOP = Q(("deleting_since", None), ("parent", None))


class Migration(migrations.Migration):
    dependencies = (("companies", "0002_row_level_security"),)
    operations = (
        migrations.AddIndex(
            "company",
            models.Index(
                F("organization"), F("created_at").desc(), F("id"), condition=_TOP, name="top_newest"
            ),
        ),
        migrations.AddIndex(
            "company",
            models.Index(F("organization"), F("folded_name"), F("id"), condition=_TOP, name="top_by_name"),
        ),
        migrations.AddIndex(
            "company",
            models.Index(
                F("organization"),
                F("last_sync_at").desc(nulls_last=True),
                F("id"),
                condition=_TOP,
                name="top_by_last_sync",
            ),
        ),
    )
