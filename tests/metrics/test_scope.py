"""Which records count: by date, status and sign, and whose they are."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, ExchangeRate, Parameters, Period
from cardable.records import BillStatus
from cardable.records.values import PaymentStatus
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import DAY, bill, expense, payment, supplier

START, END = date(2025, 7, 1), date(2026, 6, 30)
BEFORE, AFTER = date(2025, 6, 30), date(2026, 7, 1)

BOOKS = Books(
    suppliers=(supplier("S1"), supplier("S2"), supplier("S3"), supplier("ZERO"), supplier("IDLE")),
    bills=(
        bill("first-day", on=START),
        bill("last-day", on=END),
        bill("day-before", on=BEFORE),
        bill("day-after", on=AFTER),
        bill("void", status=BillStatus.VOID),
        bill("draft", status=BillStatus.DRAFT),
        bill("unknown", status=BillStatus.UNKNOWN),
        bill("empty", "0"),
        bill("negative", "-5"),
        bill("deleted", is_deleted=True),
        bill("orphan", of=None),
        bill("stranger", of="S99"),
        bill("of-two", of="S2", on=BEFORE),
    ),
    payments=(
        payment("first-day", on=START),
        payment("last-day", on=END),
        payment("day-before", on=BEFORE),
        payment("day-after", on=AFTER),
        payment("void", status=PaymentStatus.VOID),
        payment("empty", "0"),
        payment("refund", "-30"),
        payment("old-bill", "7", of="S2", pays={"of-two": "7"}),
        payment("inherits", "9", of=None, pays={"orphan": "1", "of-two": "8"}),
        payment("inherits-too", "1", of="S99", pays={"of-two": "1"}),
        payment("stranger", "11", of="S99"),
    ),
    expenses=(
        expense("first-day", on=START),
        expense("day-after", on=AFTER),
        expense("refund", "-250"),
        expense("empty", "0", of="ZERO"),
        expense("customer", "13", of="S3", contact_type="customers"),
        expense("supplier", "1", of="S3", contact_type="suppliers"),
        expense("nobody", "17", of=None, contact_name="Bob", account_name="Petty cash"),
    ),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analysed(Case(books=(BOOKS,)), tmp_path_factory.mktemp("scope"))


def _ids(analysis: Analysis, table: str) -> set[str]:
    return {row["id"] for row in analysis.rows(table)}


def _supplier(analysis: Analysis, id: str) -> dict[str, Any]:
    return next(row for row in analysis.rows("supplier_rows") if row["supplier_id"] == id)


def test_bills_count_by_issue_date_unless_void_draft_or_negative(found: Analysis) -> None:
    wanted = {"first-day", "last-day", "unknown", "empty", "orphan", "stranger"}
    assert _ids(found, "bill_rows") == wanted
    assert found.row("customer_row")["bills_count"] == len(wanted)


def test_payments_count_by_their_own_date(found: Analysis) -> None:
    wanted = {"first-day", "last-day", "refund", "old-bill", "inherits", "inherits-too", "stranger"}
    assert _ids(found, "payment_rows") == wanted


def test_refunds_lower_the_amount_and_not_the_count(found: Analysis) -> None:
    """Payments 100 + 100 − 30 + 7 + 9 + 1 + 11; expenses 100 − 250 + 0 + 13 + 1 + 17."""
    row = found.row("customer_row")
    assert (row["payments_count"], row["payments_amount"]) == (6, 198)
    assert (row["expenses_count"], row["expenses_amount"]) == (4, -119)


def test_a_total_may_be_negative(found: Analysis) -> None:
    """S1: three bills of 100 and an empty one, expenses of 100 − 250; its shares by amount stay ratios."""
    row = _supplier(found, "S1")
    assert (row["total_spend"], row["expenses_amount"]) == (150, -150)
    (overall,) = (row for row in found.rows("method_rows") if row["level"] == "overall")
    assert overall["expenses_amount_share"] is None


def test_a_payment_inherits_the_supplier_of_its_first_bill_that_has_one(found: Analysis) -> None:
    assert _supplier(found, "S2")["payments_amount"] == 17
    row = next(row for row in found.rows("payment_rows") if row["id"] == "inherits")
    assert (row["supplier_id"], row["supplier_name"]) == ("S2", "Supplier S2")


def test_an_unknown_supplier_keeps_its_id_and_has_no_name(found: Analysis) -> None:
    row = next(row for row in found.rows("payment_rows") if row["id"] == "stranger")
    assert (row["supplier_id"], row["supplier_name"]) == ("S99", None)


def test_unassigned_records_are_in_totals_under_unknown(found: Analysis) -> None:
    """Bills 200; expenses 13 + 17, whatever their own methods; one of them is of a customer."""
    unknown = next(row for row in found.rows("method_rows") if row["label"] == "Unknown")
    listed = sum(row["total_spend"] for row in found.rows("supplier_rows"))
    assert found.row("customer_row")["total_spend"] - listed == 230
    assert unknown["bills_amount"] >= 200
    assert next(row for row in found.rows("method_rows") if row["label"] == "Cash")["expenses_count"] == 0


def test_a_supplier_needs_one_record_that_counts(found: Analysis) -> None:
    """Even an expense of nothing does."""
    assert {row["supplier_id"] for row in found.rows("supplier_rows")} == {"S1", "S2", "S3", "ZERO"}
    assert found.row("customer_row")["suppliers_count"] == 4


@pytest.mark.parametrize(
    ("end", "months", "start"),
    [
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2025, 2, 28), 12, date(2024, 3, 1)),
        (date(2024, 2, 29), 1, date(2024, 2, 1)),
        (date(2026, 6, 30), 60, date(2021, 7, 1)),
        (date(2024, 8, 30), 6, date(2024, 2, 29)),
    ],
)
def test_a_period_is_so_many_calendar_months(end: date, months: int, start: date) -> None:
    assert Period.ending(end, months) == Period(start, end, months)


def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    """From 29 February 2024 to 29 March are 29 days."""
    books = Books(
        suppliers=(supplier(),),
        bills=(bill("B", on=date(2024, 2, 29), due_date=date(2024, 3, 29)),),
        payments=(payment("P", on=date(2024, 3, 1), pays={"B": "100"}),),
    )
    case = Case(books=(books,), period=Period.ending(date(2024, 3, 31), 12), run_date=date(2024, 4, 1))
    (row,) = analysed(case, tmp_path).rows("supplier_rows")
    assert (row["average_terms_days"], row["average_settlement_days"]) == (29, 1)


def test_card_acceptance_looks_back_twelve_months_whatever_the_period(tmp_path: Path) -> None:
    books = Books(
        suppliers=(supplier("OLD"), supplier("TOO-OLD"), supplier("DEBIT")),
        bills=tuple(bill(f"B-{id}", of=id, on=END) for id in ("OLD", "TOO-OLD", "DEBIT")),
        payments=(
            payment("A", of="OLD", on=START, payment_method="Visa"),
            payment("B", of="TOO-OLD", on=BEFORE, payment_method="Visa"),
            payment("C", of="DEBIT", on=END, payment_method="Visa Debit"),
        ),
    )
    case = Case(books=(books,), period=Period.ending(END, 1))
    rows = {row["supplier_id"]: row for row in analysed(case, tmp_path).rows("supplier_rows")}
    accepted = {id for id, row in rows.items() if row["has_accepted_credit_card"]}
    assert accepted == {"OLD"}
    assert rows["OLD"]["inferred_method"] == "Unknown"
    assert {id: row["transactions_12_months_count"] for id, row in rows.items()} == {
        "OLD": 1,
        "TOO-OLD": 0,
        "DEBIT": 1,
    }


def test_a_company_without_records_has_empty_tables_and_zeros(tmp_path: Path) -> None:
    with analysed(Case(books=(Books(),)), tmp_path) as analysis:
        row = analysis.row("customer_row")
        assert (row["suppliers_count"], row["bills_amount"], row["records_excluded"]) == (0, 0, 0)
        assert (
            analysis.rows("supplier_rows") == analysis.rows("warnings") == analysis.rows("entity_rows") == []
        )
        assert [row["label"] for row in analysis.rows("method_rows")][-1] == "Overall"
        assert analysis.row("summary_row")["annual_card_benefits"] == 0
        assert not analysis.has_ongoing


def test_one_bill_is_enough(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), bills=(bill("B", amount_due=None, due_date=END),))
    (row,) = analysed(Case(books=(books,)), tmp_path).rows("supplier_rows")
    assert (row["bills_count"], row["bills_outstanding_amount"], row["bills_outstanding_share"]) == (
        1,
        100,
        1,
    )
    assert (row["average_payment_amount"], row["average_settlement_days"], row["latest_expense"]) == (
        None,
        None,
        None,
    )


def test_an_entity_whose_records_do_not_count_is_a_row_of_zeros(tmp_path: Path) -> None:
    busy = Books(id="busy", suppliers=(supplier(),), bills=(bill("B"),))
    idle = Books(id="idle", bills=(bill("B", on=BEFORE),))
    nothing = Books(id="nothing")
    rows = analysed(Case(books=(busy, idle, nothing)), tmp_path).rows("entity_rows")
    assert [(row["company_id"], row["total_spend"]) for row in rows] == [("busy", 100), ("idle", 0)]


def test_payments_are_spend_where_no_bills_came(tmp_path: Path) -> None:
    books = Books(
        suppliers=(supplier(),),
        payments=(payment("P", "60", payment_method="ACH"), payment("R", "-10")),
        expenses=(expense("E", "5"), expense("F", "7", on=BEFORE)),
    )
    with analysed(Case(books=(books,)), tmp_path) as analysis:
        row = analysis.row("customer_row")
        assert (row["spend_basis"], row["total_spend"], row["bills_amount"]) == (
            "payments and expenses",
            55,
            0,
        )
        assert analysis.row("summary_row")["cardable_spend"] == 55
        assert "SPEND_FROM_PAYMENTS" in {row["code"] for row in analysis.rows("warnings")}


def test_a_group_may_mix_what_its_spend_is(tmp_path: Path) -> None:
    paying = Books(id="paying", suppliers=(supplier(),), payments=(payment("P", "60"),))
    billing = Books(id="billing", bills=(bill("B", "5"),), payments=(payment("P", "5"),))
    with analysed(Case(books=(paying, billing)), tmp_path) as analysis:
        assert analysis.row("customer_row")["spend_basis"] == "mixed"
        assert [row["total_spend"] for row in analysis.rows("entity_rows")] == [60, 5]
        assert analysis.rows("supplier_rows")[0]["total_spend"] == Decimal(65)


def test_amounts_beyond_reason_do_no_harm(tmp_path: Path) -> None:
    """What no decimal can hold is left blank; all else still adds up."""
    most = "99999999999999.9999"
    bills = tuple(
        bill(f"B{n}", most, currency="EUR", currency_rate=Decimal("999999999"), due_date=date(9999, 12, 31))
        for n in range(9)
    )
    payments = (payment("P", "-" + most, pays={"B0": "-" + most}), payment("Q", most, pays={"B1": most}))
    rates = (ExchangeRate(day=DAY, from_currency="USD", to_currency="JPY", rate=Decimal("999999999")),)
    case = Case(
        books=(
            Books(suppliers=(supplier(),), bills=bills, payments=payments),
            Books(id="b", bills=(bill("C", amount_due=None),)),
        ),
        parameters=Parameters(exchange_rates=rates, group_currency="JPY"),
    )
    with analysed(case, tmp_path) as analysis:
        assert analysis.row("customer_row")["bills_amount"] == Decimal("99999999900")
        assert analysis.row("customer_row")["records_excluded"] == 9 + 2
