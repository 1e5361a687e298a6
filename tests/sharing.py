"""How tests are shared out among processes: whole modules, the long ones first.

What a module prepares once is then prepared by one process, and none is left with a long module in the end.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ONE_SERVER = "tests/server/ill_treated/"
"""Modules that wait most of the time, for one server that they all kill."""


class ByModule(LoadScopeScheduling):  # type: ignore[misc]
    """Gives a process one module after the other."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        # The order is ours, see in_order.
        self.config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return ONE_SERVER if nodeid.startswith(ONE_SERVER) else nodeid.split("::", 1)[0]


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Modules that take long first: those that batter a server, then those with slow tests or a browser."""
    slow = {_module(item) for item in items if item.get_closest_marker("slow") or "chromium" in _needs(item)}

    def place(item: pytest.Item) -> tuple[bool, bool, bool]:
        module = _module(item)
        return (
            not module.startswith(ONE_SERVER), module not in slow, not module.startswith("tests/server/")
        )  # fmt: skip

    return sorted(items, key=place)


def _module(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]


def _needs(item: pytest.Item) -> list[str]:
    names: Any = getattr(item, "fixturenames", [])
    return list(names)
