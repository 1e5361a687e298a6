"""Terms, lateness, settlement and what is still due."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis
from cardable.records import BillStatus, LinkType, PaymentLine, PaymentLink
from cardable.records.values import PaymentStatus
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import DAY, bill, payment, supplier


def _after(days: int) -> date:
    return DAY + timedelta(days=days)


def _due(days: int) -> dict[str, Any]:
    return {"due_date": _after(days)}


# One supplier per rule, so that one analysis answers them all.
BILLS = (
    bill("B-weigh-1", "100", of="weigh", **_due(10)),
    bill("B-weigh-2", "300", of="weigh", **_due(50)),
    bill("B-parts", "100", of="parts", **_due(30)),
    bill("B-on-time", "100", of="on-time", **_due(30)),
    bill("B-early", "100", of="early", **_due(-4)),
    bill("B-no-due", "100", of="no-due"),
    bill("B-unpaid", "100", of="unpaid", due_date=_after(1), amount_due=Decimal(100)),
    bill("B-credit", "100", of="credit", **_due(1)),
    bill("B-zero", "0", of="zero", **_due(30)),
    bill("B-future", "100", of="future", **_due(30)),
    bill("B-net", "1000", of="net", **_due(30)),
    bill("B-split-1", "100", of="split", on=DAY),
    bill("B-split-2", "300", of="split", on=_after(-10)),
    *(bill(f"B-terms-{n}", amount, of="terms", **_due(days)) for n, (amount, days) in enumerate(
        [("10", 30), ("10", 30), ("15", 15), ("15", 15), ("99", 60)])),
    *(bill(f"B-tie-{n}", "10", of="tie", **_due(days)) for n, days in enumerate([45, 15])),
)  # fmt: skip
PAYMENTS = (
    payment("P1", "100", of="weigh", on=_after(10), pays={"B-weigh-1": "100"}),
    payment("P2", "300", of="weigh", on=_after(40), pays={"B-weigh-2": "300"}),
    payment("P3", "60", of="parts", on=_after(20), pays={"B-parts": "60"}),
    payment("P4", "10", of="parts", on=_after(31), pays={"B-parts": "10"}),
    payment("P5", "100", of="on-time", on=_after(30), pays={"B-on-time": "100"}),
    payment("P6", "100", of="early", on=_after(-9), pays={"B-early": "100"}),
    payment("P7", "100", of="no-due", on=_after(80), pays={"B-no-due": "100"}),
    payment("P8", "0", of="credit", on=_after(9), pays={"B-credit": "100"}),
    payment("P9", "100", of="credit", on=_after(9), pays={"B-credit": "100"}, status=PaymentStatus.VOID),
    payment("P10", "100", of="future", on=date(2026, 7, 1), pays={"B-future": "100"}),
    payment("P11", "900", of="net", on=_after(31), lines=(PaymentLine(amount=Decimal(900), links=(
        PaymentLink(type=LinkType.BILL, id="B-net", amount=Decimal(1000)),
        PaymentLink(type=LinkType.CREDIT_NOTE, id="C", amount=Decimal(-100)),
    )),)),
    payment("P12", "400", of="split", on=_after(10), pays={"B-split-1": None, "B-split-2": None}),
)  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    ids = dict.fromkeys(each.supplier_id or "" for each in BILLS)
    books = Books(suppliers=tuple(map(supplier, ids)), bills=BILLS, payments=PAYMENTS)
    analysis = analysed(Case(books=(books,)), tmp_path_factory.mktemp("settlement"))
    return {row["supplier_id"]: row for row in analysis.rows("supplier_rows")}


Rows = dict[str, dict[str, Any]]


def test_larger_bills_weigh_more(rows: Rows) -> None:
    """100 settled in 10 days and 300 in 40: (100·10 + 300·40) / 400 = 32.5; terms (100·10 + 300·50) / 400."""
    assert rows["weigh"]["average_settlement_days"] == Decimal("32.5")
    assert rows["weigh"]["average_terms_days"] == 40


def test_parts_count_at_their_own_dates_and_the_last_one_makes_late(rows: Rows) -> None:
    """(60·20 + 10·31) / 70 = 21.571428…; late in full, with 30 still to pay."""
    row = rows["parts"]
    assert row["average_settlement_days"] == Decimal("21.571428571428")
    assert (row["bills_late_count"], row["bills_late_amount"]) == (1, 100)


def test_paid_on_the_due_date_is_on_time(rows: Rows) -> None:
    assert rows["on-time"]["bills_late_count"] == 0


def test_prepayment_and_due_before_issue_count_no_days(rows: Rows) -> None:
    """Paid nine days early: no days; and before its due date, so not late."""
    row = rows["early"]
    assert (row["average_terms_days"], row["average_settlement_days"], row["bills_late_count"]) == (0, 0, 0)
    assert row["common_terms_days"] == 0


def test_a_bill_without_due_date_has_no_terms_and_is_never_late(rows: Rows) -> None:
    row = rows["no-due"]
    assert (row["average_terms_days"], row["common_terms_days"], row["bills_late_count"]) == (None, None, 0)
    assert row["average_settlement_days"] == 80


def test_an_unpaid_overdue_bill_is_outstanding_and_not_late(rows: Rows) -> None:
    row = rows["unpaid"]
    assert (row["bills_outstanding_count"], row["bills_outstanding_amount"], row["bills_late_count"]) == (
        1,
        100,
        0,
    )


def test_credit_and_void_payments_settle_nothing(rows: Rows) -> None:
    assert rows["credit"]["average_settlement_days"] is None
    assert rows["credit"]["bills_late_count"] == 0


def test_a_denominator_of_zero_gives_no_ratio(rows: Rows) -> None:
    row = rows["zero"]
    assert (row["bills_count"], row["bills_outstanding_share"], row["average_terms_days"]) == (1, None, None)


def test_payments_after_the_end_are_not_seen(rows: Rows) -> None:
    assert rows["future"]["average_settlement_days"] is None


def test_a_netted_credit_note_counts_the_allocation_as_written(rows: Rows) -> None:
    assert rows["net"]["average_settlement_days"] == 31
    assert rows["net"]["payments_amount"] == 900


def test_one_amount_for_several_bills_is_split_by_their_totals(rows: Rows) -> None:
    """100 after 10 days and 300 after 20: 17.5."""
    assert rows["split"]["average_settlement_days"] == Decimal("17.5")


def test_common_terms_are_the_most_frequent_then_the_larger_then_the_shorter(rows: Rows) -> None:
    assert rows["terms"]["common_terms_days"] == 15
    assert rows["tie"]["common_terms_days"] == 15


@pytest.fixture(scope="module")
def dues(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    unsaid: dict[str, Any] = {"amount_due": None}
    books = Books(
        suppliers=(supplier(),),
        bills=(
            bill("nothing-paid", **unsaid),
            bill("part-paid", **unsaid),
            bill("overpaid", **unsaid),
            bill("said-paid", **unsaid, status=BillStatus.PAID),
            bill("given-wins", amount_due=Decimal(40), status=BillStatus.PAID),
            bill("credited", **unsaid),
            bill("void-paid", **unsaid),
            bill("later-paid", **unsaid),
        ),
        payments=(
            payment("A", "30", pays={"part-paid": "30"}),
            payment("B", "130", pays={"overpaid": "130"}),
            payment("C", "0", pays={"credited": "25"}),
            payment("D", "99", pays={"void-paid": "99"}, status=PaymentStatus.VOID),
            payment("E", "60", pays={"later-paid": "60"}, on=date(2026, 8, 1)),
        ),
    )
    return analysed(Case(books=(books,)), tmp_path_factory.mktemp("dues"))


@pytest.mark.parametrize(
    ("id", "due"),
    [
        ("nothing-paid", 100),
        ("part-paid", 70),
        ("overpaid", 0),
        ("said-paid", 0),
        ("given-wins", 40),
        ("credited", 75),
        ("void-paid", 100),
        ("later-paid", 40),
    ],
)
def test_what_is_due_is_what_the_payments_left(dues: Analysis, id: str, due: int) -> None:
    assert {row["id"]: row["amount_due"] for row in dues.rows("bill_rows")}[id] == due


def test_outstanding_is_the_rest_and_not_the_full_bill(dues: Analysis) -> None:
    (row,) = dues.rows("supplier_rows")
    assert (row["bills_outstanding_count"], row["bills_outstanding_amount"]) == (6, 425)


def test_bills_of_equal_id_in_two_entities_are_two(tmp_path: Path) -> None:
    """Each payment settles the bill of its own books."""
    slow = Books(
        id="slow",
        suppliers=(supplier(),),
        bills=(bill("B"),),
        payments=(payment("P", on=_after(60), pays={"B": "100"}),),
    )
    fast = Books(id="fast", bills=(bill("B"),), payments=(payment("P", on=_after(2), pays={"B": "100"}),))
    (row,) = analysed(Case(books=(slow, fast)), tmp_path).rows("supplier_rows")
    assert (row["bills_count"], row["average_settlement_days"]) == (2, 31)
