"""Connections, the links that open them, and what customers upload through them."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from cardable.server.companies.models import Company
from cardable.server.tenancy import OfOrganization

LET_GO = ("Unlinked", "Deauthorized")
"""Statuses in which nothing is read; what was read is kept."""


class Connection(OfOrganization):
    """The authorised tie between one company and one data source."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="connections")
    system = models.CharField(max_length=60)
    """Key of the software in the catalogue, such as `sage-100` or `other`."""
    platform_name = models.CharField(max_length=120)
    source_type = models.CharField(max_length=20, default="Accounting")
    is_streaming = models.BooleanField(default=False)
    status = models.CharField(max_length=20, default="PendingAuth")
    """PendingAuth, Linked, Deauthorized or Unlinked."""
    step = models.CharField(max_length=30, default="consent")
    """Where the customer left the Link; it continues there."""
    skipped = models.JSONField(default=list)
    """Optional reports the customer chose not to bring."""
    source_instance = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)
    linked_at = models.DateTimeField(null=True)
    last_sync_at = models.DateTimeField(null=True)
    counted_since = models.DateTimeField(null=True)
    """Since when its data stands for the company's books; the latest of a company's connections counts."""
    error = models.TextField(blank=True)
    entity_choice = models.JSONField(default=dict, db_default={})
    """What the customer chose where its files hold several companies; `entities.py` reads it."""
    origin = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="entities")
    """The connection whose files hold this entity; None: the company connected its software itself."""
    entity_id = models.CharField(max_length=200, blank=True, db_default="")
    """What the source calls the entity; it is known again by that."""
    entity_name = models.CharField(max_length=200, blank=True, db_default="")
    left_out_since = models.DateTimeField(null=True)
    """Since when the entity is no longer shared; its data is kept and not counted."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["origin", "entity_id"], name="one_connection_an_entity"),
        )


class ConnectionEvent(OfOrganization):
    """A step in a connection's life: Started, Completed, Deauthorized or Unlinked."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)


class Consent(OfOrganization):
    """What a customer agreed to, word for word."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="consents")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="consents")
    text = models.TextField()
    locale = models.CharField(max_length=10)
    ip_address = models.GenericIPAddressField(null=True)
    browser = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)


class OneTimeLink(OfOrganization):
    """An address that lets a customer in once; only a hash of its secret is kept."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="one_time_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)


class WrongTry(OfOrganization):
    """A wrong one-time secret offered for a company; five in an hour close the door."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="wrong_tries")
    at = models.DateTimeField(auto_now_add=True)


class Upload(OfOrganization):
    """A file a customer brought, what was read in it, and what the customer confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="uploads")
    report = models.CharField(max_length=20)
    """Which step brought it: suppliers, bills, payments, expenses or any."""
    file_name = models.CharField(max_length=255)
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=500)
    status = models.CharField(max_length=20, default="Received")
    """Received, Reading, Read, Refused, Confirmed, or Replaced by a newer file."""
    replaces = models.JSONField(default=list, db_default=[])
    """Ids of the uploads in whose place it comes, once it is confirmed."""
    reading = models.JSONField(default=dict)
    """What `inspect` says of the file, and what conversion accepted and rejected."""
    choices = models.JSONField(default=dict)
    """Columns the customer changed: sheet to column position to use."""
    refusal = models.TextField(blank=True)
    rejects_accepted = models.BooleanField(default=False)
    received_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(default=timezone.now, db_default=Now())
    """When its reading was last asked for."""
    confirmed_at = models.DateTimeField(null=True)


class SavedMapping(OfOrganization):
    """What the columns of a header set mean, as a customer confirmed it once."""

    system = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    header_hash = models.CharField(max_length=64)
    uses = models.JSONField()
    """Normalised header to use; null where it carries nothing."""
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "system", "kind", "header_hash"], name="one_mapping_a_header_set"
            ),
        )
