"""Every way a date is written comes out as the same day."""

from datetime import date

import pytest

from cardable.records import Bill
from tests.integrations.grids import Files

USES = ("record_id", "supplier_name", "issue_date", "amount")
DAY = date(2026, 6, 5)


def issued(files: Files, cell: str, order: str, **more: object) -> date | None:
    read = files.read(files.table("bills", USES, [("1", "Acorn", cell, "1")], date_order=order, **more))  # type: ignore[arg-type]
    found = read.records(Bill)
    return found[0].issue_date if found else None


@pytest.mark.parametrize(
    "cell",
    [
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
    ],
)
def test_year_first(files: Files, cell: str) -> None:
    assert issued(files, cell, "YMD") == DAY


@pytest.mark.parametrize(
    "cell",
    [
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
    ],
)
def test_day_first(files: Files, cell: str) -> None:
    assert issued(files, cell, "DMY") == DAY


@pytest.mark.parametrize(
    "cell", ["06/05/2026", "6/5/2026", "6/5/26", "6-5-2026 2:05 PM", "06052026", "2026-06-05"]
)
def test_month_first(files: Files, cell: str) -> None:
    assert issued(files, cell, "MDY") == DAY


@pytest.mark.parametrize(
    "cell",
    [
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
    ],
)
def test_months_in_words(files: Files, cell: str) -> None:
    assert issued(files, cell, "text") == DAY


@pytest.mark.parametrize(
    ("cell", "month"),
    [("15 février 2026", 2), ("15 März 2026", 3), ("15 août 2026", 8), ("15 października 2026", 10),
     ("15 prosince 2026", 12), ("mar. 15 sept. 2026", 9), ("15 Dez 2026", 12), ("15 ene 2026", 1)],
)  # fmt: skip
def test_months_with_accents_and_short_forms(files: Files, cell: str, month: int) -> None:
    assert issued(files, cell, "text") == date(2026, month, 15)


def test_a_month_without_a_day_is_its_first(files: Files) -> None:
    assert issued(files, "2026-06", "YMD") == date(2026, 6, 1)
    assert issued(files, "06/2026", "DMY") == date(2026, 6, 1)
    assert issued(files, "Jun-26", "text") == date(2026, 6, 1)


def test_a_day_and_month_take_the_year_from_above_the_header(files: Files) -> None:
    above = [("DATEV", "20260101", "4")]
    assert issued(files, "0506", "DM", above=above) == DAY
    assert issued(files, "506", "DM", above=above) == DAY


@pytest.mark.parametrize("cell", ["31/02/2026", "06/30/2026", "25/06/2012900", "soon", "5/6/1850", "99999"])
def test_what_is_no_date_rejects_the_row(files: Files, cell: str) -> None:
    table = files.table("bills", USES, [("1", "Acorn", cell, "1")], date_order="DMY")
    (problem,) = files.read(table).problem_rows()
    assert (problem["code"], problem["value"]) == ("NOT_A_DATE", cell)
    assert f"{problem['wrong']} {problem['remedy']}" == f"“{cell}” is not a date. Use YYYY-MM-DD."


@pytest.mark.parametrize("cell", ["00:00:00", "0000-00-00", "-", None])
def test_an_empty_date_is_missing_rather_than_wrong(files: Files, cell: str | None) -> None:
    table = files.table("bills", USES, [("1", "Acorn", cell, "1")])
    assert [problem["code"] for problem in files.read(table).problem_rows()] == ["NO_DATE"]
