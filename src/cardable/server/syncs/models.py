"""A sync of one record type, and the snapshots that hold a company's data."""

import uuid

from django.db import models

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection
from cardable.server.tenancy import OfOrganization


class Sync(OfOrganization):
    """One reading of one record type from one connection."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="syncs")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="syncs")
    record_type = models.CharField(max_length=30)
    status = models.CharField(max_length=20, default="Queued")
    """Queued, Fetching, Mapping, Validating, Processing, Complete, or one of the errors of the product."""
    detail = models.TextField(blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True)


class StoredSnapshot(OfOrganization):
    """Where a company's records of one moment lie; at most one a connection is current."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="snapshots")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="snapshots")
    storage_prefix = models.CharField(max_length=300)
    base_currency = models.CharField(max_length=3)
    as_of = models.DateField()
    rows = models.JSONField(default=dict)
    """Record type to number of rows."""
    notices = models.JSONField(default=list)
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["connection"], condition=models.Q(is_current=True), name="one_current_snapshot"
            ),
        )
