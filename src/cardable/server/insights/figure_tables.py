"""A run's figures kept as Parquet, so that screens show exactly what the reports say."""

from pathlib import Path

from cardable.metrics import Analysis

# Addresses of pages name a supplier without telling its ID, which may be a person's number.
_REF = "create or replace temp macro ref(supplier_key) as left(sha256(supplier_key), 16)"


def _position(day: str) -> str:
    """The place of a record among those of its tab, the oldest first."""
    return f"row_number() over (order by {day}, id, company_id, record) as position"


_FIRST_SEEN = """
select supplier, min(day) as first_seen
from (
    select supplier, period, issue_date as day from bill_facts
    union all
    select supplier, period, paid_on from payment_facts
    union all
    select supplier, period, issue_date from expense_facts
)
where supplier is not null and period = 'report'
group by supplier
"""

TABLES = {
    "customer_row": "select * from customer_row",
    "summary_row": "select * from summary_row",
    "terms_row": "select minutes_per_payment, hourly_rate, digits from settings",
    "tier_rows": "select above, up_to, rate from cashback_tiers order by above",
    "method_rows": "select * from method_rows order by position",
    "entity_rows": "select * from entity_rows order by position",
    "opportunity_rows": "select *, ref(supplier_key) as ref from opportunity_rows order by position",
    "warnings": "select * from warnings order by position",
    "supplier_rows": f"""
        select
            s.* exclude (supplier, addresses),
            ref(s.supplier_key) as ref,
            f.first_seen,
            d.plain_name <> '' and count(*) over (partition by d.plain_name) > 1 as has_namesake
        from supplier_rows as s
        inner join suppliers as d on d.supplier = s.supplier
        left join ({_FIRST_SEEN}) as f on f.supplier = s.supplier
        order by s.position
    """,  # noqa: S608 (our own statement)
    "bill_rows": f"""
        select
            {_position("b.issue_date")},
            b.* exclude (record),
            f.terms_days,
            coalesce(f.is_late, false) as is_late,
            f.settled_amount,
            f.settled_days_amount,
            ref(b.supplier_key) as ref
        from bill_rows as b
        left join (select * from bill_facts where period = 'report') as f using (record)
    """,  # noqa: S608
    "payment_rows": f"""
        select {_position("date")}, * exclude (record), ref(supplier_key) as ref from payment_rows
    """,  # noqa: S608
    "expense_rows": f"""
        select {_position("issue_date")}, * exclude (record), ref(supplier_key) as ref from expense_rows
    """,  # noqa: S608
}
"""What is kept of an analysis: each table and the question whose answer it holds."""


def write_tables(analysis: Analysis, folder: Path) -> None:
    """Keep every table of the analysis that screens show, one Parquet file each."""
    analysis.connection.execute(_REF)
    for table, question in TABLES.items():
        analysis.connection.sql(question).write_parquet(str(folder / f"{table}.parquet"), compression="zstd")
