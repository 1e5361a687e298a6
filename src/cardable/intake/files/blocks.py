"""A text file in blocks of whole rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cardable.intake.refusals import Refused

_FIRST: Final = 64 << 10
"""Small, for titles above the header make the first block irregular."""
_BLOCK: Final = 16 << 20
_LONGEST_ROW: Final = 64 << 20
_NEWLINES_TRIED: Final = 200


def blocks(path: Path, start: int) -> Iterator[bytes]:
    """The file from `start` on, cut where rows end."""
    size, rest = _FIRST, b""
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while read := file.read(size):
            block = rest + read
            cut = _last_row_end(block)
            if cut:
                yield block[:cut]
            elif len(block) > _LONGEST_ROW:
                raise Refused("UNREADABLE")
            rest, size = block[cut:], _BLOCK
    if rest:
        yield rest


def middle(block: bytes) -> int:
    """A place near the middle where a row ends, 0 where there is none."""
    return _last_row_end(block[: len(block) // 2])


def _last_row_end(block: bytes) -> int:
    """Where the last row ends that is whole: after a line end with an even number of quotes before it.

    Where quotes are stray, so that no such line end is near, it is the last line end.
    """
    mark = b"\n" if b"\n" in block else b"\r"
    # A carriage return at the very end may be half of a line end.
    last = end = block.rfind(mark, 0, len(block) - 1 if mark == b"\r" else None) + 1
    if b'"' not in block:
        return last
    odd = block.count(b'"', 0, end) % 2
    for _ in range(_NEWLINES_TRIED):
        if not odd or not end:
            break
        before = block.rfind(mark, 0, end - 1) + 1
        odd ^= block.count(b'"', before, end) % 2
        end = before
    return last if odd else end
