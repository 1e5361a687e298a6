"""`cardable analyze`, from the command line to the files it leaves."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cardable.reports import _bulk
from tests.cli.conftest import Said

Run = Callable[..., Said]
HARBOR = ("--end", "2026-06-30", "--threshold", "500")


def report(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


def test_a_group_gets_every_report(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    said = cardable("analyze", harbor, "--out", tmp_path / "out", *HARBOR)
    assert (said.code, said.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "HarborFoodsGroup_MastercardMatch_2026-07-01.xlsx",
        "HarborFoodsGroup_OngoingInsights_2026-07-01.xlsx",
        "HarborFoodsGroup_PayTech_2026-07-01.xlsx",
        "HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx",
        "HarborFoodsGroup_SpendReports_2026-07-01.zip",
        "HarborFoodsGroup_SpendSummary_2026-07-01.pptx",
        "HarborFoodsGroup_VisaVendorMatch_2026-07-01.xlsx",
        "HarborFoodsGroup_Wex_2026-07-01.xlsx",
        "manifest.json",
        "report.json",
    ]


def test_the_period_ends_with_the_latest_month_of_the_data(
    cardable: Run, harbor: Path, tmp_path: Path
) -> None:
    said = cardable("analyze", harbor, "--out", tmp_path / "out", "--verbose")
    assert "2025-07-01 to 2026-06-30" in said.out
    assert "--end sets another" in said.out


def test_an_entity_is_picked_by_id_or_name(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    for wanted in ("hfg-east", "harbor foods EAST"):
        said = cardable("analyze", harbor, "--out", tmp_path / "out", *HARBOR, "--company", wanted)
        assert said.code == 0
        customer = report(tmp_path / "out")["customer"]
        assert isinstance(customer, dict)
        assert (customer["companyName"], customer["billsCount"]) == ("Harbor Foods East", 11)


def test_companies_without_a_common_parent_are_listed(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    (harbor / "companies.csv").unlink()
    said = cardable("analyze", harbor, "--out", tmp_path / "out", *HARBOR)
    assert said.code == 2
    assert "hfg-east" in said.err
    assert "hfg-west" in said.err


def test_running_twice_gives_the_same_bytes(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert cardable("analyze", harbor, "--out", tmp_path / name, *HARBOR).code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_bundle_names_what_it_holds(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    cardable("analyze", harbor, "--out", tmp_path / "out", *HARBOR, "--reports", "spend-summary,wex")
    with zipfile.ZipFile(next((tmp_path / "out").glob("*.zip"))) as bundle:
        assert sorted(bundle.namelist()) == [
            "HarborFoodsGroup_SpendSummary_2026-07-01.pptx",
            "HarborFoodsGroup_Wex_2026-07-01.xlsx",
            "manifest.txt",
        ]
        assert bundle.read("manifest.txt").count(b"INCLUDED") == 2


@pytest.mark.parametrize("asked", ["fr", "fr-ca"])
def test_reports_can_be_asked_for_in_french(asked: str, cardable: Run, harbor: Path, tmp_path: Path) -> None:
    wanted = ("--reports", "spend-analysis,wex", "--lang", asked)
    assert cardable("analyze", harbor, "--out", tmp_path / "out", *HARBOR, *wanted).code == 0
    names = [path.name for path in sorted((tmp_path / "out").iterdir())]
    assert names[:3] == [
        "HarborFoodsGroup_SpendAnalysis_fr_2026-07-01.xlsx",
        "HarborFoodsGroup_SpendReports_fr_2026-07-01.zip",
        "HarborFoodsGroup_Wex_2026-07-01.xlsx",
    ]
    assert report(tmp_path / "out")["customer"]["companyName"] == "Harbor Foods Group"  # type: ignore[index]


def test_another_spelling_of_english_is_english(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    wanted = ("--reports", "wex", "--lang")
    for asked in ("en", "en-gb"):
        assert cardable("analyze", harbor, "--out", tmp_path / asked, *HARBOR, *wanted, asked).code == 0
    name = "HarborFoodsGroup_Wex_2026-07-01.xlsx"
    assert (tmp_path / "en" / name).read_bytes() == (tmp_path / "en-gb" / name).read_bytes()


def test_a_spend_file_alone_is_enough(cardable: Run, spend: Path, tmp_path: Path) -> None:
    said = cardable("analyze", spend, "--out", tmp_path / "out", "--currency", "usd", "--verbose")
    assert said.code == 0, said.err
    customer = report(tmp_path / "out")["customer"]
    assert isinstance(customer, dict)
    assert (customer["suppliersCount"], customer["paymentsCount"], customer["paymentsAmount"]) == (
        3,
        4,
        7310.75,
    )
    assert "Cardable spend 7,000.50 USD" in said.out
    assert "no bills" in said.out.casefold()


def test_forced_kinds_are_taken_at_their_word(cardable: Run, spend: Path, tmp_path: Path) -> None:
    said = cardable("analyze", "--expenses", spend, "--out", tmp_path / "out")
    assert said.code == 0, said.err
    customer = report(tmp_path / "out")["customer"]
    assert isinstance(customer, dict)
    assert (customer["expensesCount"], customer["paymentsCount"]) == (4, 0)


def test_the_company_is_called_what_the_person_says(cardable: Run, spend: Path, tmp_path: Path) -> None:
    said = cardable("analyze", spend, "--out", tmp_path / "out", "--company", "Acme Holdings")
    assert said.code == 0, said.err
    assert list((tmp_path / "out").glob("AcmeHoldings_SpendAnalysis_*.xlsx"))


def test_many_rejected_rows_need_a_word(cardable: Run, spend: Path, tmp_path: Path) -> None:
    with spend.open("a") as file:
        file.write("Bad Date Ltd,31/31/2026,INV-5,10.00,Check\n")
    said = cardable("analyze", spend, "--out", tmp_path / "out")
    assert said.code == 1
    assert "--accept-rejects" in said.err
    assert "31/31/2026" in (tmp_path / "out" / "problems.csv").read_text("utf-8")
    assert not (tmp_path / "out" / "report.json").exists()
    assert cardable("analyze", spend, "--out", tmp_path / "out", "--accept-rejects").code == 0


def test_a_header_and_nothing_else_is_a_company_without_spend(cardable: Run, tmp_path: Path) -> None:
    bills = tmp_path / "bills.csv"
    bills.write_text("bill_id,supplier_id,issue_date,currency,total_amount\n")
    undated = cardable("analyze", bills, "--out", tmp_path / "out")
    assert undated.code == 2
    assert "--end" in undated.err
    said = cardable("analyze", bills, "--out", tmp_path / "out", "--end", "2026-06-30", "--currency", "USD")
    assert said.code == 0, said.err


def test_a_slip_of_the_pen_does_not_move_the_period(cardable: Run, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    rows = [f"Acme Ltd,2026-{month:02}-10,{day}.00" for month in range(1, 7) for day in range(10, 30)]
    path.write_text("\n".join(["Supplier,Payment date,Amount", *rows, "Acme Ltd,2206-01-01,5.00", ""]))
    said = cardable("analyze", path, "--out", tmp_path / "out", "--verbose")
    assert "to 2026-06-30" in said.out


def test_what_cannot_be_read_is_refused_in_words(cardable: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "aging.pdf"
    pdf.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    said = cardable("analyze", pdf, "--out", tmp_path / "out")
    assert said.code == 2
    assert "aging.pdf" in said.err
    assert "CSV" in said.err


def test_wrong_words_are_answered_with_the_right_ones(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "out")
    assert "spend-analysis" in cardable("analyze", harbor, *out, "--reports", "all").err
    assert "YYYY-MM-DD" in cardable("analyze", harbor, *out, "--end", "30/06/2026").err
    assert "does not exist" in cardable("analyze", tmp_path / "nowhere", *out).err
    assert "Name CSV or Excel" in cardable("analyze", *out).err


def test_a_settings_file_says_which_reports_are_made(cardable: Run, harbor: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('enabled_reports = ["wex"]')
    out = tmp_path / "out"
    assert cardable("analyze", harbor, "--out", out, *HARBOR, "--settings", settings).code == 0
    assert [path.name for path in out.glob("*.xlsx")] == ["HarborFoodsGroup_Wex_2026-07-01.xlsx"]


def test_a_report_that_runs_out_of_memory_is_made_with_more(
    cardable: Run, spend: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[str] = []
    fill = _bulk.fill

    def short_at_first(*given: Any) -> None:
        connection: duckdb.DuckDBPyConnection = given[3]
        limits.append(connection.execute("select current_setting('memory_limit')").fetchall()[0][0])
        if len(limits) == 1:
            raise duckdb.OutOfMemoryException("as it comes")
        fill(*given)

    monkeypatch.setattr(_bulk, "fill", short_at_first)
    said = cardable("analyze", spend, "--out", tmp_path / "out", "--reports", "spend-analysis")
    assert said.code == 0
    assert limits == ["953.0 MiB", "4.0 GiB"]
    assert list((tmp_path / "out").glob("*_SpendAnalysis_*.xlsx"))
