"""What the reading process and ours tell each other: dataclasses as JSON, checked on arrival."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


class NotUnderstood(ValueError):
    """What arrived is not what was agreed."""


def plain(value: Any) -> Any:
    """A value of JSON, from which `restored` makes the same again."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[plain(key), plain(each)] for key, each in value.items()]
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(plain(each) for each in value)
    return str(value) if isinstance(value, Path) else value


def restored(kind: type[Value], value: Any) -> Value:
    """The value of a type that `plain` took apart; raises NotUnderstood where it is not one."""
    return cast(Value, _reader(cast(Any, kind))(value))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (tuple, frozenset):
        return _sequence_reader(origin, arguments[0])
    if kind in (Any, list[Any]):
        return lambda value: value
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(*arguments)
    if origin in (Union, types.UnionType):
        return _optional_reader(next(each for each in arguments if each is not type(None)))
    if is_dataclass(kind):
        return _dataclass_reader(cast(type[Any], kind))
    if kind is Path:
        return lambda value: Path(_checked(str, value))
    return lambda value: _checked(kind, value)


def _sequence_reader(sequence: Any, kind: Any) -> Callable[[Any], Any]:
    read = _reader(kind)
    return lambda value: sequence(map(read, _checked(list, value)))


def _mapping_reader(key: Any, kind: Any) -> Callable[[Any], Any]:
    read_key, read = _reader(key), _reader(kind)

    def mapping(value: Any) -> dict[Any, Any]:
        pairs = [_checked(list, each) for each in _checked(list, value)]
        if any(len(pair) != 2 for pair in pairs):
            raise NotUnderstood("expected pairs")
        return {read_key(name): read(each) for name, each in pairs}

    return mapping


def _optional_reader(kind: Any) -> Callable[[Any], Any]:
    read = _reader(kind)
    return lambda value: None if value is None else read(value)


def _dataclass_reader(kind: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    required = {
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    }

    def instance(value: Any) -> Any:
        given = _checked(dict, value)
        if not required <= given.keys() <= readers.keys():
            raise NotUnderstood(f"{kind.__name__} with fields {sorted(given)}")
        return kind(**{name: readers[name](each) for name, each in given.items()})

    return instance


def _checked(kind: type[Any], value: Any) -> Any:
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise NotUnderstood(f"{type(value).__name__} where {kind.__name__} was agreed")
    return value
