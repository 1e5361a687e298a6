"""The audit log: entries, and the chain that shows whether one of them was touched."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from cardable.server.audit.details import LONGEST, bounded
from cardable.server.audit.seals import seal_of
from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member, User
from cardable.server.origin import address_of, browser_of, correlation
from cardable.server.tenancy import AppendOnly, act_for, current_organization, meanwhile

NOBODY = "Cardable"
"""Who did it where nobody asked for it: the server itself, by the clock or in a job."""


class Entries(models.Manager["Entry"]):
    def write(
        self,
        action: str,
        *,
        organization_id: uuid.UUID,
        actor: Member | User | str | None,
        request: HttpRequest | None,
        company_id: uuid.UUID | None,
        about: str,
        details: Mapping[str, Any],
        is_bound: bool,
    ) -> None:
        """One entry; whose rows the transaction shows stays as it was."""
        values = {
            "organization_id": organization_id,
            "action": action[:60],
            **_who(actor),
            **(_where(request) if request else {}),
            **_company(company_id),
            "about": about[:LONGEST],
            "details": bounded(details),
            "request_id": correlation.get(),
        }
        if is_bound or current_organization() == organization_id:
            self.create(**values)
            return
        with meanwhile():
            act_for(organization_id)
            self.create(**values)


class Entry(AppendOnly):
    """One action: who, what, when, from where, about which company. It outlives all of them."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=60)
    """Such as `sign-in.failed` or `company.viewed`; see actions.py."""
    actor_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=300)
    ip_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    company_id = models.UUIDField(null=True)
    company = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=200, blank=True)
    """Whom or what it was done to, where that is no company."""
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=100, null=True)
    """See seals.py; none before there were seals."""

    objects = Entries()

    class Meta:
        indexes = (
            models.Index(fields=["organization", "-id"], name="audit_newest"),
            models.Index(fields=["organization", "at"], name="audit_moment"),
            models.Index(fields=["organization", "company_id", "-id"], name="audit_company"),
        )

    def save(self, *args: Any, **more: Any) -> None:
        self.seal = self.seal or seal_of(self)
        super().save(*args, **more)


class ChainLink(AppendOnly):
    """An entry's place in its organization's chain: a hash of it and of all before it."""

    id = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    is_sealed = models.BooleanField(null=True)
    """Whether the entry still was as it was written when it got its place; none before there were seals."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization", "sequence"], name="one_link_a_place"),)


def _who(actor: Member | User | str | None) -> dict[str, Any]:
    user = actor.user if isinstance(actor, Member) else actor
    if isinstance(user, User):
        words = f"{user.name} <{user.email}>" if user.name else user.email
        return {"actor_id": user.id, "actor": words[:300]}
    return {"actor_id": None, "actor": (user or NOBODY)[:300]}


def _where(request: HttpRequest) -> dict[str, Any]:
    return {"ip_address": address_of(request), "browser": browser_of(request)}


def _company(company_id: uuid.UUID | None) -> dict[str, Any]:
    """A company by id and by the name it has now."""
    if company_id is None:
        return {}
    name = Company.objects.filter(id=company_id).values_list("name", flat=True).first()
    return {"company_id": company_id, "company": name or ""}
