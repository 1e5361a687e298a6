"""Where a table starts: which row of a grid carries the column names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardable.intake.recognise.dates import shape_of
from cardable.intake.recognise.headers import AGE, known_share
from cardable.intake.recognise.numbers import body

Row = Sequence[str | None]
_SEARCHED = 150
_LONGEST_LABEL = 70
_PLACEHOLDER = re.compile(
    r"(?:column|unnamed|field|spalte|columna|colonne)[ _:]*\d+(?:[ _]level[ _]\d+)?", re.I
)

_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")


@dataclass(frozen=True)
class HeaderPlace:
    """The header's first row (None where there is none), how many rows it takes, and its texts."""

    row: int | None
    rows: int
    texts: tuple[str | None, ...]
    groups: tuple[str | None, ...]
    """For each column the title of its group in the row above, where there is such a row."""


def is_label(cell: str) -> bool:
    """Whether a cell could be a column name: some letters, no date, no number, not a long sentence."""
    return (
        (
            len(cell) <= _LONGEST_LABEL
            and any(c.isalpha() for c in cell)
            and body(cell) is None
            and shape_of(cell) in (None, "month")
            and "@" not in cell
            and not cell.startswith(("http:", "https:", "www."))
        )
        or cell in ("#", "№", "%")
        or AGE.fullmatch(cell) is not None
    )


@dataclass(frozen=True)
class _RowLook:
    filled: int
    labels: int
    known: float

    @property
    def others(self) -> int:
        return self.filled - self.labels


def _look(row: Row) -> _RowLook:
    cells = [cell for cell in row if cell is not None]
    years = {cell for cell in cells if _YEAR.fullmatch(cell)}
    labels = [cell for cell in cells if is_label(cell) or (len(years) > 1 and cell in years)]
    if not labels or len(labels) < len(cells) * 0.5:
        return _RowLook(len(cells), len(labels), 0.0)
    distinct = set(labels)
    known = sum(known_share(label) for label in distinct if not _PLACEHOLDER.fullmatch(label))
    return _RowLook(len(cells), len(labels), known)


def _score(look: _RowLook, width: int) -> float:
    """How much a row looks like column names: known words count, cells that are values count against."""
    if not look.filled:
        return 0.0
    return (look.known + 0.1 * look.labels - 1.5 * look.others) * (0.4 + 0.6 * min(1.0, look.filled / width))


def find_header(head: Sequence[Row], later: Sequence[Row] = ()) -> HeaderPlace:
    """The header of a grid: the first row of the highest score, or none where no row looks like one.

    `later` holds rows from after the head, whose width is that of the table whatever stands above it.
    """
    width = _usual_width(later or head)
    looks = _looks(head, width)
    scores = [_score(look, width) for look in looks]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i), default=None)
    if best is None:
        return HeaderPlace(None, 0, (), ())
    enough = 1.0 if width > 1 else 0.5
    if looks[best].known < enough or scores[best] <= 0:
        best = _unknown_header(head, looks, width)
    if best is None:
        return HeaderPlace(None, 0, (None,) * len(head[0]), (None,) * len(head[0]))
    return _placed(head, looks, best)


def _looks(head: Sequence[Row], width: int) -> list[_RowLook]:
    """The looks of the first rows, until one is a header beyond doubt, and of the few after that."""
    looks: list[_RowLook] = []
    for row in head[:_SEARCHED]:
        looks.append(_look(row))
        if len(looks) > 3 and any(_is_beyond_doubt(look, width) for look in looks[-4:-3]):
            break
    return looks


def _is_beyond_doubt(look: _RowLook, width: int) -> bool:
    return look.labels >= max(3, 0.7 * width) and not look.others and look.known >= 0.7 * look.labels


def _usual_width(head: Sequence[Row]) -> int:
    widths = sorted(sum(cell is not None for cell in row) for row in head)
    filled = [w for w in widths if w]
    return max(1, filled[int(len(filled) * 0.75)]) if filled else 1


def _unknown_header(head: Sequence[Row], looks: Sequence[_RowLook], width: int) -> int | None:
    """A full row of nothing but labels above rows that hold numbers or dates."""
    for index, look in enumerate(looks[:20]):
        if look.filled < max(2, width * 0.6):
            continue
        below = [row for row in head[index + 1 : index + 11] if any(row)]
        if look.others or not below or len({c for c in head[index] if c}) < look.filled:
            return None
        values = sum(
            any(row[c] and not is_label(row[c] or "") for row in below) for c in range(len(head[index]))
        )
        return index if values else None
    return None


def _placed(head: Sequence[Row], looks: Sequence[_RowLook], best: int) -> HeaderPlace:
    """The header with the row below that finishes its names, or the titles of groups above it."""
    texts: tuple[str | None, ...] = tuple(head[best])
    none: tuple[str | None, ...] = (None,) * len(texts)
    if _continues(head, looks, best, best + 1):
        return HeaderPlace(best, 2, _joined(texts, head[best + 1]), none)
    if best and _is_split(head, looks, best - 1, best):
        return HeaderPlace(best - 1, 2, _joined(head[best - 1], texts), none)
    return HeaderPlace(best, 1, texts, _groups(head, looks, best))


def _joined(first: Row, second: Row) -> tuple[str | None, ...]:
    return tuple(" ".join(c for c in pair if c) or None for pair in zip(first, second, strict=True))


def _continues(head: Sequence[Row], looks: Sequence[_RowLook], row: int, below: int) -> bool:
    """Whether the row below a header still is header: labels only, known words, and values under them."""
    if below + 1 >= len(head) or below >= len(looks) or looks[below].others or looks[below].labels < 2:
        return False
    if looks[below].known < 0.6 * looks[below].labels or set(head[row]) & set(head[below]) - {None}:
        return False
    named = [c for c, cell in enumerate(head[below]) if cell]
    values = [r for r in head[below + 1 : below + 8] if any(r)]
    kinds = sum(any(r[c] and not is_label(r[c] or "") for r in values) for c in named)
    return kinds >= max(1, len(named) * 0.3)


def _is_split(head: Sequence[Row], looks: Sequence[_RowLook], above: int, row: int) -> bool:
    """Whether the row above holds the first words of the same names: one label over most columns."""
    if looks[above].others or looks[above].labels < max(2, 0.6 * looks[row].labels):
        return False
    over = sum(bool(a and b) for a, b in zip(head[above], head[row], strict=True))
    return over >= 0.5 * looks[row].labels and looks[above].known >= 0.3 * looks[above].labels


def _groups(head: Sequence[Row], looks: Sequence[_RowLook], row: int) -> tuple[str | None, ...]:
    none: tuple[str | None, ...] = (None,) * len(head[row])
    if not row or looks[row - 1].labels < 1 or looks[row - 1].others:
        return none
    above = head[row - 1]
    first = next(i for i, cell in enumerate(above) if cell)
    if looks[row - 1].labels == 1 and first == 0:
        return none
    groups: list[str | None] = []
    for cell in above:
        groups.append(cell or (groups[-1] if groups else None))
    return tuple(groups)
