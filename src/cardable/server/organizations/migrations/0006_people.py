"""What an organization decides about its people, and what it knows of each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0005_link_endings"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="external_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="member",
            name="is_from_groups",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="member",
            name="products",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="member",
            name="subjects",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="organization",
            name="company_permissions",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="organization",
            name="login_message",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="organization",
            name="password_sign_in",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="product_permissions",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="organization",
            name="requires_second_factor",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="is_technical",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
