"""Addresses that let a customer into the Link, and the secrets that make them work once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cardable.server.companies.models import Company
from cardable.server.connections.models import OneTimeLink
from cardable.server.organizations.models import Member, Organization

LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class LinkAddress:
    """Where a customer begins; None: for good."""

    url: str
    expires: datetime | None


def link_url(company: Company, member: Member) -> LinkAddress:
    """The company's Link URL; with one-time links a new one, which voids those not yet used."""
    organization = member.organization
    url = f"{_base(organization)}/company/{company.id}"
    if not organization.one_time_links:
        return LinkAddress(url, None)
    now = timezone.now()
    unused = OneTimeLink.objects.filter(company=company, used_at=None, voided_at=None)
    unused.update(voided_at=now)
    secret = secrets.token_urlsafe(24)
    made = OneTimeLink.objects.create(
        organization=organization,
        company=company,
        secret_hash=secret_hash(secret),
        expires_at=now + LIFETIME,
    )
    return LinkAddress(f"{url}?link.otp={secret}", made.expires_at)


def invite_url(organization: Organization) -> str:
    """The address under which a customer names its own company."""
    return f"{_base(organization)}/invite"


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _base(organization: Organization) -> str:
    return f"{settings.ENVIRONMENT.base_url}/link/{organization.slug}"
