"""Which suppliers the issuer has put on its exclusion list."""

import re
from collections.abc import Iterable, Sequence

from cardable.metrics.normalise import folded
from cardable.metrics.parameters import Exclusion


def excluded(
    suppliers: Iterable[tuple[int, str, str | None]], exclusions: Sequence[Exclusion]
) -> list[tuple[int, str]]:
    """Number and reason of each excluded one of the (number, ID, name) suppliers; the first reason holds."""
    by_id = {each.supplier_id: each.reason for each in reversed(exclusions) if each.supplier_id}
    patterns = [(_pattern(each.pattern), each.reason) for each in exclusions if each.pattern]
    found: dict[int, str] = {}
    for number, supplier_id, name in suppliers:
        reason = by_id.get(supplier_id) or _first_match(folded(name or ""), patterns)
        if reason:
            found.setdefault(number, reason)
    return list(found.items())


def _first_match(name: str, patterns: Sequence[tuple[re.Pattern[str], str]]) -> str | None:
    return next((reason for pattern, reason in patterns if pattern.fullmatch(name)), None)


def _pattern(text: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(each) or re.escape(each) for each in folded(text.strip())), re.DOTALL)
