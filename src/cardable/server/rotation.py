"""New keys for sealed secrets, with traffic on: every value is sealed anew under the first key.

A row that somebody changes meanwhile keeps that change: a value is replaced only where it still is what
was read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models

from cardable.server.environment import Refused
from cardable.server.secrets import (
    SealedField,
    context_of,
    is_sealed_with_first_key,
    keep,
    keys,
    new_key,
    seal,
    unseal,
)

_PASSES = 5
Elsewhere = Callable[[Callable[[bytes, str], bytes]], int]
_elsewhere: list[Elsewhere] = []


@dataclass(frozen=True)
class Rotation:
    """What a rotation did."""

    key_id: str
    sealed_anew: int
    dropped: tuple[str, ...]


def sealed_elsewhere(function: Elsewhere) -> Elsewhere:
    """Marks what seals anew the values it keeps outside of SealedField, and says how many that were.

    It is given a function that takes a sealed value and its context and gives the value sealed anew.
    """
    _elsewhere.append(function)
    return function


def rotate(*, drop_old: bool = False) -> Rotation:
    """Make a new first key where keys lie in a file, and seal everything with the first; raises Refused."""
    environment = settings.ENVIRONMENT
    if environment.keys is None:
        keep(environment.key_file, [new_key(), *keys()])
    count = _seal_anew()
    dropped: tuple[str, ...] = ()
    if drop_old and environment.keys is None:
        dropped = tuple(key.id for key in keys()[1:])
        keep(environment.key_file, keys()[:1])
    return Rotation(keys()[0].id, count, dropped)


def key_ids() -> list[str]:
    """The ids of the keys we have, the one in use first."""
    return [key.id for key in keys()]


def reseal(sealed: bytes, context: str) -> bytes:
    """The same value under the first key."""
    return seal(unseal(sealed, context=context), context=context)


def _seal_anew() -> int:
    count = 0
    for _ in range(_PASSES):
        # Whoever read the keys a moment before the change may still have sealed with the earlier one.
        done = sum(_column(model, field) for model, field in _columns())
        count += done
        if not done:
            return count + sum(function(reseal) for function in _elsewhere)
    raise Refused("Secrets kept changing while they were sealed anew. Run `cardable rotate-keys` again.")


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                yield model, field.name


def _column(model: type[models.Model], field: str) -> int:
    rows = model._base_manager.using("owner")
    count = 0
    for row in rows.exclude(**{field: None}).only("pk", field).iterator(chunk_size=500):
        sealed = bytes(getattr(row, field))
        if sealed and not is_sealed_with_first_key(sealed):
            kept = rows.filter(pk=row.pk, **{field: sealed})
            count += kept.update(**{field: reseal(sealed, context_of(row, field))})
    return count


def words_of(rotation: Rotation) -> str:
    """What to tell whoever ran it."""
    many = "value was" if rotation.sealed_anew == 1 else "values were"
    said = f"{rotation.sealed_anew} {many} sealed anew with the key {rotation.key_id}."
    if rotation.dropped:
        return f"{said} {len(rotation.dropped)} earlier keys were dropped: {', '.join(rotation.dropped)}."
    return said
