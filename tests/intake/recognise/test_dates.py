from datetime import date

import pytest

from cardable.intake.recognise.dates import parsed, read_dates


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["2026-03-04", "2026-03-31 14:05:00"], "YMD"),
        (["2026/3/4", "2026/12/31"], "YMD"),
        (["2026-10-01l", "2026-11-01l"], "YMD"),
        (["2026年3月4日"], "YMD"),
        (["31/01/2026", "02/01/2026"], "DMY"),
        (["03.04.26", "05.04.26"], "DMY"),
        (["1/22/2026", "2/3/2026"], "MDY"),
        (["26-02-27", "26-03-31"], "YMD"),
        (["31012026", "15022026"], "DMY"),
        (["20260131", "20260215"], "YMD"),
        (["4 Mar 2026", "31 Dec 2026"], "text"),
        (["March 4, 2026"], "text"),
        (["4 de marzo de 2026"], "text"),
        (["12-MAR-26"], "text"),
        (["3. März 2026"], "text"),
        (["31/12", "01/01"], "DM"),
        (["00:00:00", "00:00:00"], None),
        (["AB-12", "Fish"], None),
    ],
)
def test_the_order_of_a_date_is_read_from_all_cells(values: list[str], order: str | None) -> None:
    assert read_dates(values).order == order


def test_days_vary_more_than_months() -> None:
    assert read_dates(["01/04/2026", "02/04/2026", "09/04/2026"]).order == "DMY"
    assert read_dates(["04/01/2026", "04/02/2026", "04/09/2026"]).order == "MDY"


def test_where_both_orders_fit_the_country_decides() -> None:
    values = ["03/04/2026", "05/06/2026"]
    assert read_dates(values).order == "DMY"
    assert read_dates(values, month_first=True).order == "MDY"
    assert not read_dates(values).certain


def test_a_month_without_a_day_is_no_date() -> None:
    assert read_dates(["2026-04", "2026-05"]).order is None


def test_a_cell_is_read_in_the_order_of_its_column() -> None:
    assert parsed("03/04/2026", "DMY") == date(2026, 4, 3)
    assert parsed("03/04/2026", "MDY") == date(2026, 3, 4)
    assert parsed("31/02/2026", "DMY") is None
