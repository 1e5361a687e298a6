"""Files that hold several companies: which of them a customer shares, and the connections made for them.

With multi-entity support each entity that is shared becomes a subsidiary with a connection of its own, which
names the one whose files hold it as its origin. Without it the entities are one group, or one of them counts.
"""

import hashlib
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from cardable.language import said
from cardable.server import events
from cardable.server.companies.models import Company
from cardable.server.companies.tree import lock
from cardable.server.connections.models import Connection, ConnectionEvent
from cardable.server.connections.status import refresh

_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a customer chose of the entities in its files."""

    is_split: bool
    """Whether each entity becomes a company of its own; else they are one company's books."""
    only: str = ""
    """The one whose records count where they are not split; empty: all, as one group."""
    left_out: frozenset[str] = frozenset()
    """Where they are split, those the customer does not share."""
    taken_out: frozenset[str] = frozenset()
    """Where they are split, those the issuer let go of since."""
    again: int = 0
    """How often an entity that was let go of was shared again: files are then read anew."""

    @property
    def unshared(self) -> frozenset[str]:
        return self.left_out | self.taken_out if self.is_split else frozenset()

    def shares(self, entity: str) -> bool:
        return entity not in self.unshared if self.is_split else self.only in ("", entity)

    @property
    def kept(self) -> dict[str, Any]:
        """The choice as a connection keeps it."""
        if not self.is_split:
            return {"split": False, "only": self.only}
        return self.asked | {"taken_out": sorted(self.taken_out)}

    @property
    def asked(self) -> dict[str, Any]:
        """The customer's own part: where that changes, the data becomes another."""
        if not self.is_split:
            return self.kept
        return {"split": True, "left_out": sorted(self.left_out), "again": self.again}


def choice_of(connection: Connection) -> Choice | None:
    """What the customer chose; None where it was never asked."""
    kept = connection.entity_choice
    if not kept:
        return None
    return Choice(
        is_split=kept["split"],
        only=kept.get("only", ""),
        left_out=frozenset(kept.get("left_out", ())),
        taken_out=frozenset(kept.get("taken_out", ())),
        again=kept.get("again", 0),
    )


def chosen_anew(before: Choice | None, choice: Choice) -> Choice:
    """The new choice; sharing what the issuer had let go of makes its data anew."""
    if before is None or not choice.is_split:
        return choice
    is_back = before.taken_out - choice.left_out
    return replace(choice, again=before.again + bool(is_back))


def keep_choice(connection: Connection, choice: Choice) -> None:
    connection.entity_choice = choice.kept
    connection.save(update_fields=["entity_choice"])


def entity_key(id: str) -> str:
    """The source's ID of an entity as it is kept, however long it is."""
    if len(id) <= _LONGEST:
        return id
    return f"{id[:100]}…{hashlib.sha256(id.encode()).hexdigest()}"


def take_out(connection: Connection) -> None:
    """An entity's connection was let go of by the issuer: newer files of its origin do not bring it again."""
    if connection.origin_id is None:
        return
    origin = Connection.objects.select_for_update(of=("self",)).filter(id=connection.origin_id).first()
    choice = choice_of(origin) if origin else None
    if origin and choice and choice.is_split:
        keep_choice(origin, replace(choice, taken_out=choice.taken_out | {connection.entity_id}))


def forget_company(company_id: uuid.UUID) -> None:
    """A company is on its way out: if an entity became it, that is shared no more."""
    for held in Connection.objects.filter(company_id=company_id, origin__isnull=False):
        take_out(held)
        held.origin = None
        held.save(update_fields=["origin"])


def leave_out(connection: Connection, reason: str, words: str, *, by: str = "") -> None:
    """An entity is no longer shared: its connection is unlinked, its data kept and not counted."""
    _unlink(connection, reason, words, by)
    connection.left_out_since = timezone.now()
    connection.save(update_fields=["left_out_since"])


def tell_of_leaving(connection: Connection, *, by: str = "") -> None:
    """Whoever is above an entity that was left out reports on less."""
    company = connection.company
    if company.parent:
        words = said("{name} is left out: its data is kept and not counted.", name=company.name)
        events.record("company.subsidiary.left_out", words, company=company.parent, actor=by)


def unlink_entities(origin: Connection, *, by: str = "") -> None:
    """Nothing more comes with the origin, so its entities are unlinked with it; their data counts on."""
    for each in origin.entities.select_related("company").filter(status="Linked"):
        reason = said("Together with {platform} of the parent company.", platform=origin.platform_name)
        words = said("{platform} was unlinked.", platform=each.platform_name)
        _unlink(each, reason, words, by)
        refresh(each.company)


def lock_with_entities(connection: Connection) -> list[uuid.UUID]:
    """Hold a connection's company and those of its entities; the ones that are there to stay."""
    below = Company.objects.filter(connections__origin=connection).values_list("id", flat=True)
    return lock([connection.company_id, *below])


def _unlink(connection: Connection, reason: str, words: str, by: str) -> None:
    if connection.status == "Unlinked":
        return
    connection.status = "Unlinked"
    connection.save(update_fields=["status"])
    ConnectionEvent.objects.create(
        organization_id=connection.organization_id, connection=connection, kind="Unlinked", reason=reason
    )
    events.record("connection.disconnected", words, company=connection.company, actor=by)
