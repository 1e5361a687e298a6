"""Whom a report is about: a customer, and the entities whose books it covers."""

from dataclasses import dataclass

from cardable.records import CompanyInfo
from cardable.snapshots import Snapshot


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A company that holds data of its own; entities of one `source_instance` share suppliers."""

    id: str
    name: str
    snapshot: Snapshot
    source_instance: str
    base_currency: str | None


@dataclass(frozen=True, kw_only=True)
class Customer:
    """The company a report is made for; a group covers itself, if it has data, and all descendants."""

    id: str
    name: str
    entities: tuple[Entity, ...]
    is_group: bool = False
    info: CompanyInfo | None = None
    """The customer's own details; a group without books has none."""
    base_currency: str | None = None
    """The currency known for the customer itself, whether or not it has books."""
