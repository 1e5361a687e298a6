"""The sentences of the Spend Summary."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cardable.metrics.parameters import Tier
from cardable.reports._summary import DataWarning, Summary, whole

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: Decimal) -> str:
    """Without an exponent or zeros that say nothing."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    return f"{number(share * 100)}%"


def counted(count: int, noun: str) -> str:
    """`1 payment`, `2 payments`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def either(words: Sequence[str]) -> str:
    """`bank transfer, check or cash`."""
    *most, last = [word.lower() for word in words] or ["no method"]
    return f"{', '.join(most)} or {last}" if most else last


def headline(summary: Summary) -> str:
    """The one thing the slide says."""
    if summary.is_empty:
        return "No spend that could move to card was found in this period"
    spend, worth = summary.money(summary.cardable_spend), summary.money(summary.benefits)
    if summary.cardable_spend <= 0:
        return f"Moving payments to card could be worth {worth} a year"
    return f"Moving {spend} of spend to card could be worth {worth} a year"


def lead(summary: Summary) -> tuple[tuple[str, bool], ...]:
    """The sentence under the headline: stretches of text, and whether each is stressed."""
    if summary.suppliers == 0:
        return (("No supplier has a bill, a payment or an expense in this period.", False),)
    if summary.is_empty:
        return (("Cardable spend and cardable payments are both zero.", False),)
    share = summary.cardable_share
    part = f", {whole(share * 100)}% of all spend" if share is not None else ""
    months = summary.period.months
    return (
        (summary.money(summary.cardable_spend), True),
        (f" of cardable spend a year{part}, and ", False),
        (counted(whole(summary.cardable_payments), "cardable payment"), True),
        ("." if months == 12 else f", scaled from {counted(months, 'month')}.", False),
    )


def because(summary: Summary) -> str:
    """Whose spend it is."""
    methods, suppliers = either(summary.parameters.cardable_methods), counted(summary.suppliers, "supplier")
    if summary.suppliers == 0:
        return "Bring data of a later or a longer period."
    if summary.cardable_suppliers == 0:
        return f"Of {suppliers}, none that the issuer does not exclude is paid mainly by {methods}."
    are = "is" if summary.cardable_suppliers == 1 else "are"
    return f"{summary.cardable_suppliers:,} of {suppliers} {are} paid mainly by {methods}."


def tiers(summary: Summary) -> str:
    """The cashback rates in words."""
    return "; ".join(
        _tier(summary, index, each) for index, each in enumerate(summary.parameters.cashback_tiers)
    )


def _tier(summary: Summary, index: int, tier: Tier) -> str:
    if tier.up_to is None:
        return f"{percent(tier.rate)} of cardable spend" if index == 0 else f"{percent(tier.rate)} above"
    bound = f"{summary.currency} {number(tier.up_to)}".strip()
    return (
        f"{percent(tier.rate)} of the first {bound}" if index == 0 else f"{percent(tier.rate)} up to {bound}"
    )


def time_rule(summary: Summary, *, short: bool = False) -> str:
    """`3 minutes a payment at USD 40 an hour`."""
    minutes, rate = summary.parameters.minutes_per_payment, summary.parameters.hourly_rate
    money = f"{summary.currency} {number(rate)}".strip()
    if short:
        return f"{number(minutes)} min a payment, {money} an hour"
    return f"{number(minutes)} {'minute' if minutes == 1 else 'minutes'} a payment at {money} an hour"


def footnote(summary: Summary) -> str:
    """Rates, currency, and what is missing or assumed."""
    parts = [
        f"Cashback: {tiers(summary)}",
        f"Time saved: {time_rule(summary)}",
        f"Amounts in {summary.currency or 'an unknown currency'}, the base currency, in whole units",
    ]
    if summary.period.months != 12:
        parts.append(
            f"Yearly figures are {counted(summary.period.months, 'month')} × 12 ÷ {summary.period.months}"
        )
    if not summary.is_empty and whole(summary.cashback) + whole(summary.time_saved) != whole(
        summary.benefits
    ):
        parts.append("Rounded parts may not add up to the rounded sum")
    return ". ".join([*parts, *missing(summary)]) + "."


def missing(summary: Summary) -> list[str]:
    """What is not in the figures, or was assumed for them."""
    said = []
    if summary.unknown_spend > 0:
        unknown = summary.money(summary.unknown_spend)
        said.append(f"{unknown} of spend is by other or unknown methods and not counted as cardable")
    said.extend(_short(each) for each in summary.warnings if each.code in _SHORT)
    return said


_SHORT = {
    "NO_RATE": "{records} left out for want of an exchange rate",
    "DERIVED_PAYMENT": "{payments} taken from payment dates on bills",
    "UNASSIGNED": "{records} without a supplier in totals only",
    "SPEND_FROM_PAYMENTS": "Without bills, payments stand for spend",
    "OPTIONAL_DATA_MISSING": "{message}",
}


def _short(warning: DataWarning) -> str:
    return _SHORT[warning.code].format(
        records=counted(warning.count, "record"),
        payments=counted(warning.count, "payment"),
        message=warning.message.rstrip(". "),
    )
