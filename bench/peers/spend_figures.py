"""The figures of a Spend Analysis, worked out with pandas.

Money is whole cents in int64, so sums are exact. It does what the generated books need and no more: one
company, a rate on every foreign record, a supplier on every payment. That spares it work, not Cardable.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.peers.payment_words import CATEGORIES, CREDIT, METHODS, OTHER, UNKNOWN, Scan, is_blank

Frame = Any
"""A pandas DataFrame or Series."""

_RATE_UNIT = 1_000_000_000
_ORDER = {method: place for place, method in enumerate(METHODS)}


@dataclass(frozen=True)
class Window:
    start: Any
    end: Any
    months: int


@dataclass(frozen=True)
class Records:
    """The raw tabs, in their order, and the supplier list they hang on."""

    suppliers: Frame
    bills: Frame
    payments: Frame
    expenses: Frame


@dataclass(frozen=True)
class Spend:
    records: Records
    suppliers: Frame
    """One row per supplier in scope."""
    overall: Frame
    by_method: dict[str, Frame]


def spend(folder: Path, *, currency: str, end: str, months: int) -> Spend:
    window = _window(end, months)
    records, allocations = _records(folder, currency, window)
    methods = _usual_methods(records)
    measured = _measures(records, allocations, window)
    per_supplier = _per_supplier(records, measured, methods, window)
    groups = _method_of(methods)
    overall = _aggregate(measured, lambda frame: pd.Series("all", index=frame.index))
    return Spend(records, per_supplier, overall.loc["all"], _by_group(measured, groups))


def _window(end: str, months: int) -> Window:
    last = pd.Timestamp(end)
    return Window(last + pd.Timedelta(days=1) - pd.DateOffset(months=months), last, months)


def _records(folder: Path, currency: str, window: Window) -> tuple[Records, Frame]:
    bills = _money(_csv(folder, "bills", "issue_date", "due_date"), currency)
    bills["amount_due"] = _cents(bills["amount_due"])
    bills["base_due"] = _converted(bills["amount_due"], bills["rate"])
    payments = _money(_csv(folder, "bill_payments", "date"), currency)
    expenses = _money(_csv(folder, "expenses", "issue_date"), currency)
    allocations = _csv(folder, "payment_allocations")
    allocations["amount"] = _cents(allocations["amount"])
    suppliers = _csv(folder, "suppliers").set_index("supplier_id")
    settled = _settlements(allocations, payments, bills, window)

    bills = bills[_within(bills["issue_date"], window) & ~bills["status"].isin(["Void", "Draft"])]
    payments = payments[
        _within(payments["date"], window) & (payments["status"] != "Void") & (payments["total_amount"] != 0)
    ]
    expenses = expenses[_within(expenses["issue_date"], window)]
    payments = _with_methods(payments)
    expenses = _with_methods(expenses)
    return (
        Records(
            suppliers,
            bills.sort_values(["issue_date", "bill_id"]),
            payments.sort_values(["date", "payment_id"]),
            expenses.sort_values(["issue_date", "expense_id"]),
        ),
        settled,
    )


def _csv(folder: Path, name: str, *dates: str) -> Frame:
    amounts = {"total_amount", "amount_due", "amount", "currency_rate"}
    path = folder / f"{name}.csv"
    header = pd.read_csv(path, nrows=0).columns
    types = {column: "float64" if column in amounts else "str" for column in header if column not in dates}
    return pd.read_csv(path, dtype=types, parse_dates=list(dates), date_format="%Y-%m-%d")


def _money(frame: Frame, currency: str) -> Frame:
    """Adds the rate in billionths and the amount in base cents."""
    frame["total_amount"] = _cents(frame["total_amount"])
    own = frame["currency"] == currency
    frame["rate"] = np.where(own, _RATE_UNIT, np.rint(frame["currency_rate"].fillna(0) * _RATE_UNIT)).astype(
        "int64"
    )
    frame["base"] = _converted(frame["total_amount"], frame["rate"])
    return frame


def _cents(amounts: Frame) -> Frame:
    # Below 2^53 cents a double holds every cent, so rounding the product is exact.
    return np.rint(amounts * 100).astype("int64")


def _converted(cents: Frame, rate: Frame) -> Frame:
    """Rounded half away from zero, once per record."""
    size = np.abs(cents) * rate
    return np.sign(cents) * ((size + _RATE_UNIT // 2) // _RATE_UNIT)


def _within(days: Frame, window: Window) -> Frame:
    return (days >= window.start) & (days <= window.end)


def _settlements(allocations: Frame, payments: Frame, bills: Frame, window: Window) -> Frame:
    """The cash allocations of each bill, with the day and base amount of each."""
    cash = payments[
        (payments["status"] != "Void") & (payments["total_amount"] > 0) & (payments["date"] <= window.end)
    ]
    to_bills = allocations[allocations["link_type"] == "Bill"]
    joined = to_bills.merge(cash[["payment_id", "date"]], on="payment_id").merge(
        bills[["bill_id", "rate"]], left_on="link_id", right_on="bill_id"
    )
    joined["base"] = _converted(joined["amount"], joined["rate"])
    return joined[["bill_id", "date", "base"]]


def _with_methods(frame: Frame) -> Frame:
    """Adds the method the source states, the method inferred, and why."""
    field = _scanned(frame["payment_method"], "field")
    account = _scanned(frame["account_name"], "account")
    note = _scanned(frame["note"], "text")
    filled = ~_looked_up(frame["payment_method"], is_blank, if_missing=True).astype(bool)
    open_rows = field.isna() & account.isna() & note.isna()
    reference = pd.Series(None, index=frame.index, dtype=object)
    reference[open_rows] = _scanned(frame.loc[open_rows, "reference"], "text")
    fallback = pd.Series(np.where(filled, OTHER, UNKNOWN), index=frame.index)
    found = field.where(field.notna(), account).where(lambda s: s.notna(), note)
    found = found.where(found.notna(), reference)
    frame = frame.copy()
    frame["erp"] = field.map(_first, na_action="ignore").where(
        field.notna(), pd.Series(OTHER, index=frame.index).where(filled)
    )
    frame["inferred"] = found.map(_first, na_action="ignore").where(found.notna(), fallback)
    frame["why"] = _reasons(frame, field, account, note, found)
    return frame


def _reasons(frame: Frame, field: Frame, account: Frame, note: Frame, found: Frame) -> Frame:
    source = np.select(
        [field.notna(), account.notna(), note.notna(), found.notna()],
        ["Payment method", "Payment account", "Note", "Reference"],
        "Nothing",
    )
    keyword = found.map(lambda hit: f": “{hit[1]}”", na_action="ignore").fillna(" names a method")
    return pd.Series(source, index=frame.index) + keyword


def _first(hit: tuple[str, str]) -> str:
    return hit[0]


def _scanned(texts: Frame, source: str) -> Frame:
    return _looked_up(texts, Scan(source), if_missing=None)


def _looked_up(texts: Frame, rule: Callable[[str], Any], *, if_missing: Any) -> Frame:
    """The rule's answer for each text, asked once per distinct text."""
    codes, distinct = pd.factorize(texts)
    answers = np.empty(len(distinct) + 1, dtype=object)
    for place, text in enumerate(distinct):
        answers[place] = rule(text)
    answers[-1] = if_missing
    return pd.Series(answers[codes], index=texts.index)


def _usual_methods(records: Records) -> Frame:
    """Each supplier's most common method, as stated, as inferred, and whether it took a credit card."""
    votes = pd.concat(
        [
            _votes(records.payments.rename(columns={"date": "day"})),
            _votes(records.expenses.rename(columns={"issue_date": "day"})),
        ]
    )
    stated = _winners(votes[votes["erp"].notna()], "erp")
    known = _winners(votes[votes["inferred"] != UNKNOWN], "inferred")
    took_card = votes.loc[votes["inferred"] == CREDIT, "supplier_id"].unique()
    usual = pd.DataFrame({"erp": stated, "inferred": known})
    usual = usual.reindex(usual.index.union(took_card))
    usual["took_card"] = usual.index.isin(took_card)
    return usual


def _votes(frame: Frame) -> Frame:
    counted = frame[(frame["total_amount"] > 0) & frame["supplier_id"].notna()]
    return counted[["supplier_id", "day", "base", "erp", "inferred"]]


def _winners(votes: Frame, column: str) -> Frame:
    tally = votes.groupby(["supplier_id", column]).agg(
        count=("base", "size"), amount=("base", "sum"), last=("day", "max")
    )
    tally = tally.reset_index()
    tally["order"] = tally[column].map(_ORDER)
    ranked = tally.sort_values(
        ["supplier_id", "count", "amount", "last", "order"], ascending=[True, False, False, False, True]
    )
    return ranked.drop_duplicates("supplier_id").set_index("supplier_id")[column]


def _method_of(methods: Frame) -> Callable[[Frame], Frame]:
    def method(frame: Frame) -> Frame:
        return frame["supplier_id"].map(methods["inferred"]).fillna(UNKNOWN)

    return method


def _measures(records: Records, settled: Frame, window: Window) -> Records:
    """The records with every measure as a column, so that each figure is a plain sum."""
    bills = records.bills.copy()
    terms = (bills["due_date"] - bills["issue_date"]).dt.days
    bills["terms"] = terms.clip(lower=0)
    bills["terms_base"] = bills["base"].where(terms.notna(), 0)
    bills["terms_weight"] = (bills["terms"].fillna(0).astype("int64")) * bills["terms_base"]
    bills["open"] = bills["amount_due"] > 0
    bills["open_base"] = bills["base_due"].where(bills["open"], 0)
    paid = settled.merge(bills[["bill_id", "issue_date"]], on="bill_id")
    paid["weight"] = (paid["date"] - paid["issue_date"]).dt.days.clip(lower=0) * paid["base"]
    per_bill = paid.groupby("bill_id").agg(
        last=("date", "max"), paid=("base", "sum"), weight=("weight", "sum")
    )
    bills = bills.merge(per_bill, left_on="bill_id", right_index=True, how="left")
    bills["late"] = bills["last"] > bills["due_date"]
    bills["late_base"] = bills["base"].where(bills["late"], 0)
    bills[["paid", "weight"]] = bills[["paid", "weight"]].fillna(0).astype("int64")
    payments = records.payments.assign(counted=records.payments["total_amount"] > 0)
    expenses = records.expenses.assign(counted=records.expenses["total_amount"] > 0)
    return Records(records.suppliers, bills, payments, expenses)


def _aggregate(records: Records, key: Callable[[Frame], Frame]) -> Frame:
    bills = records.bills.groupby(key(records.bills)).agg(
        bills_count=("base", "size"), open_count=("open", "sum"), bills_amount=("base", "sum"),
        open_amount=("open_base", "sum"), late_count=("late", "sum"), late_amount=("late_base", "sum"),
        latest_bill=("issue_date", "max"),
        terms_weight=("terms_weight", "sum"), terms_base=("terms_base", "sum"),
        paid_weight=("weight", "sum"), paid_base=("paid", "sum"),
    )  # fmt: skip
    payments = records.payments.groupby(key(records.payments)).agg(
        payments_count=("counted", "sum"), payments_amount=("base", "sum")
    )
    expenses = records.expenses.groupby(key(records.expenses)).agg(
        expenses_count=("counted", "sum"), expenses_amount=("base", "sum")
    )
    counted = records.expenses[records.expenses["counted"]]
    expenses["latest_expense"] = counted.groupby(key(counted))["issue_date"].max()
    table = bills.join(payments, how="outer").join(expenses, how="outer")
    whole = [column for column in table.columns if not column.startswith("latest")]
    table[whole] = table[whole].fillna(0).astype("int64")
    return _with_ratios(table)


def _with_ratios(table: Frame) -> Frame:
    table["total_spend"] = table["bills_amount"] + table["expenses_amount"]
    for name, above, below in (
        ("open_share", "open_amount", "bills_amount"),
        ("late_share", "late_amount", "bills_amount"),
        ("average_payment", "payments_amount", "payments_count"),
        ("average_terms", "terms_weight", "terms_base"),
        ("average_settlement", "paid_weight", "paid_base"),
    ):
        table[name] = table[above] / table[below].where(table[below] > 0)
    return table


def _per_supplier(records: Records, measured: Records, methods: Frame, window: Window) -> Frame:
    table = _aggregate(measured, lambda frame: frame["supplier_id"])
    table.index.name = "supplier_id"
    dated = measured.bills[measured.bills["due_date"].notna()]
    terms = dated.groupby(["supplier_id", "terms"]).agg(count=("base", "size"), amount=("base", "sum"))
    ranked = terms.reset_index().sort_values(
        ["supplier_id", "count", "amount", "terms"], ascending=[True, False, False, True]
    )
    table["common_terms"] = ranked.drop_duplicates("supplier_id").set_index("supplier_id")["terms"]
    table = table.join(methods).join(records.suppliers)
    table[["erp", "inferred"]] = table[["erp", "inferred"]].fillna(UNKNOWN)
    table["took_card"] = table["took_card"].eq(True)
    table["folded"] = table["supplier_name"].str.casefold()
    return table.reset_index().sort_values(
        ["total_spend", "folded", "supplier_id"], ascending=[False, True, True]
    )


def _by_group(measured: Records, method: Callable[[Frame], Frame]) -> dict[str, Frame]:
    by_method = _aggregate(measured, method)
    by_category = _aggregate(measured, lambda frame: method(frame).map(CATEGORIES))
    return {name: row for table in (by_category, by_method) for name, row in table.iterrows()}
