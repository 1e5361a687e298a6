"""How likely the answer for a column is right, from how clearly its scores speak.

The weights were fitted to files whose answers are known, read with parts of the vocabulary left out
so that there were mistakes to learn from.
"""

from collections.abc import Sequence
from math import exp

Scores = Sequence[dict[str, float]]

_GIVEN = (-0.9, 2.5, 1.4, 1.2, 3.0)
_LEFT_OUT = (2.4, 2.1, -4.8, -0.6, -2.0)


def confidence(
    position: int,
    wanted: Scores,
    nothing: Sequence[float],
    uses: Sequence[str | None],
    *,
    unread: bool,
) -> float:
    """From 0 to 1, for a use given and for a column left out; `unread` is a header of unknown words."""
    if uses[position] is None:
        return _sure(_LEFT_OUT, (*left_out_signs(position, wanted, nothing, uses), float(unread)))
    return _sure(_GIVEN, given_signs(position, wanted, nothing, uses))


def given_signs(
    position: int, wanted: Scores, nothing: Sequence[float], uses: Sequence[str | None]
) -> tuple[float, ...]:
    """The use's own score, its leads over no use and over the next use, and over the next column."""
    use, column = uses[position], wanted[position]
    own = min(column[use or ""], 1.2)
    next_use = max((score for other, score in column.items() if other != use), default=0.0)
    rival = max((s.get(use or "", 0.0) for c, s in enumerate(wanted) if c != position), default=0.0)
    return (
        own,
        min(own - nothing[position], 0.8),
        max(-0.4, min(own - max(0.0, next_use), 0.6)),
        max(-0.4, min(own - max(0.0, rival), 0.6)),
    )


def left_out_signs(
    position: int, wanted: Scores, nothing: Sequence[float], uses: Sequence[str | None]
) -> tuple[float, ...]:
    """What speaks for leaving the column out, and for the best use still free, and the best one taken."""
    column = wanted[position]
    free = max((score for use, score in column.items() if use not in uses), default=0.0)
    taken = max((score for use, score in column.items() if use in uses), default=0.0)
    return (min(nothing[position], 1.0), max(0.0, min(free, 1.0)), max(0.0, min(taken, 1.0)))


def _sure(weights: Sequence[float], signs: Sequence[float]) -> float:
    total = weights[0] + sum(weight * sign for weight, sign in zip(weights[1:], signs, strict=True))
    return 1 / (1 + exp(-total))
