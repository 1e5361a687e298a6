"""Text laid out for a terminal."""

import shutil
from collections.abc import Sequence
from decimal import Decimal


def columns_of_text(rows: Sequence[Sequence[str]], *, indent: int = 0, gap: int = 2) -> list[str]:
    """The rows with their cells under each other; the last column is cut at the terminal's edge."""
    widths = [min(40, max(len(row[place]) for row in rows)) for place in range(len(rows[0]) - 1)]
    edge = max(60, shutil.get_terminal_size((160, 24)).columns)
    lines = []
    for row in rows:
        cells = [cell[:width].ljust(width + gap) for cell, width in zip(row[:-1], widths, strict=True)]
        lines.append(f"{' ' * indent}{''.join(cells)}{row[-1]}".rstrip()[:edge])
    return lines


def money(amount: Decimal | None, currency: str) -> str:
    return "-" if amount is None else f"{amount:,.2f} {currency}".strip()


def counted(number: int, one: str, many: str | None = None) -> str:
    """“1 bill”, “2 bills”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
