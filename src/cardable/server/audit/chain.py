"""The chain of an organization's entries: each link's hash covers its entry and the link before.

Entries are written without waiting for each other and linked a moment later, so no page ever queues for
the chain. What was linked once cannot be changed, removed, put in between or put in another order without
the hashes telling so. Each entry is sealed as it is written; an entry whose seal does not hold when it is
linked, because somebody changed or made it meanwhile, is linked as such.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection

from cardable.server.audit.facts import facts
from cardable.server.audit.models import ChainLink, Entry
from cardable.server.audit.seals import is_sealed
from cardable.server.tenancy import acting_for

FIRST = "0" * 64
BATCH = 1000
LONGEST_TRANSACTION = timedelta(hours=1)
"""An entry may be committed after younger ones were linked, but never this much later."""
_FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Verified:
    """How a chain was found: its length, its last hash, and what is wrong with it."""

    entries: int
    head: str
    faults: tuple[str, ...] = field(default=())


def link(organization_id: uuid.UUID) -> int:
    """Add to the chain what was written since; how many entries."""
    count = 0
    while True:
        with acting_for(organization_id):
            # Whoever comes second leaves it to the first.
            added = _link_some(organization_id) if _is_ours(organization_id) else 0
        count += added
        if added < BATCH:
            return count


def _is_ours(organization_id: uuid.UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtext('cardable audit'), hashtext(%s))",
            [str(organization_id)],
        )
        return bool(cursor.fetchone()[0])


def _link_some(organization_id: uuid.UUID) -> int:
    last = ChainLink.objects.select_related("entry").order_by("-sequence").first()
    waiting = Entry.objects.filter(link=None).order_by("id")
    if last:
        waiting = waiting.filter(at__gt=last.entry.at - LONGEST_TRANSACTION)
    sequence, hash = (last.sequence, last.hash) if last else (0, FIRST)
    seals_began = last is not None and last.is_sealed is not None
    links = []
    for entry in waiting[:BATCH]:
        seals_began = seals_began or entry.seal is not None
        sealed = is_sealed(entry) if seals_began else None
        sequence, hash = sequence + 1, hash_of(hash, sequence + 1, entry, sealed)
        links.append(
            ChainLink(
                organization_id=organization_id, entry=entry, sequence=sequence, hash=hash, is_sealed=sealed
            )
        )
    ChainLink.objects.bulk_create(links)
    return len(links)


def hash_of(before: str, sequence: int, entry: Entry, sealed: bool | None) -> str:
    """What stands for an entry at its place, how its seal was found, and for everything before it."""
    of_seal = [] if sealed is None else [sealed]
    told = json.dumps([before, sequence, facts(entry), *of_seal], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def verify(organization_id: uuid.UUID) -> Verified:
    """Follow the chain from its first link to its last, after adding what was written since."""
    link(organization_id)
    hash, sequence, faults = FIRST, 0, list[str]()
    with acting_for(organization_id):
        for links in _batches():
            entries = Entry.objects.in_bulk([found.entry_id for found in links])
            for found in links:
                faults += _faults(found, sequence + 1, hash, entries.get(found.entry_id))
                sequence, hash = found.sequence, found.hash
        old = Entry.objects.filter(link=None, at__lt=datetime.now(UTC) - LONGEST_TRANSACTION)
        faults += [f"entry {id} is in no chain" for id in old.values_list("id", flat=True)[:_FAULTS_SHOWN]]
    return Verified(sequence, hash, tuple(faults[:_FAULTS_SHOWN]))


def _batches() -> Iterator[list[ChainLink]]:
    last = 0
    while found := list(ChainLink.objects.filter(sequence__gt=last).order_by("sequence")[:BATCH]):
        yield found
        last = found[-1].sequence


def _faults(found: ChainLink, expected: int, before: str, entry: Entry | None) -> Iterator[str]:
    if found.sequence != expected:
        yield f"link {expected} is missing; the next one is {found.sequence}"
    if entry is None:
        yield f"entry {found.entry_id}, linked as {found.sequence}, is missing"
        return
    words = f"entry {entry.id} of {entry.at:%Y-%m-%d %H:%M} UTC, linked as {found.sequence}, was changed"
    if hash_of(before, found.sequence, entry, found.is_sealed) != found.hash:
        yield words
    elif found.is_sealed is False:
        yield f"{words} or put in before it was linked"
