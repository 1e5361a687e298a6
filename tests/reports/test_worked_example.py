"""Every figure of the worked example, read back from the workbooks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cardable.metrics import Analysis
from cardable.reports import report
from cardable.reports._sheet import Sheet
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, expected, harbor_entity
from tests.reports.books import labels, shown, table

Row = dict[str, Any]
SPEND, ONGOING = expected()["spendAnalysis"], expected()["ongoingInsights"]
RAW_IDS = {
    "Bills": SPEND["rawTabs"]["bills"],
    "Bill Payments": SPEND["rawTabs"]["billPayments"],
    "Expenses": SPEND["rawTabs"]["expenses"] + SPEND["rawTabs"]["expensesExcludedNoRate"],
}
RATES = {"B12": 1.0875, "P09": 1.08, "P10": 1.0875, "X07": None, "B01": 1, "P06": 1}


@pytest.fixture(scope="module")
def made(harbor: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("workbooks")

    def path(key: str) -> Path:
        book = folder / f"{key}.xlsx"
        if not book.exists():
            report(key).build(harbor, book)
        return book

    return path


def sheet(key: str, name: str) -> Sheet:
    return next(each for each in report(key).sheets if each.name == name)


def differences(row: Row, wanted: Row, declared: Sheet, **renamed: str) -> Row:
    """Where a row differs from what the example has under the JSON names of the columns."""
    columns = {renamed.get(str(each.json), each.json): each for each in declared.columns if each.json}
    pairs = {name: (row[columns[name].name], value) for name, value in wanted.items() if name in columns}
    return {
        name: pair
        for name, pair in pairs.items()
        if shown(pair[0], percent="%" in columns[name].name or name == "change")
        != shown(pair[1], percent=False)
    }


def missing(wanted: Row, declared: Sheet, **renamed: str) -> set[str]:
    return set(wanted) - {renamed.get(str(each.json), str(each.json)) for each in declared.columns}


def test_the_tabs_are_in_order(made: Callable[[str], Path]) -> None:
    assert load_workbook(made("spend-analysis")).sheetnames == [
        "Customer",
        "Entity Spend Breakdown",
        "Spend Analysis",
        "Supplier Analysis",
        "Bills",
        "Bill Payments",
        "Expenses",
    ]


def test_the_customer_has_its_totals(made: Callable[[str], Path]) -> None:
    declared = sheet("spend-analysis", "Customer")
    found = labels(made("spend-analysis"), "Customer")
    assert missing(SPEND["customer"], declared) == set()
    assert differences(found, SPEND["customer"], declared) == {}


def test_a_group_without_books_has_no_details(made: Callable[[str], Path]) -> None:
    found = labels(made("spend-analysis"), "Customer")
    assert [found[name] for name in ("Registration #", "Tax #", "Phone", "Addresses")] == [None] * 4


def test_the_entities_have_their_spend_and_a_total(made: Callable[[str], Path]) -> None:
    declared, wanted = sheet("spend-analysis", "Entity Spend Breakdown"), SPEND["entitySpendBreakdown"]
    found = table(made("spend-analysis"), declared.name)
    pairs = zip(found, [*wanted["rows"], wanted["total"]], strict=True)
    assert [differences(row, figures, declared) for row, figures in pairs] == [{}, {}, {}]
    assert found[-1]["Company ID"] == "Total"


def test_every_method_has_its_figures(made: Callable[[str], Path]) -> None:
    declared, wanted = sheet("spend-analysis", "Spend Analysis"), SPEND["spendAnalysisTab"]
    renamed = {"biggestCountPaymentMethod": "paymentMethod"}
    assert missing(wanted[0], declared, **renamed) == set()
    found = table(made("spend-analysis"), declared.name, header=2)
    pairs = zip(found[: len(wanted)], wanted, strict=True)
    assert [differences(row, figures, declared, **renamed) for row, figures in pairs] == [{}] * 11


def test_every_supplier_has_its_figures(made: Callable[[str], Path]) -> None:
    declared, wanted = sheet("spend-analysis", "Supplier Analysis"), SPEND["supplierAnalysisTab"]
    assert missing(wanted[0], declared) == {"biggestSpendPaymentMethod"}
    pairs = zip(table(made("spend-analysis"), declared.name, header=2), wanted, strict=True)
    assert [differences(row, figures, declared) for row, figures in pairs] == [{}] * 7


@pytest.mark.parametrize("tab", RAW_IDS)
def test_the_raw_tabs_hold_the_records_in_scope_oldest_first(tab: str, made: Callable[[str], Path]) -> None:
    found = table(made("spend-analysis"), tab)
    day = "Date" if tab == "Bill Payments" else "Issue Date"
    assert sorted(row["Id"] for row in found) == sorted(RAW_IDS[tab])
    assert found == sorted(found, key=lambda row: (row[day], row["Id"]))


@pytest.mark.parametrize("tab", RAW_IDS)
def test_each_record_has_its_base_amount_and_rate(tab: str, made: Callable[[str], Path]) -> None:
    amounts = {name: each["baseAmount"] for name, each in expected()["transactions"].items()}
    amounts |= {name: each["total"] for name, each in expected()["billBaseAmounts"].items()}
    found = {row["Id"]: row for row in table(made("spend-analysis"), tab)}
    assert {key: shown(row["Total Amt (base)"]) for key, row in found.items()} == {
        key: amounts[key] for key in found
    }
    rates = {key: rate for key, rate in RATES.items() if key in found}
    assert {key: found[key]["Currency Rate"] for key in rates} == rates


@pytest.mark.parametrize("tab", ["Bill Payments", "Expenses"])
def test_each_payment_says_how_it_was_made_and_why(tab: str, made: Callable[[str], Path]) -> None:
    for row in table(made("spend-analysis"), tab):
        wanted = expected()["transactions"][row["Id"]]
        assert row["Payment Method (ERP)"] == wanted["erpMethod"]
        assert row["Payment Method (Inferred)"] == wanted["inferredMethod"]
        assert str(wanted["rulePriority"]) in row["Why"]
        assert list(row)[-1] == "Why"


def test_ongoing_insights_sums_up_the_quarter(made: Callable[[str], Path]) -> None:
    declared, wanted = sheet("ongoing-insights", "Summary"), ONGOING["summaryTab"]
    (found,) = table(made("ongoing-insights"), "Summary", header=2)
    assert missing(wanted, declared) == {"newSuppliers", "priorPeriodAverageSettlementDays"}
    assert differences(found, wanted, declared) == {}


def test_ongoing_insights_compares_the_methods(made: Callable[[str], Path]) -> None:
    declared, wanted = sheet("ongoing-insights", "Spend Analysis"), ONGOING["spendAnalysisTab"]
    found = table(made("ongoing-insights"), "Spend Analysis")
    pairs = zip(found, wanted, strict=True)
    assert [differences(row, figures, declared) for row, figures in pairs] == [{}] * 7


def test_ongoing_insights_lists_the_new_suppliers(made: Callable[[str], Path]) -> None:
    declared, wanted = sheet("ongoing-insights", "New Suppliers"), ONGOING["newSuppliersTab"]
    pairs = zip(table(made("ongoing-insights"), "New Suppliers", header=2), wanted, strict=True)
    assert [differences(row, figures, declared) for row, figures in pairs] == [{}, {}]


@pytest.mark.parametrize(
    ("key", "tab", "network"),
    [
        ("mastercard-match", "Mastercard Match", "mastercard"),
        ("visa-vendor-match", "Visa Vendor Match", "visa"),
        ("wex", "Wex Vendor", "wex"),
        ("paytech", "PayTech", "paytech"),
    ],
)
def test_each_network_gets_its_suppliers(
    key: str, tab: str, network: str, made: Callable[[str], Path]
) -> None:
    declared, wanted = sheet(key, tab), expected()["vendorMatch"]
    for row, supplier in zip(table(made(key), tab), wanted, strict=True):
        figures = {**supplier, **supplier[network]}
        figures = {name: None if value == "" else value for name, value in figures.items()}
        assert differences(row, figures, declared) == {}
        assert missing(supplier[network], declared) == set()


@pytest.mark.parametrize("wanted", expected()["childReportCustomerTabs"], ids=lambda each: each["companyId"])
def test_an_entity_has_a_report_of_its_own(wanted: Row, tmp_path: Path) -> None:
    customer = harbor_entity(tmp_path, wanted["companyId"])
    analysis = Analysis(customer, PERIOD, RUN_DATE, PARAMETERS).run()
    report("spend-analysis").build(analysis, tmp_path / "made.xlsx")
    found = labels(tmp_path / "made.xlsx", "Customer")
    assert differences(found, wanted, sheet("spend-analysis", "Customer")) == {}
    assert found["Registration #"] in ("DE-5512098", "NV-2201447")
