"""The headers of a table, by which its mapping is known again."""

import hashlib
import re
from collections.abc import Iterable

from cardable.intake.model import Table
from cardable.intake.words import normalised_header

_REPEATED, _NAMELESS = re.compile(r" #\d+$"), re.compile(r"\(col \d+\)")


def header_texts(table: Table) -> dict[int, str]:
    """Column position to header text, each text once, as a mapping by headers can tell no more apart."""
    found: dict[int, str] = {}
    seen: set[str] = set()
    for column in table.columns:
        text = _REPEATED.sub("", column.name)
        key = normalised_header(text)
        if key and not _NAMELESS.fullmatch(text) and key not in seen:
            seen.add(key)
            found[column.position] = text
    return found if table.header_row is not None else {}


def header_hash(headers: Iterable[str]) -> str:
    """What a set of normalised headers is known by, in whatever order they stand."""
    return hashlib.sha256("\n".join(sorted(headers)).encode()).hexdigest()
