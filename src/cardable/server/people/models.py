"""Invitations, sessions, second factors, and who else may vouch for a person."""

import uuid

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from cardable.server.organizations.models import Member, User
from cardable.server.secrets import SealedField
from cardable.server.tenancy import OfOrganization


class Invitation(OfOrganization):
    """An offer to join an organization, mailed to one address; it goes once it is taken up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    products = models.JSONField(default=list)
    serial = models.IntegerField(default=1)
    """Counts how often it was sent; only the link of the last time works."""
    invited_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization", "email"], name="one_invitation"),)

    def __str__(self) -> str:
        return self.email


class Session(AbstractBaseSession):
    """A browser's session, known by the digest of its key; the person's devices are these rows."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    browser = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """A person's authenticator app and recovery codes; in force once a first code was right."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="second_factor"
    )
    seed = SealedField()
    last_step = models.BigIntegerField(default=0)
    """The time step of the last code that was taken, so that none is taken twice."""
    recovery_codes = models.JSONField(default=list)
    """Digests of those not used yet."""
    confirmed_at = models.DateTimeField(null=True)


class FailedAttempt(models.Model):
    """A wrong password or code, under the digest of what it was tried for."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["key", "at"], name="attempt_newest"),)


class IdentityProvider(OfOrganization):
    """Who else may vouch for an organization's people: Google, Microsoft or its own OpenID provider."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    """`google`, `microsoft` or `sso`."""
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=300)
    secret = SealedField(null=True)
    is_on = models.BooleanField(default=False)
    groups_claim = models.CharField(max_length=100, default="groups")
    group_roles = models.JSONField(default=dict)
    """The role that each group at the provider brings."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization", "kind"], name="one_of_a_kind"),)


class ProvisioningToken(OfOrganization):
    """Lets a directory add and disable an organization's users; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, default="Analyst")
    """What users are that the directory adds without saying so."""
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
