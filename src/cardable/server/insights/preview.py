"""What a change of the settings would do to a company's figures, before anything is saved."""

import tempfile
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import BoundedSemaphore

from cardable.language import said
from cardable.metrics import Analysis, Parameters
from cardable.server.companies.models import Company
from cardable.server.insights.customers import Held, Opened, held_data, opened
from cardable.server.insights.period import NothingDated, report_period
from cardable.server.insights.runs import local_day

_MEMORY_LIMIT = "512MB"
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE_SECONDS = 20
_MOST_KEPT = 32


class NotPreviewed(Exception):
    """Why there is nothing to see, in a sentence."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the Spend Summary would say."""

    currency: str
    months: int
    suppliers: int
    """Those that the Supplier Analysis would list."""
    cardable_suppliers: int
    cardable_spend: Decimal
    cashback: Decimal
    time_saved: Decimal
    benefit: Decimal
    excluded: int
    """Suppliers that the exclusions name."""
    without_rate: int
    """Records left out for want of an exchange rate."""


_LATELY: dict[Hashable, Outlook] = {}


def outlooks(company: Company, before: Parameters, after: Parameters) -> tuple[Outlook, Outlook]:
    """The company's figures from the data held now, by either settings; raises NotPreviewed."""
    held = held_data(company)
    if not held.snapshots:
        raise NotPreviewed(said("{company} has no data yet.", company=company.name))
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise NotPreviewed(said("Other previews are being worked out. Try again in a minute."))
    try:
        with opened(held) as data:
            return _known(company, held, data, before), _known(company, held, data, after)
    except NothingDated as fault:
        raise NotPreviewed(said("No record of {company} has a date.", company=company.name)) from fault
    finally:
        _AT_ONCE.release()


def _known(company: Company, held: Held, data: Opened, parameters: Parameters) -> Outlook:
    """The same data by the same settings says the same, so what was worked out lately is not again."""
    day = local_day(company.organization)
    key = (company.id, tuple(each.id for each in held.snapshots), day, parameters)
    if key not in _LATELY:
        while len(_LATELY) >= _MOST_KEPT:
            _LATELY.pop(next(iter(_LATELY)), None)
        _LATELY[key] = _outlook(company, held, data, parameters)
    return _LATELY[key]


def _outlook(company: Company, held: Held, data: Opened, parameters: Parameters) -> Outlook:
    day = local_day(company.organization)
    period, _ = report_period(data.customer, day, parameters.months, is_streaming=held.is_streaming)
    rates = parameters.exchange_rates + data.exchange_rates
    with (
        tempfile.TemporaryDirectory(prefix="cardable-") as folder,
        Analysis(
            data.customer,
            period,
            min(day, period.end + timedelta(days=1)),
            replace(parameters, exchange_rates=rates),
            memory_limit=_MEMORY_LIMIT,
            temp_folder=Path(folder),
            threads=2,
        ) as analysis,
    ):
        analysis.connection.execute("set enable_progress_bar = false")
        analysis.run_totals()
        found = analysis.row("summary_row") | analysis.row("customer_row")
        (listed,) = _one(analysis, "select count(*) filter (where shown) from supplier_rows")
        (excluded,) = _one(analysis, "select count(*) from supplier_rows where verdict = 'excluded'")
        return Outlook(
            currency=analysis.base_currency,
            months=parameters.months,
            suppliers=listed,
            cardable_suppliers=found["cardable_suppliers_count"],
            cardable_spend=found["cardable_spend"],
            cashback=found["cashback_value"],
            time_saved=found["time_saved_value"],
            benefit=found["annual_card_benefits"],
            excluded=excluded,
            without_rate=found["records_excluded"],
        )


def _one(analysis: Analysis, question: str) -> tuple[int, ...]:
    return analysis.connection.execute(question).fetchall()[0]
