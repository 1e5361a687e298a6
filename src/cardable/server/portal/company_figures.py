"""The few figures of a company's latest Spend Analysis that its summary shows."""

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.insights.models import ReportRun
from cardable.server.ui.moments import day_words


@dataclass(frozen=True)
class Headline:
    """Total spend and suppliers of a period."""

    total_spend: Decimal | None
    currency: str | None
    suppliers: int
    period: str


def headline(company: Company) -> Headline | None:
    """What the latest complete run says; None before the first."""
    runs = ReportRun.objects.filter(company=company, kind="spendAnalysis", status="Complete")
    run = runs.order_by("-requested_at").first()
    if run is None or not run.storage_prefix:
        return None
    with storage.checked_out(f"{run.storage_prefix}/figures") as folder, duckdb.connect() as connection:
        kept = folder / "customer_row.parquet"
        if not kept.exists():
            return None
        found = connection.execute(
            "select coalesce(bills_amount, 0) + coalesce(expenses_amount, 0), base_currency, suppliers_count"
            " from read_parquet(?)",
            [str(kept)],
        ).fetchone()
    period = f"{day_words(run.period_start, 'en')} – {day_words(run.period_end, 'en')}"
    return Headline(found[0], found[1], found[2] or 0, period) if found else None
