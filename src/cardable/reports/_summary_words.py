"""The sentences of the Spend Summary."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from cardable.language import Speaker
from cardable.metrics.parameters import Tier
from cardable.reports._spoken import decimals, money, number, percent
from cardable.reports._summary import DataWarning, Summary, whole

_STRESS = re.compile("</?b>")


def months(count: int, say: Speaker) -> str:
    return say.how_many(count, "1 month", "{count} months")


def payments(count: int, say: Speaker) -> str:
    return say.how_many(count, "1 payment", "{count} payments")


def records(count: int, say: Speaker) -> str:
    return say.how_many(count, "1 record", "{count} records")


def either(methods: Sequence[str], say: Speaker) -> str:
    """`bank transfer, check or cash`."""
    return say.either([say(each).lower() for each in methods] or [say("no method")])


def headline(summary: Summary) -> str:
    """The one thing the slide says."""
    say = summary.say
    if summary.is_empty:
        return say("No spend that could move to card was found in this period")
    spend, worth = summary.money(summary.cardable_spend), summary.money(summary.benefits)
    if summary.cardable_spend <= 0:
        return say("Moving payments to card could be worth {worth} a year", worth=worth)
    return say("Moving {spend} of spend to card could be worth {worth} a year", spend=spend, worth=worth)


def lead(summary: Summary) -> tuple[tuple[str, bool], ...]:
    """The sentence under the headline: stretches of text, and whether each is stressed."""
    stretches = enumerate(_STRESS.split(_lead(summary)))
    return tuple((text, place % 2 == 1) for place, text in stretches if text)


def _lead(summary: Summary) -> str:
    say, share = summary.say, summary.cardable_share
    if summary.suppliers == 0:
        return say("No supplier has a bill, a payment or an expense in this period.")
    if summary.is_empty:
        return say("Cardable spend and cardable payments are both zero.")
    values = {
        "spend": summary.money(summary.cardable_spend),
        "payments": say.how_many(
            whole(summary.cardable_payments), "1 cardable payment", "{count} cardable payments"
        ),
        "months": months(summary.period.months, say),
        "share": say.percent(share or 0, 0),
    }
    is_yearly = summary.period.months == 12
    if share is None and is_yearly:
        return say("<b>{spend}</b> of cardable spend a year, and <b>{payments}</b>.", **values)
    if share is None:
        return say(
            "<b>{spend}</b> of cardable spend a year, and <b>{payments}</b>, scaled from {months}.", **values
        )
    if is_yearly:
        return say(
            "<b>{spend}</b> of cardable spend a year, {share} of all spend, and <b>{payments}</b>.", **values
        )
    return say(
        "<b>{spend}</b> of cardable spend a year, {share} of all spend, and <b>{payments}</b>, "
        "scaled from {months}.",
        **values,
    )


def because(summary: Summary) -> str:
    """Whose spend it is."""
    say, methods = summary.say, either(summary.parameters.cardable_methods, summary.say)
    suppliers = say.how_many(summary.suppliers, "1 supplier", "{count} suppliers")
    if summary.suppliers == 0:
        return say("Bring data of a later or a longer period.")
    if summary.cardable_suppliers == 0:
        return say(
            "Of {suppliers}, none that the issuer does not exclude is paid mainly by {methods}.",
            suppliers=suppliers,
            methods=methods,
        )
    return say.how_many(
        summary.cardable_suppliers,
        "1 of {suppliers} is paid mainly by {methods}.",
        "{count} of {suppliers} are paid mainly by {methods}.",
        suppliers=suppliers,
        methods=methods,
    )


def tiers(summary: Summary) -> str:
    """The cashback rates in words."""
    return "; ".join(
        _tier(summary, index, each) for index, each in enumerate(summary.parameters.cashback_tiers)
    )


def _tier(summary: Summary, index: int, tier: Tier) -> str:
    say, rate = summary.say, percent(tier.rate, summary.say)
    if tier.up_to is None and index == 0:
        return say("{rate} of cardable spend", rate=rate)
    if tier.up_to is None:
        return say.within("cashback tier", "{rate} above", rate=rate)
    bound = setting(tier.up_to, summary)
    if index == 0:
        return say.within("cashback tier", "{rate} of the first {bound}", rate=rate, bound=bound)
    return say.within("cashback tier", "{rate} up to {bound}", rate=rate, bound=bound)


def time_rule(summary: Summary, *, short: bool = False) -> str:
    """`3 minutes a payment at USD 40 an hour`."""
    say, minutes = summary.say, summary.parameters.minutes_per_payment
    values = {"minutes": number(minutes, say), "money": setting(summary.parameters.hourly_rate, summary)}
    if short:
        return say("{minutes} min a payment, {money} an hour", **values)
    if minutes == 1:
        return say("1 minute a payment at {money} an hour", money=values["money"])
    return say("{minutes} minutes a payment at {money} an hour", **values)


def setting(value: Decimal, summary: Summary) -> str:
    """An amount of the settings with the decimals it was given with, but for zeros."""
    return money(value, summary.currency, summary.say, places=decimals(value))


def footnote(summary: Summary) -> str:
    """Rates, currency, and what is missing or assumed."""
    say, scaled = summary.say, summary.period.months
    parts = [
        say("Cashback: {tiers}", tiers=tiers(summary)),
        say("Time saved: {rule}", rule=time_rule(summary)),
        say("Amounts in {currency}, the base currency, in whole units", currency=summary.currency)
        if summary.currency
        else say("Amounts in an unknown currency, the base currency, in whole units"),
    ]
    if scaled != 12:
        parts.append(
            say("Yearly figures are {months} × 12 ÷ {number}", months=months(scaled, say), number=scaled)
        )
    if not summary.is_empty and whole(summary.cashback) + whole(summary.time_saved) != whole(
        summary.benefits
    ):
        parts.append(say("Rounded parts may not add up to the rounded sum"))
    return ". ".join([*parts, *missing(summary)]) + "."


def missing(summary: Summary) -> list[str]:
    """What is not in the figures, or was assumed for them."""
    told = []
    if summary.unknown_spend > 0:
        unknown = summary.money(summary.unknown_spend)
        told.append(
            summary.say(
                "{amount} of spend is by other or unknown methods and not counted as cardable", amount=unknown
            )
        )
    told.extend(_SHORT[each.code](each, summary.say) for each in summary.warnings if each.code in _SHORT)
    return told


_SHORT: dict[str, Callable[[DataWarning, Speaker], str]] = {
    "NO_RATE": lambda warning, say: say(
        "{records} left out for want of an exchange rate", records=records(warning.count, say)
    ),
    "DERIVED_PAYMENT": lambda warning, say: say(
        "{payments} taken from payment dates on bills", payments=payments(warning.count, say)
    ),
    "UNASSIGNED": lambda warning, say: say(
        "{records} without a supplier in totals only", records=records(warning.count, say)
    ),
    "SPEND_FROM_PAYMENTS": lambda _, say: say("Without bills, payments stand for spend"),
    "OPTIONAL_DATA_MISSING": lambda warning, say: say.again(warning.message).rstrip(". "),
}
