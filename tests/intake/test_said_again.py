"""What is said of a file is kept in English, and said again in the reader's language."""

import csv
from itertools import chain
from pathlib import Path

import pytest

from cardable.intake import Limits, read
from cardable.intake.mappings import saved_mapping
from cardable.intake.recognise import recognise
from cardable.intake.recognise.headers import set_aside
from cardable.intake.recognise.lexicon import LANGUAGES
from cardable.intake.recognise.reasons import of_kind
from cardable.intake.refusals import CODES, Refused
from cardable.intake.templates import TEMPLATES
from cardable.language import speaker
from tests.intake.recognise.grids import grid_of, rows_of
from tests.intake.recognise.test_cases import CASES, Case
from tests.said_again import left_in_english

FRENCH = speaker("fr-ca")
VOCABULARY = Path(__file__).parents[2] / "src" / "cardable" / "intake" / "recognise" / "vocabulary"


def test_every_refusal() -> None:
    assert left_in_english(Refused(code).message for code in CODES) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_why_a_table_and_its_columns_are_understood_so(case: Case, tmp_path: Path) -> None:
    delimiter = case.get("delimiter", "|")
    grid = grid_of(rows_of(case["text"], delimiter), tmp_path, delimiter=delimiter)
    table = recognise(grid, file="export, 2026.csv")
    reasons = [column.reason for column in table.columns]
    problems = [problem.message for problem in table.problems]
    assert left_in_english([table.kind_reason, *reasons, *problems, *table.skipped.values()]) == []


def test_what_the_templates_say(tmp_path: Path) -> None:
    said = []
    for template in TEMPLATES.values():
        table = recognise(grid_of(rows_of(",".join([*template.headers, "Remark"])), tmp_path), file="x.csv")
        said += [table.kind_reason, *(column.reason for column in table.columns)]
    assert len(set(said)) > len(TEMPLATES)
    assert left_in_english(said) == []


@pytest.mark.parametrize("name", ["your choice", "the columns confirmed before"])
def test_what_saved_mappings_say(name: str, tmp_path: Path) -> None:
    mapping = saved_mapping(name, "bills", {"When": "issue_date", "What": "amount"}, [])
    table = recognise(grid_of(rows_of("When,What"), tmp_path), file="x.csv", mappings=[mapping])
    assert left_in_english([table.kind_reason, *(column.reason for column in table.columns)]) == []


def test_files_over_a_limit_and_under_a_wrong_name(tmp_path: Path) -> None:
    limits = [Limits(file_bytes=9), Limits(rows=1), Limits(columns=2), Limits(cells=3)]
    path = tmp_path / "bills.xlsx"
    path.write_text("Bill,Total,Date\nB1,1,2026-01-02\nB2,2,2026-01-03\n")
    readings = list(chain.from_iterable(read([path], tmp_path / "work", limits=each) for each in limits))
    (misnamed,) = read([path], tmp_path / "work")
    said = [reading.refusal.message for reading in readings if reading.refusal]
    assert len(said) == len(limits)
    assert left_in_english([*said, *(each.message for each in misnamed.tables[0].problems)]) == []


def test_the_words_of_a_column_stay_the_customers_own() -> None:
    said = "Header “Payments” means the amount; 96 % of values are numbers."
    assert FRENCH.again(said) == (
        "L’en-tête «\xa0Payments\xa0» signifie le montant; 96\xa0% des valeurs sont des nombres."
    )


def test_signs_of_a_kind_are_said_one_by_one() -> None:
    signs = "a due date, “Bills, 2026”, invoice numbers"
    assert FRENCH.again(of_kind("bills", signs)) == (
        "Cela ressemble à des factures. On y trouve\xa0: une date d’échéance, «\xa0Bills, 2026\xa0», "
        "des numéros de facture."
    )


def test_a_use_that_sounds_like_two_is_said_as_one() -> None:
    said = "Header “Sens” means whether money comes in or goes out; the column is empty."
    assert FRENCH.again(said).startswith("L’en-tête «\xa0Sens\xa0» signifie si l’argent entre ou sort; ")


def test_everything_that_is_set_aside_has_a_word() -> None:
    with (VOCABULARY / "patterns.csv").open(encoding="utf-8") as file:
        uses = {row["use"] for row in csv.DictReader(file)}
    for language in LANGUAGES:
        lines = (VOCABULARY / f"{language}.csv").read_text("utf-8").splitlines()
        uses |= {line.partition(",")[0].removeprefix("@") for line in lines if line.startswith("@")}
    assert {use for use in uses if use.startswith("-")} <= set_aside().keys()
