"""The locks hold what the project asks for, with hashes, and say nothing of where it came from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
LOCKS = {
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": [*RUNTIME, *PROJECT["project"]["optional-dependencies"]["dev"]],
}


def pins(lock: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_each_requirement_is_pinned_within_its_bounds(lock: str) -> None:
    pinned = pins(lock)
    wrong = [
        text
        for text in LOCKS[lock]
        for wanted in [Requirement(text)]
        if not any(wanted.specifier.contains(v) for v in pinned.get(canonicalize_name(wanted.name), []))
    ]
    assert wrong == [], "Run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_each_pin_has_a_hash(lock: str) -> None:
    pinned = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert [pin.splitlines()[0] for pin in pinned if "--hash=sha256:" not in pin] == []


def test_both_locks_agree() -> None:
    runtime, all_of_it = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: all_of_it.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert re.findall(r"https?:|file:|--[a-z-]*index|--find", (ROOT / lock).read_text()) == []
