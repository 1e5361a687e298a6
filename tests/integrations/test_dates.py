"""Every way a date is written comes out as the same day."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

import pytest

from cardable.records import Bill
from tests.integrations.grids import Files

USES = ("record_id", "supplier_name", "issue_date", "amount")
DAY = date(2026, 6, 5)


Days = Callable[[Sequence[str], str], dict[str, date]]


def issued(files: Files, cells: Sequence[str], order: str, **more: object) -> dict[str, date]:
    """Which day each cell of a column is."""
    rows = [(str(place), "Acorn", cell, "1") for place, cell in enumerate(cells)]
    read = files.read(files.table("bills", USES, rows, date_order=order, **more))  # type: ignore[arg-type]
    return {cells[int(bill.id)]: bill.issue_date for bill in read.records(Bill)}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The same, each column read once for all tests of its cells."""
    files = Files(tmp_path_factory.mktemp("dates"))
    return cache(lambda cells, order: issued(files, cells, order))


YEAR_FIRST = (
    "2026-06-05",
    "2026-06-05 14:05:00",
    "2026-06-05T14:05:00Z",
    "2026/6/5",
    "2026.06.05",
    "2026-06-05l",
    "20260605",
    "2026年6月5日",
    "26-06-05",
    "46178",
    "46178.5",
)


@pytest.mark.parametrize("cell", YEAR_FIRST)
def test_year_first(days: Days, cell: str) -> None:
    assert days(YEAR_FIRST, "YMD")[cell] == DAY


DAY_FIRST = (
    "05/06/2026",
    "5/6/26",
    "5.6.2026",
    "05.06.2026 14:05",
    "5-6-2026",
    "5. 6. 2026",
    "05062026",
    "5062026",
    "050626",
    "2026-06-05",
    "46178",
)


@pytest.mark.parametrize("cell", DAY_FIRST)
def test_day_first(days: Days, cell: str) -> None:
    assert days(DAY_FIRST, "DMY")[cell] == DAY


MONTH_FIRST = ("06/05/2026", "6/5/2026", "6/5/26", "6-5-2026 2:05 PM", "06052026", "2026-06-05")


@pytest.mark.parametrize("cell", MONTH_FIRST)
def test_month_first(days: Days, cell: str) -> None:
    assert days(MONTH_FIRST, "MDY")[cell] == DAY


IN_WORDS = (
    "5 June 2026",
    "June 5, 2026",
    "5-Jun-26",
    "Fri, 5 Jun 2026 14:05",
    "2026 June 5",
    "5 juin 2026",
    "ven. 5 juin 2026",
    "5. Juni 2026",
    "5 de junio de 2026",
    "5 juni 2026",
    "5 de junho de 2026",
    "5 giugno 2026",
    "5 czerwca 2026",
    "5. června 2026",
    "5 JUN 2026",
)


@pytest.mark.parametrize("cell", IN_WORDS)
def test_months_in_words(days: Days, cell: str) -> None:
    assert days(IN_WORDS, "text")[cell] == DAY


SHORT = {
    "15 février 2026": 2, "15 März 2026": 3, "15 août 2026": 8, "15 października 2026": 10,
    "15 prosince 2026": 12, "mar. 15 sept. 2026": 9, "15 Dez 2026": 12, "15 ene 2026": 1,
}  # fmt: skip


@pytest.mark.parametrize("cell", SHORT)
def test_months_with_accents_and_short_forms(days: Days, cell: str) -> None:
    assert days(tuple(SHORT), "text")[cell] == date(2026, SHORT[cell], 15)


def test_a_month_without_a_day_is_its_first(files: Files) -> None:
    for cell, order in (("2026-06", "YMD"), ("06/2026", "DMY"), ("Jun-26", "text")):
        assert issued(files, [cell], order) == {cell: date(2026, 6, 1)}


def test_a_day_and_month_take_the_year_from_above_the_header(files: Files) -> None:
    above = [("DATEV", "20260101", "4")]
    assert issued(files, ["0506", "506"], "DM", above=above) == {"0506": DAY, "506": DAY}


NO_DATES = ("31/02/2026", "06/30/2026", "25/06/2012900", "soon", "5/6/1850", "99999")


def test_what_is_no_date_rejects_the_row(files: Files) -> None:
    table = files.table("bills", USES, [(cell, "Acorn", cell, "1") for cell in NO_DATES], date_order="DMY")
    read = files.read(table)
    assert read.records(Bill) == []
    told = sorted(read.problem_rows(), key=lambda problem: int(problem["row"]))
    assert [(each["code"], each["value"]) for each in told] == [("NOT_A_DATE", cell) for cell in NO_DATES]
    for each in told:
        words = f"{each['wrong']} {each['remedy']}"
        assert words == f"“{each['value']}” is not a date. Use YYYY-MM-DD."


def test_an_empty_date_is_missing_rather_than_wrong(files: Files) -> None:
    cells = ("00:00:00", "0000-00-00", "-", None)
    table = files.table("bills", USES, [(str(place), "Acorn", cell, "1") for place, cell in enumerate(cells)])
    assert [problem["code"] for problem in files.read(table).problem_rows()] == ["NO_DATE"] * len(cells)
