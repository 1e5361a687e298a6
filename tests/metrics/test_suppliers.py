"""Supplier rows: who is one supplier, their methods, their order, and what is said of each."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, Exclusion, ImportedDate, Parameters, Period
from cardable.metrics.exclusions import excluded
from cardable.records import Address, Method
from tests.examples import expected
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import DAY, bill, expense, payment, supplier

GERMANY = (Address(country="Germany"),)


def _rows(analysis: Analysis) -> dict[str, dict[str, Any]]:
    return {row["supplier_id"]: row for row in analysis.rows("supplier_rows")}


def _votes(id: str, *votes: tuple[str | None, str, int]) -> list[Any]:
    """Payments of a supplier: method, amount, days after the first."""
    return [
        payment(f"{id}-{n}", amount, of=id, payment_method=method, on=DAY + timedelta(days=days))
        for n, (method, amount, days) in enumerate(votes)
    ]


VOTES = {
    "COUNT": _votes("COUNT", ("Check", "1", 0), ("Check", "1", 0), ("ACH", "500", 0)),
    "AMOUNT": _votes("AMOUNT", ("Check", "1", 0), ("ACH", "2", 0)),
    "DATE": _votes("DATE", ("ACH", "5", 0), ("Check", "5", 1)),
    "ORDER": _votes("ORDER", ("Cash", "5", 0), ("Check", "5", 0), ("PayPal", "5", 0)),
    "UNKNOWN": _votes("UNKNOWN", (None, "500", 9), (None, "500", 9), ("Check", "1", 0)),
    "ONLY-UNKNOWN": _votes("ONLY-UNKNOWN", (None, "5", 0)),
    "REFUND": _votes("REFUND", ("Check", "5", 0), ("ACH", "-5", 0), ("ACH", "-5", 0)),
    "UNMAPPED": _votes("UNMAPPED", ("Contra", "5", 0), (None, "9", 0)),
}


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    payments = tuple(each for votes in VOTES.values() for each in votes)
    books = Books(suppliers=tuple(map(supplier, VOTES)), payments=payments, bills=(bill("B", of="COUNT"),))
    return _rows(analysed(Case(books=(books,)), tmp_path_factory.mktemp("votes")))


@pytest.mark.parametrize(
    ("id", "inferred", "by_spend", "erp"),
    [
        ("COUNT", "Check", "Bank Transfer", "Check"),
        ("AMOUNT", "Bank Transfer", "Bank Transfer", "Bank Transfer"),
        ("DATE", "Check", "Check", "Check"),
        ("ORDER", "Check", "Check", "Check"),
        ("UNKNOWN", "Check", "Check", "Check"),
        ("ONLY-UNKNOWN", "Unknown", "Unknown", "Unknown"),
        ("REFUND", "Check", "Check", "Check"),
        ("UNMAPPED", "Other", "Other", "Other"),
    ],
)
def test_the_most_common_method(
    voted: dict[str, dict[str, Any]], id: str, inferred: str, by_spend: str, erp: str
) -> None:
    row = voted[id]
    assert (row["inferred_method"], row["biggest_spend_method"], row["erp_method"]) == (
        inferred,
        by_spend,
        erp,
    )


@pytest.mark.parametrize(
    ("id", "verdict", "reason", "transactions"),
    [
        ("COUNT", "cardable", "Most common method is Check: 2 of 3 payments and expenses", 2),
        ("ONLY-UNKNOWN", "unknown", "None of 1 payments and expenses says how it was paid", 1),
        ("UNMAPPED", "unknown", "Most common method is Other: 1 of 2 payments and expenses", 1),
    ],
)
def test_the_verdict_comes_with_its_reason(
    voted: dict[str, dict[str, Any]], id: str, verdict: str, reason: str, transactions: int
) -> None:
    row = voted[id]
    assert (row["verdict"], row["verdict_reason"], row["verdict_transactions"]) == (
        verdict,
        reason,
        transactions,
    )


def test_methods_outside_the_settings_are_not_cardable(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), payments=(payment("P", payment_method="Cash"),))
    case = Case(books=(books,), parameters=Parameters(cardable_methods=(Method.CHECK,)))
    (row,) = analysed(case, tmp_path).rows("supplier_rows")
    assert row["verdict"] == "excluded"
    assert row["verdict_reason"] == "Cash is not among the cardable methods of the settings"


def test_suppliers_are_ordered_by_spend_then_name_then_id(tmp_path: Path) -> None:
    names = {"1": "straße b", "2": "STRASSE A", "3": "Zoo", "4": "ápple", "5": "Apple", "6": "apple", "7": ""}
    books = Books(
        suppliers=tuple(supplier(id, name) for id, name in names.items()),
        bills=tuple(bill(id, "900" if id == "3" else "5", of=id) for id in names),
    )
    rows = analysed(Case(books=(books,)), tmp_path).rows("supplier_rows")
    assert [row["supplier_id"] for row in rows] == ["3", "7", "5", "6", "2", "1", "4"]
    assert [row["position"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]


NAMES = (
    "=SUM(A1)",
    "+1",
    "@x",
    "شركة النور",
    "株式会社山田",
    "O'Brien; DROP TABLE bills;--",
    "\u202eevil",
    "a" * 5000,
)


def test_any_name_is_kept_as_it_is(tmp_path: Path) -> None:
    books = Books(
        suppliers=tuple(supplier(f"S{n}", name) for n, name in enumerate(NAMES)),
        bills=tuple(bill(f"B{n}", of=f"S{n}", note=name) for n, name in enumerate(NAMES)),
    )
    with analysed(Case(books=(books,)), tmp_path) as analysis:
        assert {row["supplier_name"] for row in analysis.rows("supplier_rows")} == set(NAMES)
        assert {row["note"] for row in analysis.rows("bill_rows")} == set(NAMES)


def _shared_books() -> tuple[Books, ...]:
    older, newer = datetime(2026, 1, 1), datetime(2026, 2, 1)
    return (
        Books(
            id="a",
            name="A",
            suppliers=(supplier("S1", "Old", modified_at=older), supplier("S2", "First")),
            bills=(bill("B", "10"), bill("C", "1", of="S2")),
        ),
        Books(
            id="b",
            name="B",
            suppliers=(supplier("S1", "New", modified_at=newer), supplier("S2", "Second")),
            bills=(bill("B", "20"),),
            expenses=(expense("X", of="S2", currency="EUR"),),
        ),
        Books(
            id="c",
            name="C",
            source_instance="other",
            suppliers=(supplier("S1", "Apart"),),
            bills=(bill("B", "40"),),
        ),
    )


def test_one_row_per_id_and_source_instance(tmp_path: Path) -> None:
    rows = analysed(Case(books=_shared_books()), tmp_path).rows("supplier_rows")
    assert [(row["supplier_name"], row["total_spend"], row["entities"]) for row in rows] == [
        ("Apart", 40, "C"),
        ("New", 30, "A; B"),
        ("First", 1, "A"),  # B's only record of it has no rate.
    ]
    assert [row["supplier_key"] for row in rows] == ["other|S1", "erp|S1", "erp|S2"]


def test_a_sister_entitys_supplier_is_unknown_in_a_report_of_its_own(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier("S2"),), bills=(bill("B", of="S1"),))
    with analysed(Case(books=(books,)), tmp_path) as analysis:
        assert analysis.rows("supplier_rows") == []
        assert analysis.row("customer_row")["bills_amount"] == 100


def _twins(**more: Any) -> tuple[Books, ...]:
    return (
        Books(
            id="a",
            source_instance="a",
            suppliers=(
                supplier("S1", "One", tax_number="DE 1", addresses=GERMANY),
                supplier("S2", "No country", tax_number="T"),
                supplier("S3", "No number", tax_number=" ", addresses=GERMANY),
            ),
            bills=(bill("B1", "1"), bill("B2", "2", of="S2"), bill("B3", "4", of="S3")),
        ),
        Books(
            id="b",
            source_instance="b",
            suppliers=(
                supplier(
                    "K1",
                    "Eins",
                    tax_number="de 1",
                    addresses=(Address(country="GERMANY"),),
                    modified_at=datetime(2026, 1, 1),
                ),
                supplier("K2", "No country", tax_number="T"),
                supplier("K3", "No number", tax_number=" ", addresses=GERMANY),
            ),
            bills=(bill("B1", "10", of="K1"), bill("B2", "20", of="K2"), bill("B3", "40", of="K3")),
        ),
    )


@pytest.mark.parametrize(("merge", "spends"), [(False, [40, 20, 10, 4, 2, 1]), (True, [40, 20, 11, 4, 2])])
def test_suppliers_of_equal_tax_number_and_country_may_be_one(
    tmp_path: Path, merge: bool, spends: list[int]
) -> None:
    case = Case(books=_twins(), parameters=Parameters(merge_by_tax_number=merge))
    rows = analysed(case, tmp_path).rows("supplier_rows")
    assert [row["total_spend"] for row in rows] == spends
    if merge:
        assert [rows[2][name] for name in ("supplier_name", "supplier_id", "supplier_key")] == [
            "Eins",
            "K1",
            "a|S1",
        ]


def test_the_address_shown_is_the_billing_one_else_the_first(tmp_path: Path) -> None:
    streets = [Address(line1="first"), Address(type="Billing", line1="billing")]
    books = Books(
        suppliers=(
            supplier("S1", addresses=tuple(streets)),
            supplier("S2", addresses=(streets[0],)),
            supplier("S3"),
        ),
        bills=tuple(bill(id, of=id) for id in ("S1", "S2", "S3")),
    )
    rows = _rows(analysed(Case(books=(books,)), tmp_path))
    assert [rows[id]["address_line1"] for id in ("S1", "S2", "S3")] == ["billing", "first", None]
    assert len(rows["S1"]["addresses"]) == 2


@pytest.fixture(scope="module")
def thresholds(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], bool]]:
    """Each threshold case and whether its supplier is shown; one analysis for each length of period."""
    found = []
    for months in (6, 12, 36):
        cases = [case for case in expected()["thresholdCases"] if case["monthsReviewed"] == months]
        books = Books(
            suppliers=tuple(supplier(case["totalSpend"]) for case in cases),
            expenses=tuple(
                expense(f"{n}", case["totalSpend"], of=case["totalSpend"]) for n, case in enumerate(cases)
            ),
        )
        period = Period.ending(date(2026, 6, 30), months)
        case = Case(books=(books,), period=period, parameters=Parameters(threshold=Decimal(500)))
        rows = _rows(analysed(case, tmp_path_factory.mktemp("threshold")))
        found += [(each, rows[each["totalSpend"]]["shown"]) for each in cases]
    return found


def test_the_threshold_is_of_a_year_and_equal_stays(thresholds: list[tuple[dict[str, Any], bool]]) -> None:
    assert len(thresholds) == len(expected()["thresholdCases"])
    assert all(case["shown"] == shown for case, shown in thresholds)


def test_a_threshold_of_zero_keeps_everyone(tmp_path: Path) -> None:
    books = Books(suppliers=(supplier(),), expenses=(expense("X", "-9"),))
    (row,) = analysed(Case(books=(books,), parameters=Parameters(threshold=Decimal(0))), tmp_path).rows(
        "supplier_rows"
    )
    assert row["shown"]


def test_imported_dates_never_move_and_hold_per_instance(tmp_path: Path) -> None:
    first, second, other = date(2026, 1, 1), date(2026, 2, 1), date(2020, 1, 1)
    ids = ("ANY", "OWN", "ELSEWHERE", "NEW", "OTHER-COMPANY")
    books = Books(suppliers=tuple(map(supplier, ids)), bills=tuple(bill(id, of=id) for id in ids))
    dates = (
        ImportedDate(supplier_id="ANY", imported_on=second),
        ImportedDate(supplier_id="ANY", imported_on=first),
        ImportedDate(supplier_id="OWN", imported_on=second, source_instance="erp", company_id="acme"),
        ImportedDate(supplier_id="ELSEWHERE", imported_on=other, source_instance="not-ours"),
        ImportedDate(supplier_id="OTHER-COMPANY", imported_on=other, company_id="someone"),
    )
    rows = _rows(analysed(Case(books=(books,), imported_dates=dates), tmp_path))
    run_date = date(2026, 7, 1)
    assert [rows[id]["imported_date"] for id in ids] == [first, second, run_date, run_date, run_date]


EXCLUSIONS = (
    Exclusion(supplier_id="S7", reason="tax office"),
    Exclusion(pattern="*payroll*", reason="wages"),
    Exclusion(pattern="société ?", reason="ours"),
    Exclusion(pattern="[a]", reason="brackets"),
)


@pytest.mark.parametrize(
    ("id", "name", "reason"),
    [
        ("S7", "Payroll Ltd", "tax office"),
        ("S8", "The PAYROLL people", "wages"),
        ("S8", "Payrol", None),
        ("S8", "SOCIETE 1", "ours"),
        ("S8", "Societe 12", None),
        ("S8", "a", None),
        ("S8", "[A]", "brackets"),
        ("S8", None, None),
        ("s7", "x", None),
    ],
)
def test_exclusions_are_by_id_or_by_pattern(id: str, name: str | None, reason: str | None) -> None:
    assert dict(excluded([(1, id, name)], EXCLUSIONS)).get(1) == reason


def test_excluded_suppliers_stay_in_every_total(tmp_path: Path) -> None:
    books = Books(
        suppliers=(supplier("S1", "Payroll"), supplier("S2", "Paper")),
        bills=(bill("B1", "70"), bill("B2", "30", of="S2")),
        payments=(payment("P1", payment_method="ACH"), payment("P2", of="S2", payment_method="ACH")),
    )
    case = Case(books=(books,), parameters=Parameters(exclusions=EXCLUSIONS))
    with analysed(case, tmp_path) as analysis:
        row = _rows(analysis)["S1"]
        assert (row["verdict"], row["verdict_reason"]) == ("excluded", "On the exclusion list: wages")
        assert analysis.row("customer_row")["total_spend"] == 100
        assert analysis.row("summary_row")["cardable_spend"] == 30
        assert [each["supplier_name"] for each in analysis.rows("opportunity_rows")] == ["Paper"]
