"""Every address of the server, with what a visitor could put into it."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from django.urls.resolvers import RoutePattern

_TEXTS = {
    "slug": "demo-bank",
    "key": "spend-analysis",
    "type": "bills",
    "kind": "bills",
    "step": "upload",
    "system": "other",
    "hex": "1f4e79",
}


@dataclass(frozen=True)
class Address:
    """A page by name, and the parts of its address that differ from object to object."""

    name: str
    parts: Mapping[str, Any]

    @property
    def names_an_object(self) -> bool:
        return any(isinstance(converter, UUIDConverter) for converter in self.parts.values())

    def path(self, ids: Mapping[str, uuid.UUID]) -> str:
        """The address of an object; `ids` says for each kind of thing (`company`, `upload`…) which."""
        return reverse(self.name, kwargs={part: self._value(part, ids) for part in self.parts})

    def _value(self, part: str, ids: Mapping[str, uuid.UUID]) -> Any:
        if isinstance(self.parts[part], UUIDConverter):
            return ids.get(part.removesuffix("_id"), ids["company"])
        return _TEXTS.get(part, "1")


def addresses() -> list[Address]:
    """Every named address of our own, in the order of the map."""
    return list(_walk(get_resolver().url_patterns, {}))


def _walk(patterns: list[URLPattern | URLResolver], above: Mapping[str, Any]) -> Iterator[Address]:
    for pattern in patterns:
        parts = {**above, **(pattern.pattern.converters if isinstance(pattern.pattern, RoutePattern) else {})}
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, parts)
        elif pattern.name and isinstance(pattern.pattern, RoutePattern):
            yield Address(pattern.name, parts)
        elif not pattern.name:
            raise AssertionError(f"{pattern.pattern} has no name")
