"""report.json, read back and held against the worked example."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cardable.metrics import Analysis, Customer, Exclusion, Parameters
from cardable.reports._json import provenance, write_json
from cardable.reports._raw_tabs import BILL_PAYMENTS, BILLS, EXPENSES
from cardable.reports.spend_analysis import CUSTOMER, METHODS, SUPPLIERS
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, expected, harbor_foods
from tests.reports.files import TableOfFile

TABS = expected()["spendAnalysis"]


def read(path: Path) -> dict[str, Any]:
    """The document, its numbers decimals, so that what is compared is what was written."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    return found


@pytest.fixture(scope="module")
def report(harbor: Analysis, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("json") / "report.json"
    write_json(harbor, path, files=(TableOfFile("/in/bills.csv", "ab12", 20, 19, 1, 0),))
    return read(path)


def same(given: Any, wanted: Any) -> bool:
    """Equal, where the worked example writes a decimal as text."""
    if isinstance(given, Decimal) or (isinstance(given, int) and isinstance(wanted, str)):
        return Decimal(given) == Decimal(wanted)
    return bool(given == wanted)


def differences(given: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        key: (given.get(key), value)
        for key, value in wanted.items()
        if not same(given.get(key, "absent"), value)
    }


def test_the_customer_has_its_totals(report: dict[str, Any]) -> None:
    assert differences(report["customer"], TABS["customer"]) == {}


def test_the_entities_have_their_spend(report: dict[str, Any]) -> None:
    rows = TABS["entitySpendBreakdown"]["rows"]
    assert [differences(*pair) for pair in zip(report["entitySpendBreakdown"], rows, strict=True)] == [{}, {}]


def test_every_method_row_has_its_figures(report: dict[str, Any]) -> None:
    for given, wanted in zip(report["paymentMethods"], TABS["spendAnalysisTab"], strict=True):
        label = wanted["paymentMethod"]
        figures = {key: value for key, value in wanted.items() if key != "paymentMethod"}
        assert differences(given, {"biggestCountPaymentMethod": label, **figures}) == {}, label


def test_every_supplier_has_its_figures_below_the_threshold_too(report: dict[str, Any]) -> None:
    rows = [*TABS["supplierAnalysisTab"], *TABS["suppliersBelowThreshold"]]
    given = {each["supplierId"]: each for each in report["suppliers"]}
    assert [differences(given[row["supplierId"]], row) for row in rows] == [{}] * len(given)
    assert [key for key, each in given.items() if each["inSupplierAnalysis"] == "No"] == ["S8"]


def test_the_spend_summary_has_its_figures_and_their_inputs(report: dict[str, Any]) -> None:
    wanted, given = expected()["spendSummary"], report["spendSummary"]
    assert given["cardableSuppliersCount"] == 3
    for key in ("cardableSpend", "cashbackValue", "timeSavedHours", "annualCardBenefits"):
        assert same(given[key], wanted[key]), key
    assert same(given["timeSaved"], wanted["paymentProcessingSavings"])
    assert given["inputs"]["cashbackTiers"][0] == {"upTo": 1000000, "rate": Decimal("0.02")}


def test_the_opportunities_are_those_of_the_slide(report: dict[str, Any]) -> None:
    rows = expected()["spendSummary"]["topSupplierOpportunities"]
    assert [differences(*pair) for pair in zip(report["topSupplierOpportunities"], rows, strict=True)] == [
        {}
    ] * 3


def test_ongoing_insights_are_in_it(report: dict[str, Any]) -> None:
    wanted, given = expected()["ongoingInsights"], report["ongoingInsights"]
    named = {key: value for key, value in wanted["summaryTab"].items() if key != "newSuppliers"}
    assert differences(given["summary"], named) == {}
    for row, tab in zip(given["spendAnalysis"], wanted["spendAnalysisTab"], strict=True):
        assert differences(row, tab) == {}
    assert [each["supplierId"] for each in given["newSuppliers"]] == ["S7", "S6"]


def test_every_transaction_says_what_decided_its_method(report: dict[str, Any]) -> None:
    wanted = expected()["transactions"]
    raw = TABS["rawTabs"]
    listed = [*raw["billPayments"], *raw["expenses"], *raw["expensesExcludedNoRate"]]
    assert len(report["transactions"]) == len(listed)
    for each in report["transactions"]:
        facts = wanted[each["id"]]
        assert each["inferredPaymentMethod"] == facts["inferredMethod"], each["id"]
        assert each["rule"] == facts["rulePriority"], each["id"]
        assert each["erpPaymentMethod"] == facts["erpMethod"], each["id"]


def test_the_rules_add_up_to_all_transactions(report: dict[str, Any]) -> None:
    assert sum(each["transactions"] for each in report["inference"]) == len(report["transactions"])
    by_field = {each["field"] for each in report["inference"]}
    assert by_field == {"payment method", "account name", "note", None}


def test_long_lists_of_transactions_are_cut_and_the_rest_counted(harbor: Analysis, tmp_path: Path) -> None:
    write_json(harbor, tmp_path / "report.json", transactions_at_most=3)
    cut = read(tmp_path / "report.json")
    assert [each["type"] for each in cut["transactions"]] == ["payment"] * 3 + ["expense"] * 3
    assert cut["transactionsOmitted"] == sum(each["transactions"] for each in cut["inference"]) - 6


@pytest.mark.parametrize(
    ("supplier", "verdict"),
    [
        ("S1", "cardable"),
        ("S4", "already on card"),
        ("S7", "already on card"),
        ("S6", "unknown"),
        ("S8", "unknown"),
    ],
)
def test_every_supplier_has_a_verdict_with_its_reason(
    report: dict[str, Any], supplier: str, verdict: str
) -> None:
    (row,) = (each for each in report["suppliers"] if each["supplierId"] == supplier)
    assert row["verdict"] == verdict
    assert row["verdictReason"]
    assert isinstance(row["verdictTransactions"], int)


def test_an_excluded_supplier_says_so(tmp_path: Path) -> None:
    parameters = replace(
        PARAMETERS, exclusions=(Exclusion(pattern="Volt*", reason="energy is not cardable"),)
    )
    with Analysis(harbor_foods(tmp_path / "books"), PERIOD, RUN_DATE, parameters) as analysis:
        write_json(analysis.run(), tmp_path / "report.json")
    (row,) = (each for each in read(tmp_path / "report.json")["suppliers"] if each["supplierId"] == "S2")
    assert (row["verdict"], "energy is not cardable" in row["verdictReason"]) == ("excluded", True)


def test_every_number_of_the_reports_cites_its_formula_and_raw_tab(report: dict[str, Any]) -> None:
    raw = {BILLS.name, BILL_PAYMENTS.name, EXPENSES.name}
    for sheet in (CUSTOMER, METHODS, SUPPLIERS):
        cited = {each["figure"]: each for each in report["formulas"][sheet.json]["figures"]}
        assert {column.json for column in sheet.columns if column.format.is_number} - set(cited) <= {
            "monthsReviewed",
            "excludesSuppliersWithAnnualSpendBelow",
        }
        assert all(each["formula"] and set(each["tabs"]) <= raw for each in cited.values())


def test_the_figures_of_the_slide_cite_theirs(report: dict[str, Any]) -> None:
    cited = {each["figure"]: each for each in report["formulas"]["spendSummary"]["figures"]}
    assert set(report["spendSummary"]) & set(cited) == set(cited) - {"topSupplierOpportunities"}
    assert cited["cardableSpend"]["tabs"] == ["Bills", "Expenses"]


def test_warnings_have_counts_and_samples(report: dict[str, Any]) -> None:
    (found,) = (each for each in report["warnings"] if each["code"] == "NO_RATE")
    assert (found["count"], found["sampleIds"]) == (1, ["X07"])


def test_numbers_are_exact_text_never_floats(harbor: Analysis, tmp_path: Path) -> None:
    write_json(harbor, tmp_path / "report.json")
    content = (tmp_path / "report.json").read_text("utf-8")
    assert '"cardableSpend": 105434.24,' in content
    assert '"averagePaymentAmount": 883.33' in content
    assert '"averageBillSettlementPeriodWeighted": null' in content


def test_the_same_run_makes_the_same_bytes(harbor: Analysis, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_json(harbor, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_file_tells_what_became_of_its_rows(report: dict[str, Any]) -> None:
    (found,) = report["files"]
    assert found == {
        **{"name": "bills.csv", "sha256": "ab12", "rowsRead": 20, "rowsAccepted": 19},
        **{"rowsRejected": 1, "rowsSkipped": 0},
        "tables": [{"read": 20, "accepted": 19, "rejected": 1, "skipped": 0}],
    }


def test_the_tables_of_one_file_are_added() -> None:
    tables = (TableOfFile("a.xlsx", "1", 10, 9, 1, 0), TableOfFile("a.xlsx", "1", 5, 4, 0, 1))
    (found,) = provenance(tables)
    assert (found["rowsRead"], found["rowsRejected"], found["rowsSkipped"], len(found["tables"])) == (
        15,
        1,
        1,
        2,
    )


def test_a_customer_without_records_has_a_whole_document(tmp_path: Path) -> None:
    customer = Customer(id="c", name='New "Co"', entities=())
    write_json(Analysis(customer, PERIOD, RUN_DATE, Parameters()).run(), tmp_path / "report.json")
    empty = read(tmp_path / "report.json")
    assert (empty["suppliers"], empty["transactions"], empty["ongoingInsights"]) == ([], [], None)
    assert empty["customer"]["companyName"] == 'New "Co"'
    assert empty["paymentMethods"][-1]["averagePaymentAmount"] is None
