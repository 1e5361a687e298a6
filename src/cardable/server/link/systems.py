"""The catalogue of software that customers share data from, and how its reports are exported."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cardable.language import noted
from cardable.metrics.normalise import folded

OTHER, ACCOUNTING = "other", noted("Accounting")


@dataclass(frozen=True)
class Export:
    """What the software calls a report, and how it becomes a file; messages, which are shown translated."""

    name: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class System:
    """One piece of accounting software."""

    key: str
    platform: str
    """Its key of four letters, as issuers' own pages are told it."""
    name: str
    """Its full name, as its maker writes it."""
    vendor: str
    group: str
    """What it is shown under: its vendor, or several that have little each."""
    exports: Mapping[str, Export]
    """By report: suppliers, bills, payments and, where it is asked for, expenses; empty where it is live."""
    category: str = ACCOUNTING
    """What kind of data it holds, as issuers turn it on and off, and connections keep it as source type."""
    is_test: bool = False
    """Whether its data is made up, for trying the whole way."""
    on_desktop: bool = False
    """Whether it runs on a computer only, so that a phone is the wrong place for the journey."""

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(self.exports)

    @property
    def is_live(self) -> bool:
        """Whether it is connected to, so that nobody is asked for files."""
        return not self.exports


@cache
def catalogue() -> Mapping[str, System]:
    """Every system by its key, in the order it is shown."""
    told = tomllib.loads(files(__package__).joinpath("systems.toml").read_text("utf-8"))
    return {each["key"]: _system(each, told["exports"]) for each in told["system"]}


def system(key: str) -> System | None:
    return catalogue().get(key)


def categories() -> tuple[str, ...]:
    """The categories that have software; another appears with its first."""
    return tuple(dict.fromkeys(each.category for each in catalogue().values()))


def groups(text: str = "") -> list[tuple[str, list[System]]]:
    """Systems whose name or vendor has these words, by group; all where there are none."""
    words = folded(text).split()
    found: dict[str, list[System]] = {}
    for each in catalogue().values():
        known_as = folded(f"{each.vendor} {each.name}")
        if all(word in known_as for word in words):
            found.setdefault(each.group, []).append(each)
    return list(found.items())


def _system(told: Mapping[str, Any], families: Mapping[str, Any]) -> System:
    """A system with its own exports, or those of the family it belongs to."""
    family = {} if told.get("is_live") else families[told.get("family", told["key"])]
    asked = ("suppliers", "bills", "payments", *(("expenses",) if told.get("direct_costs", True) else ()))
    return System(
        key=told["key"],
        platform=told["platform"],
        name=told.get("name") or noted("Other software"),
        vendor=told["vendor"],
        group=told.get("group", told["vendor"]),
        exports={report: _export(family[report]) for report in _kept(asked, family)},
        category=told.get("category", ACCOUNTING),
        is_test=told.get("is_test", False),
        on_desktop=told.get("on_desktop", False),
    )


def _kept(asked: Iterable[str], family: Mapping[str, Any]) -> list[str]:
    return [report for report in asked if report in family] if "any" not in family else ["any"]


def _export(told: Mapping[str, Any]) -> Export:
    return Export(told["report"], tuple(told["steps"]))
