"""What an issuer has set about how it shows itself."""

import uuid

from django.db import models

from cardable.server.tenancy import OfOrganization


class Presentation(OfOrganization):
    """One issuer's brand, settings of the Link, and texts; what is not set has its default."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.JSONField(default=dict)
    """Settings of the Link by name, as `options` reads them."""
    texts = models.JSONField(default=dict)
    """Locale to name of the text to what it says."""
    secondary_color = models.CharField(max_length=7, blank=True)
    images = models.JSONField(default=dict)
    """Logo, icon and hero: where each lies, its type and its mark."""
    changed_by = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization"], name="one_presentation"),)
