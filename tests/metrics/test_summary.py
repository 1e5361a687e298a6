"""What moving to card would bring, and whom to start with."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, Parameters, Period, Tier
from tests.examples import expected
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import bill, expense, payment, supplier

END = date(2026, 6, 30)


def _summary(
    folder: Path, spend: str, *, months: int = 12, currency: str = "USD", **parameters: Any
) -> dict[str, Any]:
    books = Books(
        base_currency=currency,
        suppliers=(supplier(),),
        bills=(bill("B", spend, currency=currency, on=END),),
        payments=(payment("P", "1", currency=currency, on=END, payment_method="ACH"),),
    )
    case = Case(books=(books,), period=Period.ending(END, months), parameters=Parameters(**parameters))
    with analysed(case, folder) as analysis:
        return analysis.row("summary_row")


@pytest.mark.parametrize("case", expected()["cashbackCases"], ids=lambda case: case["cardableSpend"])
def test_cashback_is_tiered(tmp_path: Path, case: dict[str, str]) -> None:
    assert _summary(tmp_path, case["cardableSpend"])["cashback_value"] == Decimal(case["cashback"])


def test_figures_are_of_a_year_before_the_tiers_apply(tmp_path: Path) -> None:
    """700000 in seven months are 1200000 a year: 20000 + 2000; 12/7 payments of 3 minutes at 40: 3.43."""
    row = _summary(tmp_path, "700000", months=7)
    assert (row["cardable_spend"], row["cashback_value"]) == (1_200_000, 22_000)
    assert row["cardable_payments"] == Decimal("1.714285714285")
    assert (row["time_saved_value"], row["annual_card_benefits"]) == (Decimal("3.43"), Decimal("22003.43"))


def test_a_third_of_a_cent_is_not_lost_before_rounding(tmp_path: Path) -> None:
    """100 in 36 months are 33.333… a year, of which 0.015 % are exactly 0.005."""
    tiers = (Tier(up_to=None, rate=Decimal("0.00015")),)
    assert _summary(tmp_path, "100", months=36, cashback_tiers=tiers)["cashback_value"] == Decimal("0.01")


def test_benefits_are_rounded_one_by_one_to_the_minor_unit(tmp_path: Path) -> None:
    """2 % of 75 yen are 1.5, so 2; three minutes at 10 a hour are 0.5, so 1."""
    row = _summary(tmp_path, "75", currency="JPY", hourly_rate=Decimal(10))
    assert (row["cashback_value"], row["time_saved_value"], row["annual_card_benefits"]) == (2, 1, 3)


def test_time_saved_follows_the_settings(tmp_path: Path) -> None:
    row = _summary(tmp_path, "1", minutes_per_payment=Decimal("4.5"), hourly_rate=Decimal("33.33"))
    assert row["time_saved_hours"] == Decimal("0.075")
    assert row["time_saved_value"] == Decimal("2.50")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    methods = {
        "ACH": "ACH",
        "CARD": "Visa",
        "DEBIT": "Visa Debit",
        "NONE": None,
        "MINUS": "Check",
        "TWIN-A": "Check",
        "TWIN-B": "Cash",
    }
    spends = {
        "ACH": "500",
        "CARD": "900",
        "DEBIT": "400",
        "NONE": "300",
        "MINUS": "-80",
        "TWIN-A": "50",
        "TWIN-B": "50",
    }
    books = Books(
        suppliers=tuple(supplier(id, "Twin" if "TWIN" in id else None) for id in methods),
        expenses=tuple(
            expense(f"{id}-{n}", amount, of=id, payment_method=methods[id])
            for id, spend in spends.items()
            for n, amount in enumerate(("1", str(int(spend) - 1)))
        ),
    )
    case = Case(books=(books,), parameters=Parameters(top_suppliers=4, threshold=Decimal(10_000)))
    return analysed(case, tmp_path_factory.mktemp("many"))


def test_only_cardable_methods_count_and_never_below_zero(many: Analysis) -> None:
    """ACH 500, MINUS 0, TWIN-A 50, TWIN-B 50; expenses above zero: 2 + 1 + 2 + 2."""
    row = many.row("summary_row")
    assert (row["cardable_suppliers_count"], row["cardable_spend"], row["cardable_payments"]) == (4, 600, 7)


def test_opportunities_leave_out_credit_card_and_nothing_else(many: Analysis) -> None:
    """Debit and Unknown appear; the threshold does not apply; ties go by name, then ID."""
    rows = many.rows("opportunity_rows")
    assert [row["supplier_id"] for row in rows] == ["ACH", "DEBIT", "NONE", "TWIN-A"]
    assert rows[0]["settlement_terms_days"] is None


def test_no_opportunities_may_be_asked_for(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), bills=(bill("B"),))
    assert (
        analysed(Case(books=(books,), parameters=Parameters(top_suppliers=0)), tmp_path).rows(
            "opportunity_rows"
        )
        == []
    )
