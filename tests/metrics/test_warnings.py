"""Warnings: what is doubtful, how often, where, and what to do."""

from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis
from cardable.metrics.warning_texts import warning_texts
from cardable.records import BillPayment, Expense
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import DAY, bill, expense, payment, supplier

BOOKS = Books(
    suppliers=(
        supplier("S1", "Café Noir"),
        supplier("S2", "cafe-noir"),
        supplier("S3", "Idle"),
        supplier("S4", "idle"),
    ),
    bills=(
        *(bill(f"B{n:02}", due_date=DAY) for n in range(3)),
        *(bill(f"N{n:02}") for n in range(25)),
        bill("early", due_date=DAY.replace(day=1)),
        bill("minus", "-1"),
        bill("orphan", of="S99", due_date=DAY),
        bill("foreign", currency="EUR", of="S2"),
        bill("twin", of="S2", due_date=DAY),
    ),
    payments=(payment("derived", is_derived=True), payment("orphan", of=None)),
    expenses=(expense("orphan", of=None), expense("idle", of="S3")),
)


@pytest.fixture(scope="module")
def warnings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    analysis = analysed(Case(books=(BOOKS,)), tmp_path_factory.mktemp("warnings"))
    return {row["code"]: row for row in analysis.rows("warnings")}


@pytest.mark.parametrize(
    ("code", "count", "samples"),
    [
        ("NO_RATE", 1, ["foreign"]),
        ("UNASSIGNED", 3, ["orphan", "orphan", "orphan"]),
        ("NO_DUE_DATE", 25, [f"N{n:02}" for n in range(20)]),
        ("DUE_BEFORE_ISSUE", 1, ["early"]),
        ("NEGATIVE_BILL", 1, ["minus"]),
        ("POSSIBLE_DUPLICATE", 2, ["S1", "S2"]),
        ("DERIVED_PAYMENT", 1, ["derived"]),
    ],
)
def test_a_warning_has_a_count_and_samples(
    warnings: dict[str, dict[str, Any]], code: str, count: int, samples: list[str]
) -> None:
    assert (warnings[code]["count"], warnings[code]["sample_ids"]) == (count, samples)


def test_a_warning_says_what_to_do(warnings: dict[str, dict[str, Any]]) -> None:
    assert warnings["NO_DUE_DATE"]["message"].startswith("25 bills have no due date:")
    assert warnings["NO_RATE"]["message"].startswith("1 record has no exchange rate")
    assert all("{" not in row["message"] for row in warnings.values())


def test_suppliers_without_records_are_no_duplicates(warnings: dict[str, dict[str, Any]]) -> None:
    assert "S4" not in warnings["POSSIBLE_DUPLICATE"]["sample_ids"]


def test_every_warning_has_its_words() -> None:
    assert {code for _, code, _, _ in warning_texts()} == {
        "NO_RATE",
        "NO_DUE_DATE",
        "DUE_BEFORE_ISSUE",
        "UNASSIGNED",
        "NEGATIVE_BILL",
        "POSSIBLE_DUPLICATE",
        "DERIVED_PAYMENT",
        "OPTIONAL_DATA_MISSING",
        "SPEND_FROM_PAYMENTS",
    }


def test_clean_data_raises_no_warning(harbor: Analysis, tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), bills=(bill("B", due_date=DAY),), payments=(payment("P"),))
    assert analysed(Case(books=(books,)), tmp_path).rows("warnings") == []
    assert [row["code"] for row in harbor.rows("warnings")] == ["NO_RATE", "UNASSIGNED", "NO_DUE_DATE"]


def test_missing_kinds_of_data_are_named(tmp_path: Path) -> None:
    case = Case(books=(Books(id="a", name="East", bills=(bill("B", of=None),)), Books(id="b", name="West")))
    analysis = analysed(case, tmp_path, without=(BillPayment, Expense))
    (row,) = (row for row in analysis.rows("warnings") if row["code"] == "OPTIONAL_DATA_MISSING")
    assert row["count"] == 4
    assert "East: bill payments, East: expenses, West: bill payments, West: expenses" in row["message"]
