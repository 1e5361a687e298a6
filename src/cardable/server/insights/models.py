"""Report settings, a run that makes reports, the files it made, and when suppliers first appeared."""

import uuid

from django.db import models

from cardable.language import ENGLISH
from cardable.server.companies.models import Company
from cardable.server.tenancy import OfOrganization


class SettingsVersion(OfOrganization):
    """Report settings as somebody left them: the organization's, or what a company has of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(
        Company, null=True, on_delete=models.CASCADE, related_name="settings_versions"
    )
    number = models.IntegerField()
    """1, 2, 3… of the organization or of the company."""
    given = models.JSONField(default=dict)
    """Everything that is set, not only what changed."""
    note = models.CharField(max_length=200, blank=True)
    changed_by = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "company", "number"], name="one_version", nulls_distinct=False
            ),
        )


class ReportRun(OfOrganization):
    """One making of a company's reports."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=20, default="spendAnalysis")
    """spendAnalysis, or ongoingInsights."""
    status = models.CharField(max_length=20, default="InProgress")
    """InProgress, Complete or Error."""
    reason = models.TextField(blank=True)
    """Why it failed, in words for the analyst."""
    requested_by = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    run_date = models.DateField()
    period_start = models.DateField()
    period_end = models.DateField()
    storage_prefix = models.CharField(max_length=300, blank=True)
    """Where its files and its tables of figures lie."""
    settings_version = models.CharField(max_length=60, blank=True, db_default="")
    """Which report settings made it, such as `3`, or `3, company 2`."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["company", "kind"], condition=models.Q(status="InProgress"), name="one_run_at_a_time"
            ),
        )


class ReportFile(OfOrganization):
    """One report of a run, ready to download, or why it could not be made."""

    run = models.ForeignKey(ReportRun, on_delete=models.CASCADE, related_name="files")
    report = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default=ENGLISH, db_default=ENGLISH)
    file_name = models.CharField(max_length=255)
    storage_key = models.CharField(max_length=500)
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)


class ImportedDate(OfOrganization):
    """The run date of the first Spend Analysis of a company that a supplier was in."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="imported_dates")
    source_instance = models.CharField(max_length=100)
    supplier_id = models.CharField(max_length=500)
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["company", "source_instance", "supplier_id"], name="one_imported_date"
            ),
        )
