"""What the overview of an analysis is made of: its key figures, charts and explanations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from cardable.server.insights.figure_rows import (
    EntitySpend,
    Method,
    MonthOfNew,
    SupplierLine,
    Tier,
    Totals,
)
from cardable.server.portal.analysis_addresses import Addresses
from cardable.server.portal.charts import Bar, BarChart, Column, ColumnChart
from cardable.server.ui.templatetags.ui import count as number
from cardable.server.ui.templatetags.ui import days, money, percent, short_money

_BY_CATEGORY = {"Non-Card": "1", "Card": "2", "Unknown": "rest"}
_BY_VERDICT = {"cardable": "1", "already on card": "2", "excluded": "3"}
_MONTHS_DRAWN = 12
_SETTLED_DRAWN = 8


@dataclass(frozen=True)
class TierLine:
    """What one cashback tier brings."""

    tier: Tier
    spend: Decimal

    @property
    def cashback(self) -> Decimal:
        return self.spend * self.tier.rate


def key_figures(totals: Totals, overall: Method, to: Addresses) -> list[dict[str, Any]]:
    """The few figures at the top, each leading to what is behind it."""
    currency, yearly = totals.base_currency, Decimal(totals.months_reviewed) / 12
    part = totals.cardable_spend * yearly / totals.total_spend if totals.total_spend > 0 else None
    share = gettext("%(share)s of all spend") % {"share": percent(part)} if part is not None else ""
    terms = overall.average_terms_days
    return [
        {
            "label": gettext("Total spend"),
            "value": money(totals.total_spend, currency),
            "note": _spend_note(totals),
            "href": to.suppliers(),
        },
        {
            "label": gettext("Cardable spend a year"),
            "value": money(totals.cardable_spend, currency),
            "note": ", ".join(filter(None, [_suppliers(totals.cardable_suppliers_count), share])),
            "href": to.suppliers(verdict="cardable"),
        },
        {
            "label": gettext("Annual card benefits"),
            "value": money(totals.annual_card_benefits, currency),
            "note": gettext("Cashback and time saved: how it adds up"),
            "href": "#benefits",
        },
        {
            "label": gettext("Settlement period"),
            "value": days(overall.average_settlement_days),
            "note": terms_note(terms),
            "href": to.records("bills", only="settled")
            if overall.average_settlement_days is not None
            else "",
        },
    ]


def terms_note(terms: Decimal | None) -> str:
    """What a settlement is compared with."""
    if terms is None:
        return gettext("No payment terms")
    return gettext("Payment terms are %(days)s on average") % {"days": days(terms)}


def _spend_note(totals: Totals) -> str:
    currency = totals.base_currency
    by_payments = totals.spend_basis == "payments and expenses"
    first = (
        (gettext("payments %(amount)s"), totals.payments_amount)
        if by_payments
        else (gettext("bills %(amount)s"), totals.bills_amount)
    )
    parts = [first, (gettext("expenses %(amount)s"), totals.expenses_amount)]
    sums = " + ".join(said % {"amount": short_money(amount, currency)} for said, amount in parts if amount)
    words = gettext("%(sums)s, as no bills came") % {"sums": sums} if by_payments else sums
    return words[:1].upper() + words[1:]


def _suppliers(count: int) -> str:
    return ngettext("%(number)s supplier", "%(number)s suppliers", count) % {"number": number(count)}


def tier_lines(tiers: Sequence[Tier], cardable_spend: Decimal) -> list[TierLine]:
    """The tiers that the cardable spend reaches, and how much of it falls in each."""
    found: list[TierLine] = []
    for tier in tiers:
        upper = cardable_spend if tier.up_to is None else min(cardable_spend, tier.up_to)
        if upper > tier.above or not found:
            found.append(TierLine(tier, max(upper - tier.above, Decimal(0))))
    return found


def method_chart(methods: Sequence[Method], totals: Totals, to: Addresses) -> BarChart:
    """Total spend by the most common method of its supplier; methods without any are left out."""
    return BarChart(
        [
            Bar(
                label=gettext(each.label),
                value=each.total_spend,
                shown=_with_share(each.total_spend, totals),
                href=to.suppliers(method=each.label),
                series=_BY_CATEGORY[each.category or "Unknown"],
            )
            for each in methods
            if each.level == "method" and each.total_spend
        ]
    )


def supplier_chart(suppliers: Sequence[SupplierLine], totals: Totals, to: Addresses) -> BarChart:
    return BarChart(
        [
            Bar(
                label=each.supplier_name or gettext("No name"),
                value=each.total_spend,
                shown=_with_share(each.total_spend, totals),
                href=to.supplier(each.ref),
                series=_BY_VERDICT.get(each.verdict, "rest"),
            )
            for each in suppliers
        ]
    )


def entity_chart(entities: Sequence[EntitySpend], totals: Totals, to: Addresses) -> BarChart:
    return BarChart(
        [
            Bar(
                label=each.company_name,
                value=each.total_spend,
                shown=_with_share(each.total_spend, totals),
                href=to.records(_spent_by(each), entity=each.company_id),
            )
            for each in entities
        ]
    )


def _spent_by(entity: EntitySpend) -> str:
    """Where most of an entity's spend is recorded."""
    if entity.bills_amount:
        return "bills"
    return "expenses" if entity.expenses_amount == entity.total_spend else "payments"


def settled(suppliers: Sequence[SupplierLine]) -> list[SupplierLine]:
    """The largest suppliers that have both terms and a settlement."""
    both = [
        each
        for each in suppliers
        if each.average_terms_days is not None and each.average_settlement_days is not None
    ]
    return both[:_SETTLED_DRAWN]


def settlement_chart(overall: Method, suppliers: Sequence[SupplierLine], to: Addresses) -> BarChart:
    """Days to settlement, and under each the days that the terms allow."""
    bars = [_settlement(gettext("All suppliers"), overall, to.records("bills", only="settled"))]
    bars += [
        _settlement(each.supplier_name or gettext("No name"), each, to.supplier(each.ref))
        for each in suppliers
    ]
    return BarChart([bar for bar in bars if bar])


def _settlement(label: str, row: Method | SupplierLine, href: str) -> Any:
    settlement, terms = row.average_settlement_days, row.average_terms_days
    if settlement is None or terms is None:
        return None
    shown = gettext("%(days)s · terms %(terms)s") % {"days": days(settlement), "terms": days(terms)}
    return Bar(label=label, value=settlement, second=terms, shown=shown, href=href)


def months_not_told(totals: Totals) -> int:
    """So many first months say nothing of who is new: whoever is paid once a quarter would look so."""
    return 3 if totals.months_reviewed >= 6 else 1


def new_by_month(found: Sequence[MonthOfNew], totals: Totals) -> list[MonthOfNew]:
    """Every month of the period that can tell new suppliers from old, those without any too."""
    known = {each.month: each for each in found}
    first = totals.start_date.year * 12 + totals.start_date.month - 1
    months = range(first + months_not_told(totals), first + totals.months_reviewed)
    days_of = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [known.get(month) or MonthOfNew(month, 0, Decimal(0)) for month in days_of]


def month_chart(months: Sequence[MonthOfNew], to: Addresses) -> ColumnChart:
    return ColumnChart(
        [
            Column(
                month=each.month,
                value=each.suppliers_count,
                href=to.suppliers(first=f"{each.month:%Y-%m}") if each.suppliers_count else "",
            )
            for each in months[-_MONTHS_DRAWN:]
        ]
    )


def _with_share(amount: Decimal, totals: Totals) -> str:
    words = short_money(amount, totals.base_currency)
    return f"{words} · {percent(amount / totals.total_spend)}" if totals.total_spend > 0 else words
