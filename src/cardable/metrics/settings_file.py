"""A settings file: TOML in, parameters out."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cardable.language import noted, said
from cardable.metrics import settings_values as values
from cardable.metrics.parameters import ExchangeRate, Exclusion, MethodOverride, Parameters, Tier
from cardable.metrics.settings_values import BadSettings, Reader

_READERS: dict[str, Reader] = {
    "months": values.whole(1, 60),
    "threshold": values.amount,
    "cashback_tiers": values.tables(
        Tier, {"up_to": values.amount, "rate": values.amount}, defaults={"up_to": None}
    ),
    "minutes_per_payment": values.amount,
    "hourly_rate": values.amount,
    "top_suppliers": values.whole(0, 100),
    "cardable_methods": values.list_of(values.method),
    "exclusions": values.tables(
        Exclusion, {"supplier_id": values.text, "pattern": values.text, "reason": values.text}
    ),
    "method_overrides": values.tables(
        MethodOverride,
        {"source": values.one_of("field", "account", "text"), "value": values.text, "method": values.method},
    ),
    "exchange_rates": values.tables(
        ExchangeRate,
        {
            "day": values.day,
            "from_currency": values.currency,
            "to_currency": values.currency,
            "rate": values.amount,
        },
    ),
    "group_currency": values.currency,
    "merge_by_tax_number": values.yes_or_no,
    "fiscal_year_first_month": values.whole(1, 12),
    "visa_counts_payments": values.yes_or_no,
    "enabled_reports": values.list_of(values.text),
    "issuer_name": values.text,
    "issuer_color": values.color,
    "issuer_logo": values.text,
    "version": values.text,
}
"""What each key may hold; the keys are the fields of Parameters, which say what they mean."""


def load_parameters(path: Path) -> Parameters:
    """The parameters a settings file holds; what it does not name has its default.

    Raises BadSettings, which names the file, the key and what it should be.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"), parse_float=values.exact)
    except OSError as cause:
        raise BadSettings(f"{path.name}: the settings file cannot be read ({cause.strerror})") from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise BadSettings(f"{path.name} is not TOML: {cause}") from cause
    try:
        return read_parameters(given, path.parent)
    except BadSettings as cause:
        raise BadSettings(f"{path.name}: {cause}") from cause.__cause__


def read_parameters(given: Mapping[str, Any], folder: Path = Path()) -> Parameters:
    """The parameters that a mapping holds, files it names taken from the folder; raises BadSettings."""
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in _READERS:
            raise BadSettings(_unknown(name, list(_READERS)))
        read[name] = _READERS[name](name, value)
    if "cashback_tiers" in read:
        _check_tiers(read["cashback_tiers"])
    if "issuer_logo" in read:
        read["issuer_logo"] = str(folder / read["issuer_logo"])
    for exclusion in read.get("exclusions", ()):
        if bool(exclusion.supplier_id) == bool(exclusion.pattern):
            raise BadSettings(noted("exclusions: each needs either supplier_id or pattern"))
    return Parameters(**read)


def _check_tiers(tiers: tuple[Tier, ...]) -> None:
    bounds = [tier.up_to for tier in tiers]
    named = [bound for bound in bounds[:-1] if bound is not None]
    if not bounds or bounds[-1] is not None or len(named) < len(bounds) - 1 or named != sorted(set(named)):
        raise BadSettings(
            noted("cashback_tiers: give each up_to, lowest first, and leave it out of the last tier only")
        )


def _unknown(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0)
    return said("there is no setting “{name}”. Did you mean “{near}”?", name=name, near=near[0])
