"""The SQL files: one step each, opened by a sentence, in a language other engines understand."""

from importlib.resources import files

import pytest
import sqlglot
from sqlglot import ErrorLevel

from cardable.metrics import steps

FILES = sorted(
    file.name.removesuffix(".sql")
    for file in files("cardable.metrics").iterdir()
    if file.name.endswith(".sql")
)
METHODS = (
    "transactions",
    "named_texts",
    "readings",
    "undecided",
    "free_texts",
    "free_methods",
    "transaction_methods",
)


@pytest.mark.parametrize("step", FILES)
def test_a_step_is_understood_by_spark(step: str) -> None:
    translated = sqlglot.transpile(
        steps.sql(step), read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE
    )
    assert all(translated)
    assert len(translated) == 1 or step == "macros"


@pytest.mark.parametrize("step", FILES)
def test_a_step_opens_with_a_sentence(step: str) -> None:
    opening = steps.sql(step).splitlines()[0]
    assert opening.startswith("-- ")
    assert steps.sql(step).split("\n\n")[0].split("\nwith ")[0].split("\nselect")[0].rstrip().endswith(".")


def test_every_file_is_a_step() -> None:
    listed = {*steps.SUPPLIERS, *METHODS, *steps.RECORDS, *steps.FIGURES, *steps.LISTED, *steps.REPORT}
    listed |= {*steps.PAID, *steps.RAW_ROWS, *steps.ONGOING}
    listed |= {"macros"}
    assert listed == set(FILES)
