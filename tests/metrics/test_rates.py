"""The search for a record's exchange rate, step by step, and what becomes of a record without one."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, ExchangeRate, Parameters
from cardable.records.values import PaymentStatus
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import DAY, bill, expense, payment, supplier


def _rate(days_older: int, rate: str, pair: tuple[str, str] = ("GBP", "USD")) -> ExchangeRate:
    day = DAY - timedelta(days=days_older)
    return ExchangeRate(day=day, from_currency=pair[0], to_currency=pair[1], rate=Decimal(rate))


EUR: dict[str, Any] = {"currency": "EUR"}
WITH_RATE = EUR | {"currency_rate": Decimal("1.2")}
CHF: dict[str, Any] = {"currency": "CHF"}
BOOKS = Books(
    suppliers=(supplier(),),
    bills=(
        bill("home", currency_rate=Decimal(9)),
        bill("silent", currency=None),
        bill("own", **WITH_RATE),
        bill("zero-rate", **EUR, currency_rate=Decimal(0)),
        bill("lent", **CHF),
        bill("lent-void", **CHF),
        bill("lent-other", **CHF),
        bill("chain", **CHF),
        bill("dear", **WITH_RATE),
        bill("dearer", **EUR, currency_rate=Decimal("1.3")),
        bill("poor", **EUR),
        bill("table", currency="GBP"),
        bill("table-edge", currency="GBP", on=DAY + timedelta(days=7)),
        bill("table-old", currency="GBP", on=DAY + timedelta(days=8)),
        bill("half-up", "0.125", amount_due=Decimal("0.005")),
        bill("small-rate", "3333.33", **EUR, currency_rate=Decimal("1.0875")),
    ),
    payments=(
        payment(
            "void",
            **CHF,
            currency_rate=Decimal(5),
            status=PaymentStatus.VOID,
            pays={"lent": "1", "lent-void": "1"},
        ),
        payment("first", **CHF, currency_rate=Decimal("1.05"), pays={"lent": "50"}),
        payment("second", **CHF, currency_rate=Decimal("1.07"), pays={"lent": "50"}),
        payment("euro", **WITH_RATE, pays={"lent-other": "1"}),
        payment("borrower", **CHF, pays={"chain": "1", "lent": "1"}),
        payment("of-dear", **EUR, pays={"poor": "1", "dearer": "1", "dear": "1"}),
        payment("minus", "-0.125"),
        payment("unrated", **CHF, pays={"own": "100"}, on=DAY + timedelta(days=90)),
    ),
    expenses=(expense("petrol", **EUR), expense("tea", currency="GBP"), expense("rounded", "-2.005")),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    rates = (_rate(0, "1.5"), _rate(3, "1.4"), _rate(-30, "9"), _rate(0, "7", ("USD", "EUR")))
    case = Case(books=(BOOKS,), parameters=Parameters(exchange_rates=rates))
    return analysed(case, tmp_path_factory.mktemp("rates"))


def _bases(analysis: Analysis) -> dict[str, str | None]:
    rows = [row for kind in ("bill", "payment", "expense") for row in analysis.rows(f"{kind}_rows")]
    return {row["id"]: row["base_amount"] and str(row["base_amount"].normalize()) for row in rows}


@pytest.mark.parametrize(
    ("record", "base"),
    [
        ("home", "1E+2"),  # The base currency counts as it is, whatever rate is recorded.
        ("silent", "1E+2"),
        ("own", "1.2E+2"),
        ("zero-rate", None),
        ("lent", "105"),  # Its first payment that is not void lends 1.05.
        ("lent-void", None),
        ("lent-other", None),  # A payment in another currency lends nothing.
        ("chain", None),  # The borrower's rate was found, so it is not lent on.
        ("borrower", None),
        ("of-dear", "1.3E+2"),  # The first bill with a recorded rate, in the order of the allocation rows.
        ("poor", None),
        ("table", "1.5E+2"),
        ("table-edge", "1.5E+2"),  # Seven days old is not too old,
        ("table-old", None),  # eight days old is.
        ("half-up", "0.13"),
        ("minus", "-0.13"),
        ("small-rate", "3625"),
        ("petrol", None),  # An expense has no allocation to borrow from.
        ("tea", "1.5E+2"),
        ("rounded", "-2.01"),
    ],
)
def test_the_rate_search(found: Analysis, record: str, base: str | None) -> None:
    assert _bases(found)[record] == base


def test_records_without_a_rate_are_counted_once(found: Analysis) -> None:
    """Seven bills, two payments and an expense."""
    unrated = [record for record, base in _bases(found).items() if base is None]
    assert found.row("customer_row")["records_excluded"] == len(unrated)
    (warning,) = (row for row in found.rows("warnings") if row["code"] == "NO_RATE")
    assert warning["count"] == len(unrated)
    assert set(warning["sample_ids"]) == set(unrated)


def test_the_rate_shown_is_the_rate_used(found: Analysis) -> None:
    shown = {row["id"]: row["currency_rate"] for row in found.rows("bill_rows")}
    assert (shown["home"], shown["lent"], shown["zero-rate"]) == (1, Decimal("1.05"), None)


def test_an_unrated_payment_settles_nothing(found: Analysis) -> None:
    """Its 90 days would be late; the bill it pays has a rate."""
    (row,) = found.rows("supplier_rows")
    assert row["average_settlement_days"] == 0


def test_a_group_converts_again_at_the_days_rate(tmp_path: Path) -> None:
    """10.55 GBP are 10.55 in the books and 15.825, so 15.83, in the group; the yen have no way to dollars."""
    british = Books(
        id="uk", base_currency="GBP", suppliers=(supplier(),), bills=(bill("B", "10.55", currency="GBP"),)
    )
    american = Books(
        id="us", source_instance="us", suppliers=(supplier(),), bills=(bill("B", "1"), bill("C", "1"))
    )
    japanese = Books(
        id="jp", base_currency="JPY", source_instance="jp", bills=(bill("B", "500", currency="JPY"),)
    )
    case = Case(
        books=(british, american, japanese),
        parameters=Parameters(exchange_rates=(_rate(0, "1.5"),)),
        base_currency="USD",
    )
    entities = {
        row["company_id"]: row["bills_amount"] for row in analysed(case, tmp_path).rows("entity_rows")
    }
    assert entities == {"uk": Decimal("15.83"), "us": 2, "jp": 0}


@pytest.mark.parametrize(
    ("currencies", "parent", "chosen", "reported"),
    [
        (("EUR", "USD", "EUR"), None, None, "EUR"),
        (("USD", "EUR"), None, None, "EUR"),  # A tie falls to the alphabet.
        (("EUR", "EUR"), "USD", None, "USD"),
        (("EUR", "EUR"), "USD", "GBP", "GBP"),
    ],
)
def test_the_currency_of_a_group(
    tmp_path: Path, currencies: tuple[str, ...], parent: str | None, chosen: str | None, reported: str
) -> None:
    books = tuple(
        Books(id=f"e{n}", base_currency=currency, suppliers=(supplier(),))
        for n, currency in enumerate(currencies)
    )
    case = Case(books=books, base_currency=parent, parameters=Parameters(group_currency=chosen))
    assert analysed(case, tmp_path).base_currency == reported


@pytest.mark.parametrize(
    ("currency", "base"), [("JPY", "13"), ("KWD", "12.507"), ("USD", "12.51"), ("CLF", "12.5065")]
)
def test_amounts_round_to_the_minor_unit(tmp_path: Path, currency: str, base: str) -> None:
    books = Books(
        base_currency=currency, suppliers=(supplier(),), bills=(bill("B", "12.5065", currency=currency),)
    )
    (row,) = analysed(Case(books=(books,)), tmp_path).rows("bill_rows")
    assert row["base_amount"] == Decimal(base)


def test_books_without_a_currency_are_in_that_of_most_records(tmp_path: Path) -> None:
    bills = (
        bill("A", currency="EUR"),
        bill("B", currency="EUR"),
        bill("C", currency="USD", on=date(2026, 1, 5)),
    )
    case = Case(books=(Books(base_currency=None, suppliers=(supplier(),), bills=bills),))
    with analysed(case, tmp_path) as analysis:
        assert analysis.base_currency == "EUR"
        assert analysis.row("customer_row")["bills_amount"] == 200
