"""People's invitations, sessions and second factors, and who else may vouch for them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cardable.server.secrets
from cardable.server.tenancy import row_level_security

_ORGANIZATION_OF_INVITATION = """
create function organization_of_invitation(wanted uuid) returns uuid
language sql stable security definer set search_path = public as
$$ select organization_id from people_invitation where id = wanted $$
"""
_BELONGS_ELSEWHERE = """
create function belongs_elsewhere(person uuid, here uuid) returns boolean
language sql stable security definer set search_path = public as
$$ select exists (select from organizations_member where user_id = person and organization_id <> here) $$
"""
_CACHE = """
create table cardable_cache (
  cache_key varchar(255) primary key, value text not null, expires timestamptz not null
);
create index cardable_cache_expires on cardable_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0006_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_factor",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seed", cardable.server.secrets.SealedField()),
                ("last_step", models.BigIntegerField(default=0)),
                ("recovery_codes", models.JSONField(default=list)),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FailedAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["key", "at"], name="attempt_newest")],
            },
        ),
        migrations.CreateModel(
            name="ProvisioningToken",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("role", models.CharField(default="Analyst", max_length=20)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_used_at", models.DateTimeField(null=True)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("browser", models.CharField(blank=True, max_length=200)),
                ("address", models.GenericIPAddressField(null=True)),
                ("signed_in_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("issuer", models.CharField(max_length=500)),
                ("client_id", models.CharField(max_length=300)),
                ("secret", cardable.server.secrets.SealedField(null=True)),
                ("is_on", models.BooleanField(default=False)),
                ("groups_claim", models.CharField(default="groups", max_length=100)),
                ("group_roles", models.JSONField(default=dict)),
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
                    models.UniqueConstraint(fields=("organization", "kind"), name="one_of_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=20)),
                ("products", models.JSONField(default=list)),
                ("serial", models.IntegerField(default=1)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organizations.member",
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
                    models.UniqueConstraint(fields=("organization", "email"), name="one_invitation")
                ],
            },
        ),
        row_level_security("people_invitation", "people_identityprovider", "people_provisioningtoken"),
        migrations.RunSQL(_ORGANIZATION_OF_INVITATION, "drop function organization_of_invitation(uuid)"),
        migrations.RunSQL(_BELONGS_ELSEWHERE, "drop function belongs_elsewhere(uuid, uuid)"),
        migrations.RunSQL(_CACHE, "drop table cardable_cache"),
    ]
