"""What happened, written in the same transaction as the change itself, and who wants to know."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

from django.apps import apps as installed


class AboutCompany(Protocol):
    """The company something happened to."""

    id: uuid.UUID
    organization_id: uuid.UUID


Reaction = Callable[[Any], None]
ANY = "*"
"""Stands for every kind of event."""
_reactions: dict[str, list[Reaction]] = defaultdict(list)


def when(*kinds: str) -> Callable[[Reaction], Reaction]:
    """Marks what is done, in the same transaction, when events of these kinds are recorded."""

    def mark(reaction: Reaction) -> Reaction:
        for kind in kinds:
            _reactions[kind].append(reaction)
        return reaction

    return mark


def record(kind: str, words: str, *, company: AboutCompany | None = None, actor: str = "") -> Any:
    """Write down what happened, and do what follows from it."""
    # The package is loaded before any model is, so what needs models is asked for here.
    from cardable.server.tenancy import current_organization

    organization_id: Any = company.organization_id if company else current_organization()
    event = installed.get_model("events", "Event").objects.create(
        organization_id=organization_id,
        company_id=company.id if company else None,
        kind=kind,
        words=words,
        actor=actor,
    )
    for reaction in (*_reactions[kind], *_reactions[ANY]):
        reaction(event)
    return event
