"""One answer for all columns together: each use at most once, and the sum of the scores the largest."""

from collections.abc import Sequence
from math import inf


def best_assignment(scores: Sequence[dict[str, float]], nothing: Sequence[float]) -> list[str | None]:
    """For each column the use it gets, or None; `nothing` is what a column is worth without one.

    The Hungarian method with uses as rows: a use may also stay unassigned, at no gain.
    """
    gains = [
        {use: score - own for use, score in column.items() if score > own}
        for column, own in zip(scores, nothing, strict=True)
    ]
    uses = sorted({use for column in gains for use in column})
    contested = [position for position, column in enumerate(gains) if column]
    costs = [
        [-gains[position].get(use, -inf) for position in contested]
        + [0.0 if i == k else inf for k in range(len(uses))]
        for i, use in enumerate(uses)
    ]
    taken: list[str | None] = [None] * len(scores)
    for use, place in zip(uses, _cheapest(costs), strict=True):
        if place < len(contested):
            taken[contested[place]] = use
    return taken


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each row of a cost table its own column, so that the sum of the costs is the least."""
    if not costs:
        return []
    width = len(costs[0])
    row_price, column_price = [0.0] * len(costs), [0.0] * width
    owner = [-1] * width
    for row in range(len(costs)):
        _place(row, costs, row_price, column_price, owner)
    place = [-1] * len(costs)
    for column, row in enumerate(owner):
        if row >= 0:
            place[row] = column
    return place


def _place(
    row: int,
    costs: Sequence[Sequence[float]],
    row_price: list[float],
    column_price: list[float],
    owner: list[int],
) -> None:
    """Find the row a column, moving rows placed before along the cheapest chain."""
    width = len(owner)
    distance, came_from, done = [inf] * width, [-1] * width, [False] * width
    reached, at = -1, row
    while True:
        step, nearest = inf, -1
        for column in range(width):
            if done[column]:
                continue
            cost = costs[at][column] - row_price[at] - column_price[column]
            if cost < distance[column]:
                distance[column], came_from[column] = cost, reached
            if distance[column] < step:
                step, nearest = distance[column], column
        row_price[row] += step
        for column in range(width):
            if done[column]:
                column_price[column] -= step
                row_price[owner[column]] += step
            else:
                distance[column] -= step
        done[nearest], reached = True, nearest
        if owner[nearest] < 0:
            break
        at = owner[nearest]
    while reached >= 0:
        before = came_from[reached]
        owner[reached] = row if before < 0 else owner[before]
        reached = before
