"""How well files are understood, against a folder of files and their truth: python -m bench.accuracy FOLDER.

The folder holds files and `truth.json`: for each file its kind, header row, date order, decimal mark and the
field of each column, with the other answers that would be right too (`alternates`).
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from cardable import intake
from cardable.intake.model import FileReading, Table

Truth = dict[str, Any]
_FACTS = ("kind", "header_row", "date_order", "decimal_mark")
_BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True)
class Answer:
    """One column: what is true of it, what was answered, and how surely."""

    name: str
    wanted: str | None
    given: str | None
    also_right: tuple[str | None, ...]
    confidence: float

    @property
    def is_right(self) -> bool:
        return self.given == self.wanted or self.given in self.also_right

    @property
    def counts(self) -> bool:
        return self.wanted is not None or self.given is not None


@dataclass(frozen=True)
class Score:
    """One file: its columns, and the facts of the whole file that were got wrong."""

    file: str
    answers: tuple[Answer, ...]
    wrong_facts: tuple[str, ...]
    refusal: str | None = None

    @property
    def is_right(self) -> bool:
        return not self.wrong_facts and all(answer.is_right for answer in self.answers)


def scores(folder: Path) -> list[Score]:
    truths: list[Truth] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    truths = [truth for truth in truths if (folder / truth["file"]).exists()]
    with tempfile.TemporaryDirectory() as work:
        readings = intake.read([folder / truth["file"] for truth in truths], Path(work))
    return [_score(truth, reading) for truth, reading in zip(truths, readings, strict=True)]


def _score(truth: Truth, reading: FileReading) -> Score:
    if reading.refusal:
        return Score(truth["file"], (), (), reading.refusal.message)
    table = _table(truth, reading)
    if table is None:
        return Score(truth["file"], tuple(_answers(truth, {})), (f"no sheet {truth['sheet']!r}",))
    given = {column.name: (column.field, column.confidence) for column in table.columns}
    return Score(truth["file"], tuple(_answers(truth, given)), tuple(_wrong_facts(truth, table)))


def _table(truth: Truth, reading: FileReading) -> Table | None:
    wanted = truth["sheet"]
    fitting = [table for table in reading.tables if wanted is None or table.grid.sheet == wanted]
    return fitting[0] if fitting else None


def _answers(truth: Truth, given: dict[str, tuple[str | None, float]]) -> Iterable[Answer]:
    for name in [*truth["mapping"], *(name for name in given if name not in truth["mapping"])]:
        field, confidence = given.get(name, (None, 0.0))
        also = tuple(truth["alternates"].get(name, ()))
        yield Answer(name, truth["mapping"].get(name), field, also, confidence)


def _wrong_facts(truth: Truth, table: Table) -> Iterable[str]:
    for fact in _FACTS:
        wanted, given = truth[fact], getattr(table, fact)
        if _said(wanted) != _said(given):
            yield f"{fact} {given!r}, not {wanted!r}"


def _said(fact: object) -> object:
    """A fact with its absence in one form; row 0 is a header row, not an absence."""
    return "none" if fact is None else fact


def report(all_scores: list[Score]) -> Iterable[str]:
    """The lines to print: each file that is not right, then the shares, then how honest the confidence is."""
    read = [score for score in all_scores if score.refusal is None]
    for score in all_scores:
        yield from _file_lines(score)
    counted = [answer for score in read for answer in score.answers if answer.counts]
    right = [answer for answer in counted if answer.is_right]
    yield f"Files refused:        {len(all_scores) - len(read)}"
    yield f"Columns right:        {_share(len(right), len(counted))}"
    yield f"Files entirely right: {_share(sum(score.is_right for score in read), len(read))}"
    yield from _honesty([answer for score in read for answer in score.answers])


def _file_lines(score: Score) -> Iterable[str]:
    if score.refusal:
        yield f"- {score.file}: refused. {score.refusal}"
    elif not score.is_right:
        yield f"- {score.file}: {'; '.join(score.wrong_facts) or 'columns'}"
        for answer in score.answers:
            if not answer.is_right:
                said = f"{answer.given}, not {answer.wanted}"
                yield f"    “{answer.name}”: {said} ({answer.confidence:.2f} sure)"


def _honesty(answers: list[Answer]) -> Iterable[str]:
    yield "Confidence, and how often it was right:"
    for low, high in pairwise(_BANDS):
        band = [answer.is_right for answer in answers if low <= answer.confidence < high]
        if band:
            yield f"  {low:.2f} to {min(high, 1):.2f}: {_share(sum(band), len(band))}"
    wrong = [answer.confidence for answer in answers if not answer.is_right]
    right = [answer.confidence for answer in answers if answer.is_right]
    if wrong and right:
        below = sum((w < r) + (w == r) / 2 for w in wrong for r in right) / (len(wrong) * len(right))
        yield f"A wrong column is less sure than a right one in {below:.0%} of pairs"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, help="files and truth.json")
    folder = parser.parse_args().folder
    if not (folder / "truth.json").exists():
        sys.exit(f"{folder} has no truth.json. Name the folder that holds the files and their truth.")
    print("\n".join(report(scores(folder))))


if __name__ == "__main__":
    main()
