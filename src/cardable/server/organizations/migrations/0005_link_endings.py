"""What customers may do with their connections, and where the Link may lead when it is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("organizations", "0004_memberships_are_given"),)
    operations = (
        migrations.AddField(
            "organization", "manage_connections", models.BooleanField(default=True, db_default=True)
        ),
        migrations.AddField(
            "organization", "allowed_redirect_urls", models.JSONField(default=list, db_default=[])
        ),
    )
