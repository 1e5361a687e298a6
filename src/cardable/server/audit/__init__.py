"""Who did what, when, from where and about which company: written once, chained, never changed."""

import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django.apps import apps as installed
from django.http import HttpRequest

from cardable.language import noted

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)
"""The request under way, so that what happens deep inside knows who asked for it."""

CUSTOMER = noted("Customer")
"""Whoever came through a Link: nobody who signed in."""


def write(
    action: str,
    *,
    organization: Any,
    actor: Any = None,
    request: HttpRequest | None = None,
    company: Any = None,
    about: str = "",
    details: Mapping[str, Any] | None = None,
    is_bound: bool = False,
) -> None:
    """Write down one action, in the transaction of what it tells of.

    Organization and company are objects or ids; the actor is a member, a user or words for what is neither.
    Without a request it is the one under way, if any. A caller that knows whose rows the transaction shows
    says so with `is_bound`, which saves a question. What looks like a secret is left out of the details.
    """
    # The package is loaded before any model is, so what needs models is asked for here.
    entries = installed.get_model("audit", "Entry").objects
    asked = request or current_request.get()
    entries.write(
        action,
        organization_id=_id(organization),
        actor=actor if actor is not None else getattr(asked, "member", None),
        request=asked,
        company_id=_id(company) if company else None,
        about=about,
        details=details or {},
        is_bound=is_bound,
    )


def _id(given: Any) -> uuid.UUID:
    found: uuid.UUID = given if isinstance(given, uuid.UUID) else given.id
    return found
