"""How values are written into CSV files that people open in a spreadsheet."""

from typing import Any


def safe(value: Any) -> Any:
    """The value as a cell; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return f"'{value}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value
