"""What an issuer may set about its reports, with the defaults of the product."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cardable.language import noted
from cardable.records import Method


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A cashback tier: `rate` of the spend up to `up_to` (None: without end) and above the tier before."""

    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Suppliers that never count as cardable: by `supplier_id`, or by a name `pattern` with `*` and `?`."""

    supplier_id: str | None = None
    pattern: str | None = None
    reason: str = noted("excluded by the issuer")


@dataclass(frozen=True, kw_only=True)
class MethodOverride:
    """An exact value (normalised) of a `source` field that means a method, before any keyword.

    `source` is field, account or text.
    """

    source: str
    value: str
    method: Method


@dataclass(frozen=True, kw_only=True)
class ExchangeRate:
    """Units of `to_currency` for one unit of `from_currency`, as known on `day`."""

    day: date
    from_currency: str
    to_currency: str
    rate: Decimal


DEFAULT_TIERS = (
    Tier(up_to=Decimal(1_000_000), rate=Decimal("0.02")),
    Tier(up_to=None, rate=Decimal("0.01")),
)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Everything a report depends on beside the data, its period and its run date."""

    months: int = 12
    """Calendar months a report covers, up to its end date; yearly figures are scaled to 12."""
    threshold: Decimal = Decimal("1.00")
    """Annual spend under which a supplier is left out of the supplier list, in base currency; 0: none."""
    cashback_tiers: tuple[Tier, ...] = DEFAULT_TIERS
    """Cashback on the yearly cardable spend, in base currency, lowest tier first."""
    minutes_per_payment: Decimal = Decimal(3)
    """Minutes that a payment by card saves."""
    hourly_rate: Decimal = Decimal(40)
    """What an hour of payment work costs, in base currency."""
    top_suppliers: int = 3
    """How many supplier opportunities the Spend Summary lists."""
    cardable_methods: tuple[Method, ...] = (Method.BANK_TRANSFER, Method.CHECK, Method.CASH)
    """Methods whose spend could move to card."""
    exclusions: tuple[Exclusion, ...] = ()
    """Suppliers that never count as cardable: payroll, taxes, employees."""
    method_overrides: tuple[MethodOverride, ...] = ()
    """What the words of one source mean, before any keyword."""
    exchange_rates: tuple[ExchangeRate, ...] = ()
    """Rates for records that have none; the latest on or before the date, at most 7 days older."""
    group_currency: str | None = None
    """The currency of a group's report; else the parent's, else the one most of its companies share."""
    merge_by_tax_number: bool = False
    """Whether suppliers of different companies with one tax number and country are one row."""
    fiscal_year_first_month: int = 1
    """First month of the fiscal year, which sets the quarters of Ongoing Insights."""
    visa_counts_payments: bool = True
    """Visa's Total spend is bills + expenses + bill payments; False leaves the payments out."""
    enabled_reports: tuple[str, ...] = ()
    """Keys of the reports to make; empty: all."""
    issuer_name: str = ""
    """Named on the Spend Summary where there is no logo."""
    issuer_color: str = "#1F4E79"
    """Colour of the Spend Summary, as `#RRGGBB`; text on it stays readable."""
    issuer_logo: str | None = None
    """Path of a PNG or JPEG for the Spend Summary."""
    version: str = ""
    """What the issuer calls this state of its settings; reports name it."""
