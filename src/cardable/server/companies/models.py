"""A company: one business customer, perhaps with subsidiaries."""

import uuid

from django.db import models
from django.db.models import F, Q

from cardable.language import noted
from cardable.server.organizations.models import Member
from cardable.server.tenancy import OfOrganization

_TOP = Q(parent=None, deleting_since=None)


class Company(OfOrganization):
    """One business customer of the issuer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=250)
    """The name without accents and case, for search and order."""
    description = models.TextField(blank=True)
    tags = models.JSONField(default=dict)
    products = models.JSONField(default=list)
    subscriptions = models.JSONField(default=list)
    """E-mail addresses that receive Ongoing Insights."""
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="subsidiaries")
    owners = models.ManyToManyField(Member, through="CompanyOwner", related_name="companies")
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What follows is kept in step by connections/status.py, so that a list needs no joins.
    connection_status = models.CharField(max_length=20, default=noted("No connections"))
    linked_count = models.IntegerField(default=0)
    """How many companies, itself and descendants, hold a linked connection."""
    family_count = models.IntegerField(default=1)
    """How many companies it and its descendants are."""
    children_count = models.IntegerField(default=0)
    platforms = models.JSONField(default=list)
    """[{"name", "status"}] of its own and its descendants' connections."""
    last_sync_at = models.DateTimeField(null=True)
    report_status = models.CharField(max_length=20, default="Unavailable")
    """Available, Generating, Unavailable or Failed."""
    latest_report_at = models.DateTimeField(null=True)
    deleting_since = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organization", "parent", "-created_at", "id"], name="company_newest"),
            models.Index(fields=["organization", "parent", "folded_name", "id"], name="company_by_name"),
            # PostgreSQL reads an index in order only where `parent is null` is part of the index itself.
            models.Index("organization", F("created_at").desc(), "id", condition=_TOP, name="top_newest"),
            models.Index("organization", "folded_name", "id", condition=_TOP, name="top_by_name"),
            models.Index(
                "organization",
                F("last_sync_at").desc(nulls_last=True),
                "id",
                condition=_TOP,
                name="top_by_last_sync",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CompanyOwner(OfOrganization):
    """A member made responsible for a company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "member"], name="one_ownership"),)


class RetentionRule(OfOrganization):
    """How long an organization keeps its customers' data; without one, until it is deleted."""

    months = models.IntegerField(default=0)
    """Months after the last data came; 0: until it is deleted."""
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization"], name="one_retention_rule"),)


class DeletionCertificate(OfOrganization):
    """What was deleted, how much of it and when; it outlives the companies it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    """company, connection, or data: everything a company brought, while the company itself stays."""
    company_id = models.UUIDField(db_index=True)
    companies = models.JSONField(default=list)
    """[{"id", "name"}] of every company concerned, the one asked for first."""
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    files = models.IntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    rows = models.JSONField(default=dict)
    """Kind of row to how many there were."""
    finished_at = models.DateTimeField(null=True)
    """When the last of it was gone; None while some of it still goes."""

    class Meta:
        indexes = (models.Index(fields=["organization", "-asked_at"], name="certificate_newest"),)

    @property
    def total(self) -> int:
        """How many rows went."""
        return sum(self.rows.values())
