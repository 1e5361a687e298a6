"""The page on security answers each requirement once, and its proofs are tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/security.md").read_text("utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line)
]
LEVELS_1_AND_2 = 253


def test_each_requirement_of_levels_1_and_2_is_answered_once() -> None:
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers)) == LEVELS_1_AND_2
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def test_each_answer_is_one_of_four_and_says_how() -> None:
    assert {row[2] for row in ROWS} <= {"Yes", "Partly", "No", "Not applicable"}
    assert [row[0] for row in ROWS if len(row) != 5 or row[1] not in "12" or not row[3]] == []


def test_the_counts_on_the_page_are_those_of_its_lines() -> None:
    counts = [sum(row[2] == state for row in ROWS) for state in ("Yes", "Partly", "No", "Not applicable")]
    said = re.search(r"Of (\d+) requirements, (\d+) are met, (\d+) in part, (\d+) are not, and (\d+)", PAGE)
    assert said
    assert [int(number) for number in said.groups()] == [len(ROWS), *counts]


@pytest.mark.parametrize("row", [row for row in ROWS if row[4]], ids=lambda row: row[0])
def test_a_proof_is_a_test_of_that_name(row: tuple[str, ...]) -> None:
    for words, path in re.findall(r"\[([^\]]+)\]\(\.\./\.\./([^)]+)\)", row[4]):
        assert f"def test_{words.replace(' ', '_')}(" in (ROOT / path).read_text("utf-8"), (words, path)
