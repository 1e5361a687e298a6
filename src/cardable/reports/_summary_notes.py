"""The notes under the slide: how each of its figures came about."""

from decimal import Decimal

from cardable.reports._spoken import day, number, percent
from cardable.reports._summary import Summary
from cardable.reports._summary_words import either, months, setting
from cardable.reports._values import rounded


def notes(summary: Summary) -> str:
    """One paragraph a figure, with its arithmetic."""
    say = summary.say
    parts = [
        say("How each figure came about"),
        say(
            "Period: {start} to {end}, both days included, {months}. Base currency: {currency}. "
            "The slide shows whole units; the amounts below are exact to the currency's minor unit.",
            start=day(summary.period.start, say),
            end=day(summary.period.end, say),
            months=months(summary.period.months, say),
            currency=summary.currency or say("not known"),
        ),
        _cardable(summary),
        say("Cashback value: {arithmetic}.", arithmetic=_cashback(summary)),
        _time(summary),
        say(
            "Annual card benefits: Cashback value {cashback} + Time saved {time} = {benefits}.",
            cashback=summary.exact(summary.cashback),
            time=summary.exact(summary.time_saved),
            benefits=summary.exact(summary.benefits),
        ),
        say(
            "Spend by payment method: Total spend (bills plus expenses) of the suppliers whose most common "
            "inferred method it is, in the period, not scaled; records without a supplier are under Unknown. "
            "It equals the Spend Analysis tab."
        ),
        _opportunities(summary),
        *_warnings(summary),
        say(
            "To trace a figure further: the Spend Analysis workbook lists the suppliers and every record "
            "behind them, with the method inferred for each and why; report.json gives the verdict on each "
            "supplier."
        ),
    ]
    return "\n".join(parts)


def _cardable(summary: Summary) -> str:
    say, scaled = summary.say, _scaled(summary)
    cardable = say(
        "Cardable suppliers: {cardable} of {suppliers}. Their most common inferred method is {methods}, and "
        "none of the issuer's exclusions ({exclusions}) names them.",
        cardable=number(summary.cardable_suppliers, say),
        suppliers=number(summary.suppliers, say),
        methods=either(summary.parameters.cardable_methods, say),
        exclusions=say.how_many(
            len(summary.parameters.exclusions), "1 exclusion rule", "{count} exclusion rules"
        ),
    )
    spend = say(
        "Cardable spend: {spend}, the sum of their Total spend, none below zero{scaled}.",
        spend=summary.exact(summary.cardable_spend),
        scaled=scaled,
    )
    payments = say(
        "Cardable payments: {payments}, the sum of their # of payments and # of Expenses{scaled}.",
        payments=number(rounded(summary.cardable_payments, 2), say),
        scaled=scaled,
    )
    return "\n".join([cardable, spend, payments])


def _scaled(summary: Summary) -> str:
    """What is added to a sentence about a figure of other than twelve months."""
    if summary.period.months == 12:
        return ""
    return summary.say(", × 12 ÷ {months} to make it yearly", months=summary.period.months)


def _cashback(summary: Summary) -> str:
    """The tiers' arithmetic, a product a tier that the spend reaches."""
    below, products = Decimal(0), []
    for tier in summary.parameters.cashback_tiers:
        top = summary.cardable_spend if tier.up_to is None else min(summary.cardable_spend, tier.up_to)
        if top > below:
            products.append(f"{summary.exact(top - below)} × {percent(tier.rate, summary.say)}")
            below = top
    spend = " + ".join(products) or summary.say("no spend")
    return f"{spend} = {summary.exact(summary.cashback)}"


def _time(summary: Summary) -> str:
    say, parameters = summary.say, summary.parameters
    return say(
        "Time saved: {payments} payments × {minutes} minutes ÷ 60 = {hours} hours; "
        "× {rate} an hour = {value}.",
        payments=number(rounded(summary.cardable_payments, 2), say),
        minutes=number(parameters.minutes_per_payment, say),
        hours=number(rounded(summary.hours_saved, 2), say),
        rate=setting(parameters.hourly_rate, summary),
        value=summary.exact(summary.time_saved),
    )


def _opportunities(summary: Summary) -> str:
    say = summary.say
    rule = say(
        "Top supplier opportunities: the suppliers with the most Total spend whose most common method is not "
        "Credit Card{scaled}. Settlement terms are their most frequent days from issue to due date, '-' "
        "where no bill has a due date.",
        scaled=_scaled(summary),
    )
    rows = [
        ", ".join(
            (
                f"{each.supplier_name}{say.colon}{summary.exact(each.annual_spend)}",
                say("no terms")
                if each.terms_days is None
                else say.how_many(each.terms_days, "1 day", "{count} days"),
                say(each.method),
            )
        )
        for each in summary.opportunities
    ]
    return "\n".join([rule, *rows]) if rows else rule + " " + say("There are none.")


def _warnings(summary: Summary) -> list[str]:
    say = summary.say
    if not summary.warnings:
        return [say("Nothing was found missing or assumed.")]
    return [
        say("Missing or assumed:"),
        *(
            f"{each.code} ({number(each.count, say)}){say.colon}{say.again(each.message)}"
            for each in summary.warnings
        ),
    ]
