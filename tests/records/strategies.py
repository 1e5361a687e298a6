"""Records of every kind, with any values their fields can hold."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from cardable.records import RECORD_TYPES
from cardable.records.values import Digits

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT | st.sampled_from(('{"cardable": 1}', '{"a": {"b": 1.50}}', "Unknown", "=1+1", "Müller")),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(),
}


def records_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any record of this kind; every third field or so holds its default."""
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{field.name: _values(hints[field.name]) for field in fields(kind)})


def any_record() -> st.SearchStrategy[Any]:
    return st.sampled_from(list(RECORD_TYPES)).flatmap(records_of)


def _values(hint: Any) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _decimals(next(each for each in arguments if isinstance(each, Digits)))
    if origin in (Union, types.UnionType):
        return st.none() | _values(next(each for each in arguments if each is not type(None)))
    if origin is tuple:
        return st.lists(_values(arguments[0]), max_size=2).map(tuple)
    if is_dataclass(hint) and isinstance(hint, type):
        return records_of(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return _SCALARS[hint]


def _decimals(digits: Digits) -> st.SearchStrategy[Decimal]:
    limit = 10**digits.precision - 1
    return st.integers(-limit, limit).map(lambda units: Decimal(units).scaleb(-digits.scale))
