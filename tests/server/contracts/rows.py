"""A row of any table, made of its fields alone, for what must hold of every table."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from cardable.server.organizations.models import Organization, User
from cardable.server.people.models import FailedAttempt, SecondFactor, Session
from cardable.server.tenancy import OfOrganization

CANARY = "Canary"
"""Begins every text of a made row, so that a page that shows one gives itself away."""


def our_models() -> list[type[models.Model]]:
    """Every model of the server itself, those that tie two others together included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("cardable.server")
    ]


def tenant_models() -> list[type[OfOrganization]]:
    """Every model whose rows belong to one organization."""
    return [model for model in our_models() if issubclass(model, OfOrganization)]


def make(model: type[models.Model], organization: Organization, made: dict[type, Any] | None = None) -> Any:
    """A row of the organization, with the rows it needs, each kind once; call it acting for somebody."""
    made = {} if made is None else made
    if model is Organization:
        return organization
    if model not in made:
        values = {field.name: _value(field, organization, made) for field in _needed(model)}
        made[model] = model._default_manager.create(**values)
    return made[model]


def _needed(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [
        field
        for field in model._meta.concrete_fields
        if not field.null and not field.has_default() and not field.primary_key and not _sets_itself(field)
    ]


def _sets_itself(field: "models.Field[Any, Any]") -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


def _value(field: "models.Field[Any, Any]", organization: Organization, made: dict[type, Any]) -> Any:
    if isinstance(field, models.ForeignKey):
        return make(field.related_model, organization, made)
    if isinstance(field, models.EmailField):
        return f"{CANARY.lower()}-{uuid.uuid4().hex[:8]}@example.com"
    if isinstance(field, models.CharField | models.TextField):
        return f"{CANARY} {uuid.uuid4().hex}"[: field.max_length or 50]
    for kind, value in _PLAIN.items():
        if isinstance(field, kind):
            return value
    raise AssertionError(f"no value for {field.model.__name__}.{field.name}, a {type(field).__name__}")


# DateTimeField is a DateField, so it is looked at first.
_PLAIN: dict[type, Any] = {
    models.DateTimeField: datetime(2026, 1, 1, tzinfo=UTC),
    models.DateField: date(2026, 1, 1),
    models.BooleanField: False,
    models.DecimalField: 1,
    models.IntegerField: 1,
    models.JSONField: {},
    models.UUIDField: uuid.UUID(int=1),
}


def needs_organization() -> set[type]:
    """Models that lead to no organization, and may: what they hold belongs to a person or to nobody."""
    return {Organization, User, Session, SecondFactor, FailedAttempt}
