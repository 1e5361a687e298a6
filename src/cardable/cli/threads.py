"""Work shared between two threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def side_by_side(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each of these comes to: another thread does them from the first on, this one from the last."""
    with ThreadPoolExecutor(1) as other:
        waiting = [other.submit(work) for work in works]
        try:
            ours = {n: works[n]() for n in reversed(range(len(works))) if waiting[n].cancel()}
        except BaseException:
            other.shutdown(wait=False, cancel_futures=True)
            raise
        return [ours[n] if n in ours else waiting[n].result() for n in range(len(works))]
