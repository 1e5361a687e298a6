"""What the SQL says in words is listed, so that it can be said in other languages."""

import re

from cardable.metrics import Analysis
from cardable.metrics.sentences import FIELDS, METHOD_ROWS, METHODS, REASONS
from cardable.metrics.steps import RAW_ROWS, sql
from cardable.records import Method

_SAID_BY = ("bill_rows", "supplier_figures", "macros", "transaction_methods", "free_methods")
_PLACE = re.compile(r"\{\w+\}")


def test_every_reason_of_the_worked_example_is_a_listed_one(harbor: Analysis) -> None:
    listed = [re.compile(".+".join(map(re.escape, _PLACE.split(each)))) for each in REASONS]
    for table, column in ((RAW_ROWS[0], "why"), (RAW_ROWS[1], "why"), ("supplier_figures", "verdict_reason")):
        said = harbor.connection.sql(f"select distinct {column} from {table}").fetchall()  # noqa: S608
        assert said
        assert [text for (text,) in said if not any(each.fullmatch(text) for each in listed)] == []


def test_what_is_listed_is_what_the_sql_says() -> None:
    written = "\n".join(sql(each) for each in _SAID_BY)
    pieces = {piece.strip() for each in REASONS for piece in _PLACE.split(each) if len(piece.strip()) > 2}
    assert [piece for piece in pieces if piece.removeprefix(": ").rstrip(": ") not in written] == []
    assert [field for field in FIELDS if f"'{field}'" not in written] == []


def test_every_method_and_row_label_is_listed(harbor: Analysis) -> None:
    assert set(METHODS) == {each.value for each in Method}
    labels = harbor.connection.sql("select label from method_lines").fetchall()
    assert {label for (label,) in labels} == set(METHOD_ROWS)
