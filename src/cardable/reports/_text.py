"""Text as a cell may hold it."""

import re

LONGEST = 32_767
"""The longest text a cell holds, in UTF-16 units."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def looks_like_formula(value: object) -> bool:
    """Whether a spreadsheet that is handed the text could take it for a formula."""
    return isinstance(value, str) and value.startswith(_FORMULA_SIGNS)


def clean(text: str) -> str:
    """The text with characters that XML forbids made visible as �, and cut with … where it is too long."""
    text = _ILLEGAL.sub("�", text)
    if len(text) <= LONGEST // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    is_wide = max(text) > "\uffff"
    return text[: LONGEST // 2 if is_wide else LONGEST - 1] + "…"
