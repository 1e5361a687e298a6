"""The parameters of a report as the small tables its SQL steps select from."""

from collections.abc import Iterable
from decimal import Decimal

import duckdb

from cardable.language import noted
from cardable.metrics.company import Customer
from cardable.metrics.imported_date import ImportedDate
from cardable.metrics.inputs import make_table
from cardable.metrics.keywords import blank_values, keywords, spaced
from cardable.metrics.normalise import normalised
from cardable.metrics.parameters import Parameters
from cardable.records import Method

_CATEGORIES = {
    Method.CREDIT_CARD: "Card",
    Method.DEBIT_CARD: "Card",
    Method.BANK_TRANSFER: "Non-Card",
    Method.CASH: "Non-Card",
    Method.CHECK: "Non-Card",
    Method.UNKNOWN: "Unknown",
    Method.OTHER: "Unknown",
}
"""Every method's category, in the order of the Spend Analysis tab."""

_VOTE_ORDER = (
    Method.CREDIT_CARD,
    Method.DEBIT_CARD,
    Method.BANK_TRANSFER,
    Method.CHECK,
    Method.CASH,
    Method.OTHER,
    Method.UNKNOWN,
)

_TYPED = {
    "Cash": Method.CASH,
    "Check": Method.CHECK,
    "CreditCard": Method.CREDIT_CARD,
    "DebitCard": Method.DEBIT_CARD,
    "BankTransfer": Method.BANK_TRANSFER,
    "Other": Method.OTHER,
}
"""What a source's API calls a method; its `Unknown` says no more than an empty field."""


def load_methods(connection: duckdb.DuckDBPyConnection) -> None:
    """The methods, their categories, and the fixed rows of the Spend Analysis tab."""
    make_table(
        connection,
        "methods",
        {"method": "varchar", "category": "varchar", "vote_order": "integer"},
        ((each.value, category, _VOTE_ORDER.index(each)) for each, category in _CATEGORIES.items()),
    )
    make_table(
        connection,
        "method_lines",
        {
            "position": "integer",
            "label": "varchar",
            "level": "varchar",
            "category": "varchar",
            "method": "varchar",
        },
        ((position, *line) for position, line in enumerate(_method_lines(), start=1)),
    )
    # A number for each name, in the order of the names: a million of them are small and quick to group.
    connection.execute("create type method as enum (select method from methods order by method)")
    make_table(connection, "typed_methods", {"typed": "varchar", "method": "method"}, _TYPED.items())


def load_keywords(connection: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """The keyword table, the values that count as blank, and the issuer's overrides."""
    make_table(
        connection,
        "keywords",
        {
            "position": "integer",
            "phrase": "varchar",
            "spaced": "varchar",
            "method": "varchar",
            "kind": "varchar",
        },
        ((n, each.phrase, spaced(each.phrase), each.method, each.kind) for n, each in enumerate(keywords())),
    )
    make_table(connection, "blank_values", {"plain": "varchar"}, ((value,) for value in blank_values()))
    # The last of several overrides for one value holds.
    overrides = {(each.source, normalised(each.value)): each.method for each in parameters.method_overrides}
    make_table(
        connection,
        "overrides",
        {"kind": "varchar", "plain": "varchar", "method": "varchar"},
        ((source, value, method.value) for (source, value), method in overrides.items()),
    )
    connection.execute(
        "create type keyword as enum "
        "(select phrase from keywords union select plain from overrides order by phrase)"
    )


def load_amounts(connection: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """Rates, tiers and cardable methods."""
    # A later line for the same day replaces an earlier one.
    rates = {
        (each.from_currency.upper(), each.to_currency.upper(), each.day): each.rate
        for each in parameters.exchange_rates
        if each.rate > 0
    }
    make_table(
        connection,
        "exchange_rates",
        {"from_currency": "varchar", "to_currency": "varchar", "day": "date", "rate": "decimal(18, 9)"},
        ((*pair, rate) for pair, rate in rates.items()),
    )
    bounds = [Decimal(0), *(tier.up_to for tier in parameters.cashback_tiers)]
    make_table(
        connection,
        "cashback_tiers",
        {"above": "decimal(18, 2)", "up_to": "decimal(18, 2)", "rate": "decimal(9, 6)"},
        (
            (above, tier.up_to, tier.rate)
            for above, tier in zip(bounds, parameters.cashback_tiers, strict=False)
        ),
    )
    make_table(
        connection,
        "cardable_methods",
        {"method": "varchar"},
        ((each.value,) for each in sorted(set(parameters.cardable_methods))),
    )


def load_imported_dates(
    connection: duckdb.DuckDBPyConnection, customer: Customer, dates: Iterable[ImportedDate]
) -> None:
    """The imported dates that earlier reports of this customer left."""
    make_table(
        connection,
        "imported_dates",
        {"supplier_id": "varchar", "source_instance": "varchar", "imported_on": "date"},
        (
            (each.supplier_id, each.source_instance or None, each.imported_on)
            for each in dates
            if each.company_id in (None, "", customer.id)
        ),
    )


def _method_lines() -> Iterable[tuple[str, str, str | None, str | None]]:
    for category in dict.fromkeys(_CATEGORIES.values()):
        label = noted("Unknown (category)") if category == "Unknown" else category
        yield label, "category", category, None
        for method, its_category in _CATEGORIES.items():
            if its_category == category:
                yield method.value, "method", category, method.value
    yield "Overall", "overall", None, None
