"""The companies that a customer's confirmed files hold, and which of them it chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cardable.server.connections.entities import Choice, choice_of, entity_key
from cardable.server.connections.models import Connection
from cardable.server.presentation.look import look_of


@dataclass(frozen=True)
class Entity:
    """A company in the files, by the source's ID."""

    key: str
    name: str

    @property
    def hint(self) -> str:
        """The ID, where the name says something else."""
        return "" if self.key == self.name else self.key


def entities_in(connection: Connection) -> list[Entity]:
    """The companies that have records in the confirmed files; one alone is nothing to choose from."""
    confirmed = connection.uploads.filter(status="Confirmed").order_by("received_at", "id")
    told = [each for found in confirmed.values_list("reading__companies", flat=True) for each in found or ()]
    found = united(told, connection.company.name)
    return found if len(found) > 1 else []


def united(told: Iterable[Mapping[str, Any]], company_name: str) -> list[Entity]:
    """What several files say of their companies as one list: a row may name a company by ID or by name.

    Rows that name none are those of the company that shares the files.
    """
    told = list(told)
    names = {
        each["id"]: each["name"] for each in told if not each["is_assumed"] and each["id"] != each["name"]
    }
    found: dict[str, str] = {}
    assumed = [each for each in told if each["is_assumed"] and each["is_entity"]]
    if assumed and _known(company_name, names) == company_name:
        names[assumed[-1]["id"]] = company_name
    for each in told:
        if each["is_entity"]:
            key = _known(company_name if each["is_assumed"] else each["id"], names)
            found[key] = names.get(key, key)
    return [Entity(entity_key(key), name) for key, name in found.items()]


def is_split(connection: Connection) -> bool:
    """Whether the issuer wants each company in files as a company of its own."""
    return look_of(connection.organization).options.multi_entity


def awaits_choice(connection: Connection, found: Iterable[Entity]) -> bool:
    """Whether the customer still has to say which of these companies it shares."""
    keys, choice = [each.key for each in found], choice_of(connection)
    if not keys:
        return False
    if choice is None or choice.is_split != is_split(connection):
        return True
    return not any(map(choice.shares, keys))


def shared_of(found: Iterable[Entity], choice: Choice | None) -> tuple[list[Entity], list[Entity]]:
    """Those that are shared and those that are not; all are until something else is chosen."""
    every = list(found)
    shared = [each for each in every if choice is None or choice.shares(each.key)]
    return shared, [each for each in every if each not in shared]


def _known(text: str, names: Mapping[str, str]) -> str:
    """The ID of a company that is told by ID, or by a name that only one has."""
    if text in names:
        return text
    named = [id for id, name in names.items() if name.casefold() == text.casefold()]
    return named[0] if len(named) == 1 else text
