"""report.json: every figure, what it was made from, and why it is so, for programs and curious readers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from cardable.metrics import Analysis
from cardable.reports import ongoing_insights
from cardable.reports._document import Part, write_document
from cardable.reports._format import Format
from cardable.reports._identity import TableOfFile, identity, plain
from cardable.reports._json_rows import json_rows
from cardable.reports._sheet import Column, Sheet
from cardable.reports._summary import Summary, summary
from cardable.reports._suppliers import ONLY_JSON
from cardable.reports._trace import (
    formulas,
    inference,
    transactions,
    transactions_omitted,
)
from cardable.reports._values import rounded
from cardable.reports.spend_analysis import CUSTOMER, ENTITIES, METHODS, SUPPLIERS

_VERDICT = (
    Column("Listed", "shown", Format.FLAG, "Whether Supplier Analysis lists it.", "inSupplierAnalysis"),
    Column("Verdict", "verdict", Format.TEXT, "cardable, already on card, unknown or excluded.", "verdict"),
    Column("Reason", "verdict_reason", Format.TEXT, "Why.", "verdictReason"),
    Column("Transactions", "verdict_transactions", Format.COUNT, "How many say so.", "verdictTransactions"),
)
_EVERY_SUPPLIER = replace(SUPPLIERS, where="true", only_json=(*ONLY_JSON, *_VERDICT))
_ONLY_METHODS = (
    Column("Level", "level", Format.TEXT, "method, category or overall.", "level"),
    Column("Category", "category", Format.TEXT, "Card, Non-Card or Unknown.", "category"),
)


PARTS = {
    "report": "The run: its ID, customer, period, run date, version and base currency.",
    "parameters": "Every setting the figures were made with.",
    "customer": "The Customer tab.",
    "entitySpendBreakdown": "The Entity Spend Breakdown tab; only for groups.",
    "paymentMethods": "The Spend Analysis tab, each row with its level and category.",
    "spendSummary": "The benefits, and every input of their formula.",
    "topSupplierOpportunities": "The table of the slide.",
    "suppliers": (
        "Every supplier with a record in the period: the Supplier Analysis columns, the verdict (cardable, "
        "already on card, unknown or excluded), its reason, how many transactions say so, and whether the "
        "tab lists it."
    ),
    "ongoingInsights": "The tabs of Ongoing Insights; null before a full quarter has passed.",
    "inference": "Each rule, field and keyword that decided a payment method: how often, and the first IDs.",
    "transactions": "Payments and expenses, the first 10,000 of each, with what decided its method.",
    "transactionsOmitted": "How many more there are; the raw tabs have them all.",
    "formulas": "Of each figure its formula, and the raw tabs whose records it adds up.",
    "warnings": "What is doubtful in the data: code, count, sample IDs, message.",
    "notices": "What was assumed, derived or missing when the files were read.",
    "files": "Each file and its tables: name, SHA-256, rows read, accepted, rejected and skipped.",
}
"""What the document holds, in order."""


def write_json(
    analysis: Analysis,
    path: Path,
    *,
    files: Sequence[TableOfFile] = (),
    notices: Sequence[Any] = (),
    transactions_at_most: int = 10_000,
) -> None:
    """Write report.json, long lists a row at a time.

    It lists at most so many payments, and so many expenses; the raw tabs of the workbook have them all.
    """
    write_document(path, _parts(analysis, files, notices, transactions_at_most))


def _parts(
    analysis: Analysis, files: Sequence[TableOfFile], notices: Sequence[Any], at_most: int
) -> Iterator[Part]:
    run, said = identity(analysis, files), summary(analysis)
    described = {key: value for key, value in run.described.items() if key not in ("parameters", "inputs")}
    yield "report", {"id": str(run.report_id), **described, "baseCurrency": analysis.base_currency}
    yield "parameters", run.described["parameters"]
    yield CUSTOMER.json, CUSTOMER.records(analysis)[0]
    if analysis.customer.is_group:
        yield ENTITIES.json, _rows(analysis, replace(ENTITIES, where="level = 'entity'"))
    yield METHODS.json, _rows(analysis, replace(METHODS, only_json=_ONLY_METHODS))
    yield "spendSummary", _spend_summary(said)
    yield "topSupplierOpportunities", _opportunities(said)
    yield SUPPLIERS.json, _rows(analysis, _EVERY_SUPPLIER)
    yield "ongoingInsights", _ongoing(analysis)
    yield "inference", inference(analysis)
    yield "transactions", transactions(analysis, at_most)
    yield "transactionsOmitted", transactions_omitted(analysis, at_most)
    yield "formulas", formulas((CUSTOMER, ENTITIES, METHODS, SUPPLIERS))
    yield "warnings", _warnings(analysis)
    yield "notices", [plain(each) for each in notices]
    yield "files", provenance(files)


def _rows(analysis: Analysis, sheet: Sheet) -> Iterator[str]:
    columns = (*sheet.columns_for(analysis.customer), *sheet.only_json)
    keys = dict.fromkeys(each.key for each in columns if each.json)
    return json_rows(analysis, sheet.query(*keys), columns)


def _spend_summary(said: Summary) -> dict[str, Any]:
    """The benefits, and everything the formula takes."""

    def money(amount: Any) -> Any:
        return rounded(amount, said.decimals)

    return {
        "cardableSuppliersCount": said.cardable_suppliers,
        "cardableSpend": money(said.cardable_spend),
        "cardablePayments": rounded(said.cardable_payments, 2),
        "cashbackValue": money(said.cashback),
        "timeSavedHours": rounded(said.hours_saved, 2),
        "timeSaved": money(said.time_saved),
        "annualCardBenefits": money(said.benefits),
        "inputs": {
            "cashbackTiers": plain(said.parameters.cashback_tiers),
            "minutesPerPayment": said.parameters.minutes_per_payment,
            "hourlyRate": said.parameters.hourly_rate,
            "cardableMethods": plain(said.parameters.cardable_methods),
            "monthsReviewed": said.period.months,
            "baseCurrency": said.currency,
        },
    }


def _opportunities(said: Summary) -> list[dict[str, Any]]:
    return [
        {
            "supplierName": each.supplier_name,
            "annualSpend": rounded(each.annual_spend, said.decimals),
            "settlementTermsDays": each.terms_days,
            "currentPaymentMethod": each.method,
        }
        for each in said.opportunities
    ]


def _ongoing(analysis: Analysis) -> dict[str, Any] | None:
    """The quarter's figures; None before a full quarter has passed."""
    if not analysis.has_ongoing:
        return None
    (quarter,) = ongoing_insights.SUMMARY.records(analysis)
    sheets = (ongoing_insights.METHODS, ongoing_insights.NEW_SUPPLIERS)
    return {
        ongoing_insights.SUMMARY.json: quarter,
        **{sheet.json: _rows(analysis, sheet) for sheet in sheets},
    }


def _warnings(analysis: Analysis) -> list[dict[str, Any]]:
    found = analysis.connection.execute(
        "select code, count, sample_ids, message from warnings order by position"
    )
    names = ("code", "count", "sampleIds", "message")
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def provenance(files: Iterable[TableOfFile]) -> list[dict[str, Any]]:
    """Each file with its digest and what became of its rows, and the same for each of its tables."""
    by_file: dict[tuple[str, str], list[TableOfFile]] = {}
    for each in files:
        by_file.setdefault((PurePath(each.file).name, each.sha256), []).append(each)
    return [
        {
            "name": name,
            "sha256": digest,
            "rowsRead": sum(each.read for each in tables),
            "rowsAccepted": sum(each.accepted for each in tables),
            "rowsRejected": sum(each.rejected for each in tables),
            "rowsSkipped": sum(each.skipped for each in tables),
            "tables": [_table(each) for each in tables],
        }
        for (name, digest), tables in by_file.items()
    ]


def _table(table: TableOfFile) -> dict[str, Any]:
    return {key: value for key, value in plain(table).items() if key not in ("file", "sha256")}
