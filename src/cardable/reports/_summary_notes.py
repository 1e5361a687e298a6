"""The notes under the slide: how each of its figures came about."""

from decimal import Decimal

from cardable.reports._summary import Summary
from cardable.reports._summary_words import counted, day, either, number, percent
from cardable.reports._values import rounded


def notes(summary: Summary) -> str:
    """One paragraph a figure, with its arithmetic."""
    parts = [
        "How each figure came about",
        f"Period: {day(summary.period.start)} to {day(summary.period.end)}, both days included, "
        f"{counted(summary.period.months, 'month')}. Base currency: {summary.currency or 'not known'}. "
        "The slide shows whole units; the amounts below are exact to the currency's minor unit.",
        _cardable(summary),
        f"Cashback value: {_cashback(summary)}.",
        f"Time saved: {_time(summary)}.",
        f"Annual card benefits: Cashback value {summary.exact(summary.cashback)} + Time saved "
        f"{summary.exact(summary.time_saved)} = {summary.exact(summary.benefits)}.",
        "Spend by payment method: Total spend (bills plus expenses) of the suppliers whose most common "
        "inferred method it is, in the period, not scaled; records without a supplier are under Unknown. "
        "It equals the Spend Analysis tab.",
        _opportunities(summary),
        *_warnings(summary),
        "To trace a figure further: the Spend Analysis workbook lists the suppliers and every record behind "
        "them, with the method inferred for each and why; report.json gives the verdict on each supplier.",
    ]
    return "\n".join(parts)


def _cardable(summary: Summary) -> str:
    methods = either(summary.parameters.cardable_methods)
    excluded = counted(len(summary.parameters.exclusions), "exclusion rule")
    spend, payments = summary.exact(summary.cardable_spend), number(rounded(summary.cardable_payments, 2))
    return (
        f"Cardable suppliers: {summary.cardable_suppliers:,} of {summary.suppliers:,}. Their most common "
        f"inferred method is {methods}, and none of the issuer's exclusions ({excluded}) names them.\n"
        f"Cardable spend: {spend}, the sum of their Total spend, none below zero{_scaled(summary)}.\n"
        f"Cardable payments: {payments}, the sum of their # of payments and # of Expenses{_scaled(summary)}."
    )


def _scaled(summary: Summary) -> str:
    months = summary.period.months
    return "" if months == 12 else f", × 12 ÷ {months} to make it yearly"


def _cashback(summary: Summary) -> str:
    """The tiers' arithmetic, a product a tier that the spend reaches."""
    below, products = Decimal(0), []
    for tier in summary.parameters.cashback_tiers:
        top = summary.cardable_spend if tier.up_to is None else min(summary.cardable_spend, tier.up_to)
        if top > below:
            products.append(f"{summary.exact(top - below)} × {percent(tier.rate)}")
            below = top
    return f"{' + '.join(products) or 'no spend'} = {summary.exact(summary.cashback)}"


def _time(summary: Summary) -> str:
    minutes, rate = summary.parameters.minutes_per_payment, summary.parameters.hourly_rate
    return (
        f"{number(rounded(summary.cardable_payments, 2))} payments × {number(minutes)} minutes ÷ 60 = "
        f"{number(rounded(summary.hours_saved, 2))} hours; × {summary.currency} {number(rate)} an hour = "
        f"{summary.exact(summary.time_saved)}"
    )


def _opportunities(summary: Summary) -> str:
    rule = (
        "Top supplier opportunities: the suppliers with the most Total spend whose most common method is not "
        f"Credit Card{_scaled(summary)}. Settlement terms are their most frequent days from issue to "
        "due date, '-' where no bill has a due date."
    )
    rows = [
        f"{each.supplier_name}: {summary.exact(each.annual_spend)}, "
        f"{'no terms' if each.terms_days is None else counted(each.terms_days, 'day')}, {each.method}"
        for each in summary.opportunities
    ]
    return "\n".join([rule, *rows]) if rows else f"{rule} There are none."


def _warnings(summary: Summary) -> list[str]:
    if not summary.warnings:
        return ["Nothing was found missing or assumed."]
    return [
        "Missing or assumed:",
        *(f"{each.code} ({each.count:,}): {each.message}" for each in summary.warnings),
    ]
