"""Many random companies, reckoned by the SQL and by the plain program: not a figure may differ."""

import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, Period
from tests.metrics.books import analysed
from tests.metrics.companies import random_case
from tests.metrics.plain import Plain
from tests.metrics.plain_records import Key
from tests.metrics.plain_window import Window

GROUPS = [(seed, 20) for seed in range(5)]
SINGLES = [(seed, 1) for seed in range(10, 15)]
SMALL_GROUPS = [(seed, 3) for seed in range(20, 23)]


@pytest.mark.parametrize(("seed", "companies"), GROUPS + SINGLES + SMALL_GROUPS)
def test_the_sql_agrees_with_the_plain_program(seed: int, companies: int) -> None:
    """A group's supplier and entity rows hold each of its companies to account, all in one go."""
    case = random_case(seed, companies=companies)
    plain = Plain(case)
    with tempfile.TemporaryDirectory() as folder, analysed(case, Path(folder)) as analysis:
        assert analysis.base_currency == plain.currency
        _check_customer(analysis, plain)
        _check_methods(analysis, plain.main)
        _check_suppliers(analysis, plain.main)
        _check_entities(analysis, plain.main)
        same(analysis.row("summary_row"), plain.main.summary())
        _check_ongoing(analysis, plain)


def _check_customer(analysis: Analysis, plain: Plain) -> None:
    window = plain.main
    overall = window.measures(lambda _: True)
    row = analysis.row("customer_row")
    same(row, {name: overall[name] for name in overall if name in row})
    assert row["records_excluded"] == len(window.unrated)
    for kind in ("bill", "payment", "expense"):
        listed = [(found["company_id"], found["id"]) for found in _in_order(analysis, kind)]
        expected = [each for each in (*window.records, *window.unrated) if each.kind == kind]
        expected.sort(key=lambda each: (each.day, each.id, each.books.id))
        assert listed == [(each.books.id, each.id) for each in expected]


def _in_order(analysis: Analysis, kind: str) -> list[dict[str, Any]]:
    day = "date" if kind == "payment" else "issue_date"
    return sorted(analysis.rows(f"{kind}_rows"), key=lambda row: (row[day], row["id"], row["company_id"]))


def _check_methods(analysis: Analysis, window: Window) -> None:
    rows = window.methods()
    for found in analysis.rows("method_rows"):
        same(found, rows[found["label"]])


def _check_suppliers(analysis: Analysis, window: Window) -> None:
    rows = analysis.rows("supplier_rows")
    order = window.ranked()
    assert [_key(row) for row in rows] == order
    for row, key in zip(rows, order, strict=True):
        expected = window.supplier(key)
        del expected["suppliers_count"]
        same(row, expected)


def _check_entities(analysis: Analysis, window: Window) -> None:
    for row in analysis.rows("entity_rows"):
        found = window.measures(lambda each, entity=row["company_id"]: each.books.id == entity)  # type: ignore[misc]
        same(row, {name: found[name] for name in ("bills_amount", "expenses_amount", "total_spend")})


def _check_ongoing(analysis: Analysis, plain: Plain) -> None:
    latest, prior = _quarters(plain.case.period.end)
    first = min((record.day for record in plain.records), default=None)
    assert analysis.has_ongoing == (
        first is not None and _quarter_later(first) <= latest.end + timedelta(days=1)
    )
    if not analysis.has_ongoing:
        assert analysis.rows("ongoing_summary_row") == []
        return
    new, before = plain.window(latest.start, latest.end, 3), plain.window(prior.start, prior.end, 3)
    fresh = [key for key in new.ranked() if new.has_spend(key) and not before.is_active(key)]
    assert [_key(row) for row in analysis.rows("ongoing_supplier_rows")] == fresh
    mine = new.measures(lambda each: each.supplier in fresh)
    row = analysis.row("ongoing_summary_row")
    names = (
        "bills_count",
        "bills_amount",
        "payments_count",
        "payments_amount",
        "expenses_count",
        "expenses_amount",
    )
    same(row, {name: mine[name] for name in (*names, "average_settlement_days")})
    overall = before.measures(lambda _: True)
    same(row, {"prior_average_settlement_days": overall["average_settlement_days"]})
    now, then = new.methods(), before.methods()
    for found in analysis.rows("ongoing_method_rows"):
        label = found["method"]
        same(found, {"this_quarter_share": now[label]["bills_amount_share"]})
        same(found, {"last_quarter_share": then[label]["bills_amount_share"]})


def _quarters(end: date) -> tuple[Period, Period]:
    last = max(
        day
        for day in (end - timedelta(days=back) for back in range(100))
        if (day + timedelta(days=1)).day == 1 and day.month % 3 == 0
    )
    latest = Period.ending(last, 3)
    return latest, Period.ending(latest.start - timedelta(days=1), 3)


def _quarter_later(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month + 2, 12)
    for fewer in range(4):
        try:
            return date(year, month + 1, day.day - fewer)
        except ValueError:
            continue
    raise AssertionError(day)


def _key(row: Mapping[str, Any]) -> Key:
    instance, supplier_id = row["supplier_key"].split("|")
    return instance, supplier_id


def same(row: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """The row has these values; ratios to twelve decimals, all else exactly."""
    found = {name: row[name] for name in expected}
    assert found == {name: _exact(value) for name, value in expected.items()}


def _exact(value: Any) -> Any:
    if not isinstance(value, Fraction):
        return value
    with localcontext() as context:
        context.prec = 80
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return quotient.quantize(Decimal(10) ** -12, rounding=ROUND_DOWN)
