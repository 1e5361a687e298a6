"""The folder is the list of reports."""

from pathlib import Path

import pytest

from cardable import reports
from cardable.metrics import Analysis
from cardable.reports import all_reports, company_stem, report

FOLDER = Path(reports.__file__).parent


def test_every_plain_module_of_the_folder_is_a_report() -> None:
    modules = {each.stem for each in FOLDER.glob("*.py") if not each.stem.startswith("_")}
    assert {each.key.replace("-", "_") for each in all_reports()} == modules


def test_reports_come_in_the_order_of_the_product() -> None:
    assert [each.name for each in all_reports()] == [
        "Spend Summary",
        "Spend Analysis",
        "Ongoing Insights",
        "Mastercard Match",
        "PayTech",
        "Visa Vendor Match",
        "Wex",
    ]


def test_a_report_is_found_by_its_key() -> None:
    assert report("wex").name == "Wex"
    with pytest.raises(KeyError):
        report("none")


@pytest.mark.parametrize(
    ("company", "stem"),
    [
        ("Harbor Foods Group", "HarborFoodsGroup"),
        ("Café & Søn (X[1])", "CaféSønX1"),
        ("株式会社", "株式会社"),
        ("—", "Company"),
    ],
)
def test_a_company_is_reduced_to_letters_and_digits(company: str, stem: str) -> None:
    assert company_stem(company) == stem


def test_a_file_is_named_for_the_company_and_the_day(harbor: Analysis) -> None:
    assert report("spend-analysis").file_name(harbor) == "HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx"
    assert report("ongoing-insights").file_name(harbor) == "HarborFoodsGroup_OngoingInsights_2026-07-01.xlsx"


def test_every_column_says_what_it_means() -> None:
    columns = [column for each in all_reports() for sheet in each.sheets for column in sheet.columns]
    assert [column.name for column in columns if not column.meaning.endswith(".")] == []


def test_no_two_columns_of_a_sheet_share_a_heading_or_a_json_name() -> None:
    for sheet in (sheet for each in all_reports() for sheet in each.sheets):
        names = [column.name for column in sheet.columns]
        jsons = [column.json for column in (*sheet.columns, *sheet.only_json) if column.json]
        assert len(set(names)) == len(names)
        assert len(set(jsons)) == len(jsons)
