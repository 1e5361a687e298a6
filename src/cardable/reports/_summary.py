"""The figures of the Spend Summary."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cardable.language import ENGLISH, Speaker, speaker
from cardable.metrics import Analysis
from cardable.metrics.parameters import Parameters
from cardable.metrics.period import Period
from cardable.reports._spoken import money
from cardable.reports._values import rounded

_TOTALS = (
    "cardable_suppliers_count, cardable_spend, cardable_payments, cashback_value, time_saved_hours, "
    "time_saved_value, annual_card_benefits"
)


@dataclass(frozen=True)
class MethodSpend:
    """What was spent, in the period, with suppliers mostly paid by one method."""

    method: str
    category: str
    spend: Decimal


@dataclass(frozen=True)
class Opportunity:
    """A supplier whose spend could move to card."""

    supplier_name: str
    annual_spend: Decimal
    terms_days: int | None
    method: str


@dataclass(frozen=True)
class DataWarning:
    """A kind of record, or missing data, that the reader should know of."""

    code: str
    count: int
    message: str


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything the slide says."""

    customer: str
    period: Period
    run_date: date
    currency: str
    decimals: int
    suppliers: int
    cardable_suppliers: int
    cardable_spend: Decimal
    cardable_payments: Decimal
    cashback: Decimal
    hours_saved: Decimal
    time_saved: Decimal
    benefits: Decimal
    methods: tuple[MethodSpend, ...]
    opportunities: tuple[Opportunity, ...]
    warnings: tuple[DataWarning, ...]
    parameters: Parameters
    say: Speaker
    """Who says it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that could move to card."""
        return self.cardable_spend <= 0 and self.cardable_payments <= 0

    @property
    def total_spend(self) -> Decimal:
        return sum((each.spend for each in self.methods), Decimal(0))

    @property
    def unknown_spend(self) -> Decimal:
        return sum((each.spend for each in self.methods if each.category == "Unknown"), Decimal(0))

    @property
    def cardable_share(self) -> Decimal | None:
        """Cardable spend as a share of all spend, where that is a share at all."""
        yearly = self.total_spend * 12 / self.period.months
        share = self.cardable_spend / yearly if yearly > 0 else None
        return share if share is not None and 0 < share <= 1 else None

    def money(self, amount: Decimal) -> str:
        """The amount in whole units of the base currency."""
        return money(whole(amount), self.currency, self.say)

    def exact(self, amount: Decimal) -> str:
        """The amount to the currency's minor unit."""
        return money(amount, self.currency, self.say, places=self.decimals)


def whole(amount: Decimal) -> int:
    """Rounded half-up to a whole number, ties away from zero."""
    return int(rounded(amount, 0))


def summary(analysis: Analysis, language: str = ENGLISH) -> Summary:
    """The slide's figures, as the metrics have them."""
    suppliers = _rows(analysis, "customer_row", "suppliers_count")[0][0]
    cardable, spend, payments, cashback, hours, time_saved, benefits = _rows(
        analysis, "summary_row", _TOTALS
    )[0]
    return Summary(
        customer=analysis.customer.name,
        period=analysis.period,
        run_date=analysis.run_date,
        currency=analysis.base_currency,
        decimals=analysis.digits,
        suppliers=suppliers,
        cardable_suppliers=cardable,
        cardable_spend=spend,
        cardable_payments=payments,
        cashback=cashback,
        hours_saved=hours,
        time_saved=time_saved,
        benefits=benefits,
        methods=tuple(
            MethodSpend(*row)
            for row in _rows(
                analysis, "method_rows", "method, category, total_spend", "level = 'method'", "position"
            )
        ),
        opportunities=tuple(
            Opportunity(*row)
            for row in _rows(
                analysis,
                "opportunity_rows",
                "supplier_name, annual_spend, settlement_terms_days, current_method",
                order="position",
            )
        ),
        warnings=tuple(
            DataWarning(*row) for row in _rows(analysis, "warnings", "code, count, message", order="position")
        ),
        parameters=analysis.parameters,
        say=speaker(language),
    )


def _rows(
    analysis: Analysis, table: str, columns: str, where: str = "true", order: str = "1"
) -> list[tuple[Any, ...]]:
    query = f"select {columns} from {table} where {where} order by {order}"  # noqa: S608
    return analysis.connection.execute(query).fetchall()
