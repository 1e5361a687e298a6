"""What a settings file may hold at a key: each reader gives the value, or says what it should be."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, NoReturn

from cardable.language import noted, said
from cardable.records import Method

Reader = Callable[[str, Any], Any]


class BadSettings(ValueError):
    """A settings file says something nobody can act on."""


def exact(text: str) -> Decimal:
    """A number with a point, as it is written."""
    return Decimal(text)


def text(name: str, value: Any) -> str:
    return str(_of(str, name, value, noted("text in quotes")))


def yes_or_no(name: str, value: Any) -> bool:
    return bool(_of(bool, name, value, noted("true or false")))


def day(name: str, value: Any) -> date:
    found: date = _of(date, name, value, noted("a date, as 2026-06-30 without quotes"))
    return found


def currency(name: str, value: Any) -> str:
    code = text(name, value).strip().upper()
    return (
        code
        if re.fullmatch("[A-Z]{3}", code)
        else _fail(name, value, noted("a currency code of three letters"))
    )


def color(name: str, value: Any) -> str:
    code = text(name, value)
    return (
        code if re.fullmatch("#[0-9A-Fa-f]{6}", code) else _fail(name, value, noted("a colour, as #1F4E79"))
    )


def method(name: str, value: Any) -> Method:
    methods = {each.value.casefold(): each for each in Method}
    found = methods.get(text(name, value).strip().casefold())
    return found or _fail(
        name, value, said("one of {words}", words=", ".join(each.value for each in methods.values()))
    )


def amount(name: str, value: Any) -> Decimal:
    """A number of zero or more."""
    number = _number(name, value)
    return number if number >= 0 else _fail(name, value, noted("a number of 0 or more"))


def whole(least: int, most: int) -> Reader:
    """A whole number within bounds."""

    def read(name: str, value: Any) -> int:
        wanted = said("a whole number from {least} to {most}", least=least, most=most)
        number = int(_of(int, name, value, wanted))
        return number if least <= number <= most else _fail(name, value, wanted)

    return read


def one_of(*words: str) -> Reader:
    """One of a few words."""

    def read(name: str, value: Any) -> str:
        word = text(name, value)
        return word if word in words else _fail(name, value, said("one of {words}", words=", ".join(words)))

    return read


def list_of(reader: Reader) -> Reader:
    """A list, each of whose values the reader takes."""

    def read(name: str, value: Any) -> tuple[Any, ...]:
        return tuple(reader(name, each) for each in _of(list, name, value, noted("a list in [ ]")))

    return read


def tables(kind: type[Any], keys: Mapping[str, Reader], defaults: Mapping[str, Any] | None = None) -> Reader:
    """A list of tables (`[[name]]`), each of which makes one `kind`."""

    def read(name: str, value: Any) -> tuple[Any, ...]:
        return tuple(
            table(name, each) for each in _of(list, name, value, said("tables, as [[{name}]]", name=name))
        )

    def table(name: str, given: Any) -> Any:
        found = dict(defaults or {})
        for key, value in _of(dict, name, given, said("tables, as [[{name}]]", name=name)).items():
            if key not in keys:
                near = get_close_matches(key, list(keys), n=1, cutoff=0)
                raise BadSettings(
                    said("{name} has no “{key}”. Did you mean “{near}”?", name=name, key=key, near=near[0])
                )
            found[key] = keys[key](f"{name}.{key}", value)
        try:
            return kind(**found)
        except TypeError as cause:
            raise BadSettings(
                said("{name}: each table needs {keys}", name=name, keys=", ".join(keys))
            ) from cause

    return read


def _number(name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return _fail(name, value, noted("a number"))
    try:
        number = Decimal(value)
    except InvalidOperation:
        return _fail(name, value, noted("a number"))
    return number if number.is_finite() else _fail(name, value, noted("a number"))


def _of(kind: type[Any], name: str, value: Any, wanted: str) -> Any:
    # A yes is a number to Python, but not to whoever writes settings.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        _fail(name, value, wanted)
    return value


def _fail(name: str, value: Any, wanted: str) -> NoReturn:
    raise BadSettings(
        said("{name} is “{value}”. It should be {wanted}.", name=name, value=value, wanted=wanted)
    )
