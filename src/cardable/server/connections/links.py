"""Addresses that let a customer into the Link, and the secrets that make them work once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, OneTimeLink, WrongTry
from cardable.server.organizations.models import Member, Organization

LIFETIME = timedelta(days=1)
MOST_WRONG_TRIES, WRONG_TRIES_COUNT_FOR = 5, timedelta(hours=1)


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
    secret, expires = _issued(company, organization)
    return LinkAddress(f"{url}?link.otp={secret}", expires)


def connection_url(connection: Connection, member: Member) -> LinkAddress:
    """Where one connection's journey goes on; like the company's Link URL it voids those not yet used."""
    company, organization = connection.company, member.organization
    base = f"{settings.ENVIRONMENT.base_url}/link"
    url = f"{base}/companies/{company.id}/connections/{connection.id}/start"
    if not organization.one_time_links:
        return LinkAddress(url, None)
    secret, expires = _issued(company, organization)
    return LinkAddress(f"{url}?otp={secret}", expires)


def _issued(company: Company, organization: Organization) -> tuple[str, datetime]:
    """A new secret and until when it works; older ones not yet used work no more."""
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
    return secret, made.expires_at


def invite_url(organization: Organization) -> str:
    """The address under which a customer names its own company."""
    return f"{_base(organization)}/invite"


def opens(company: Company, secret: str, *, spend: bool = False) -> bool:
    """Whether a secret lets someone into a company's Link now; once it is spent, never again.

    A secret that was never issued is a wrong try; after five of them in an hour none is believed.
    """
    if not secret:
        return False
    # Tries for one company wait for each other, so that many at once count as many.
    Company.objects.select_for_update().get(id=company.id)
    now = timezone.now()
    tries = WrongTry.objects.filter(company=company)
    if tries.filter(at__gt=now - WRONG_TRIES_COUNT_FOR).count() >= MOST_WRONG_TRIES:
        return False
    issued = OneTimeLink.objects.filter(company=company, secret_hash=secret_hash(secret))
    if not issued.exists():
        tries.filter(at__lte=now - WRONG_TRIES_COUNT_FOR).delete()
        WrongTry.objects.create(organization_id=company.organization_id, company=company)
        return False
    good = issued.filter(used_at=None, voided_at=None, expires_at__gt=now)
    return good.update(used_at=now) == 1 if spend else good.exists()


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _base(organization: Organization) -> str:
    return f"{settings.ENVIRONMENT.base_url}/link/{organization.slug}"
