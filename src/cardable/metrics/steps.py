"""The order in which the SQL files run, each making the table or view of its name."""

from functools import cache
from importlib.resources import files

SUPPLIERS = ("supplier_copies", "supplier_keys")

RECORDS = (
    "suppliers",
    "bills",
    "payments",
    "expenses",
    "allocations",
    "rates_wanted",
    "table_rates",
    "found_rates",
    "bill_amounts",
    "imported",
)
"""Facts about single records, whatever the period and however they were paid."""

PAID = ("payment_amounts", "expense_amounts", "cash_allocations")
"""Facts about single records that take the methods of payments and expenses."""

FIGURES = (
    "bill_facts",
    "payment_facts",
    "expense_facts",
    "votes",
    "sums",
    "supplier_methods",
    "measures",
    "method_figures",
    "method_rows",
)
"""What the records of each period come to: the one reviewed, and the quarters compared."""

LISTED = ("listed", "common_terms", "last_year", "supplier_entities", "supplier_figures", "supplier_rows")
"""What is told of the `listed` suppliers beside their figures."""

TOTALS = ("entity_rows", "unrated", "customer_row", "summary_row")
"""The customer's totals, and what cards would bring."""

REPORT = (
    *TOTALS,
    "opportunity_rows",
    "inference",
    "warned",
    "warnings",
)

RAW_ROWS = (
    "bill_rows",
    "payment_rows",
    "expense_rows",
    "bill_row_amounts",
    "payment_row_amounts",
    "expense_row_amounts",
)

ONGOING = ("ongoing_supplier_rows", "ongoing_method_rows", "ongoing_summary_row")

PASSING = (
    "transaction_methods",
    "payment_links",
    "undecided",
    "named_readings",
    "free_readings",
    "free_methods",
    "named_texts",
    "free_texts",
    "bills",
    "payments",
    "expenses",
    "allocations",
)
"""Tables nothing reads once the records' facts are there."""

SPENT = ("cash_allocations",)
"""Large tables nothing reads once all figures are there."""

NAMES = frozenset(
    {
        "method_rows",
        "ongoing_supplier_rows",
        "bill_row_amounts",
        "payment_row_amounts",
        "expense_row_amounts",
    }
)
"""Steps that only name some rows of a table: they stay questions instead of becoming tables."""

VIEWS = NAMES | {"supplier_copies", "transactions", "payment_facts", "expense_facts", *RAW_ROWS}
"""The same where there are many records, with the steps that are large and read once or twice."""


@cache
def sql(step: str) -> str:
    """The statement of a step, as its file has it."""
    return files("cardable.metrics").joinpath(f"{step}.sql").read_text("utf-8")
