"""The log of what happened."""

import uuid

from django.db import models

from cardable.server.tenancy import OfOrganization


class Event(OfOrganization):
    """Something that happened, in words for the activity log; it outlives the company it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=60)
    """Such as `company.created` or `reports.spendAnalysis.generate.successful`."""
    actor = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["organization", "company_id", "-at"], name="event_newest"),)
