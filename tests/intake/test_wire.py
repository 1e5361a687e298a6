"""What is sent arrives as it was, and what is not as agreed does not arrive."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cardable.intake import Column, Grid, Problem, Table
from cardable.intake.wire import NotUnderstood, plain, restored

_TABLE = Table(
    grid=Grid(
        sheet="Bills", hidden=True, encoding=None, delimiter=None, rows=2, columns=1, head=(("a",), (None,)),
        sample=(), natives=({"text": 1},), data=Path("/data/0.parquet"),
    ),
    kind="bills", header_row=None, rows=1, skipped={3: "a total"}, date_order="DMY", decimal_mark=",",
    columns=(Column(position=0, name="Bill", field=None, confidence=1, reason="", samples=("B1", "B2")),),
    problems=(Problem(file="b.xlsx", message="Is wrong. Mend it.", row=4),),
)  # fmt: skip


def test_a_table_arrives_as_it_was_sent() -> None:
    assert restored(Table, json.loads(json.dumps(plain(_TABLE)))) == _TABLE


@pytest.mark.parametrize(
    "change",
    [
        {"rows": "many"},
        {"rows": True},
        {"kind": None},
        {"columns": {}},
        {"skipped": [["3", ""]]},
        {"extra": 1},
    ],
)
def test_what_was_not_agreed_is_not_understood(change: dict[str, Any]) -> None:
    with pytest.raises(NotUnderstood):
        restored(Table, {**plain(_TABLE), **change})


def test_what_is_missing_is_noticed() -> None:
    sent = plain(replace(_TABLE, kind="other"))
    del sent["kind"]
    with pytest.raises(NotUnderstood):
        restored(Table, sent)
