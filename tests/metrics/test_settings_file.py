"""Settings files: what they may say, and what a mistake is told."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cardable.metrics import (
    BadSettings,
    ExchangeRate,
    Exclusion,
    MethodOverride,
    Parameters,
    Tier,
    load_parameters,
)
from cardable.records import Method

EVERYTHING = """
months = 6
threshold = 500.10
minutes_per_payment = 2.5
hourly_rate = "45"
top_suppliers = 5
cardable_methods = ["Bank Transfer", "check"]
group_currency = "eur"
merge_by_tax_number = true
fiscal_year_first_month = 4
visa_counts_payments = false
enabled_reports = ["spend-analysis"]
issuer_name = "First Bank"
issuer_color = "#AA0011"
issuer_logo = "logo.png"
version = "7"

[[cashback_tiers]]
up_to = 500000
rate = 0.015

[[cashback_tiers]]
rate = 0.01

[[exclusions]]
pattern = "*payroll*"
reason = "employees"

[[method_overrides]]
source = "field"
value = "ZE1"
method = "Bank Transfer"

[[exchange_rates]]
day = 2026-06-30
from_currency = "EUR"
to_currency = "USD"
rate = 1.123456789
"""


def _load(folder: Path, text: str) -> Parameters:
    path = folder / "bank.toml"
    path.write_text(text, "utf-8")
    return load_parameters(path)


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == Parameters()


def test_a_file_may_set_everything(tmp_path: Path) -> None:
    assert _load(tmp_path, EVERYTHING) == Parameters(
        months=6,
        threshold=Decimal("500.10"),
        minutes_per_payment=Decimal("2.5"),
        hourly_rate=Decimal(45),
        top_suppliers=5,
        cardable_methods=(Method.BANK_TRANSFER, Method.CHECK),
        group_currency="EUR",
        merge_by_tax_number=True,
        fiscal_year_first_month=4,
        visa_counts_payments=False,
        enabled_reports=("spend-analysis",),
        issuer_name="First Bank",
        issuer_color="#AA0011",
        issuer_logo=str(tmp_path / "logo.png"),
        version="7",
        cashback_tiers=(
            Tier(up_to=Decimal(500_000), rate=Decimal("0.015")),
            Tier(up_to=None, rate=Decimal("0.01")),
        ),
        exclusions=(Exclusion(pattern="*payroll*", reason="employees"),),
        method_overrides=(MethodOverride(source="field", value="ZE1", method=Method.BANK_TRANSFER),),
        exchange_rates=(
            ExchangeRate(
                day=date(2026, 6, 30), from_currency="EUR", to_currency="USD", rate=Decimal("1.123456789")
            ),
        ),
    )


def test_there_is_a_setting_for_every_parameter(tmp_path: Path) -> None:
    changed = _load(tmp_path, EVERYTHING)
    defaults = Parameters()
    assert all(getattr(changed, each.name) != getattr(defaults, each.name) for each in fields(Parameters))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("treshold = 5", "bank.toml: there is no setting “treshold”. Did you mean “threshold”?"),
        ("months = 0", "bank.toml: months is “0”. It should be a whole number from 1 to 60."),
        ("months = true", "bank.toml: months is “True”. It should be a whole number from 1 to 60."),
        ("threshold = -1", "bank.toml: threshold is “-1”. It should be a number of 0 or more."),
        ('threshold = "much"', "bank.toml: threshold is “much”. It should be a number."),
        ("threshold = nan", "bank.toml: threshold is “NaN”. It should be a number."),
        ('cardable_methods = "Check"', "bank.toml: cardable_methods is “Check”. It should be a list in [ ]."),
        ('group_currency = "euro"', "bank.toml: group_currency is “euro”. It should be a currency code"),
        ('issuer_color = "red"', "bank.toml: issuer_color is “red”. It should be a colour, as #1F4E79."),
        (
            'merge_by_tax_number = "yes"',
            "bank.toml: merge_by_tax_number is “yes”. It should be true or false.",
        ),
        ("[[exclusions]]\nreason='x'", "bank.toml: exclusions: each needs either supplier_id or pattern"),
        ("[[exclusions]]\nname='x'", "bank.toml: exclusions has no “name”. Did you mean"),
        (
            "[[method_overrides]]\nsource='note'",
            "bank.toml: method_overrides.source is “note”. It should be one of",
        ),
        (
            "[[method_overrides]]\nsource='text'",
            "bank.toml: method_overrides: each table needs source, value, method",
        ),
        ("[[cashback_tiers]]\nup_to=5\nrate=1", "bank.toml: cashback_tiers: give each up_to, lowest first"),
        ("months =", "bank.toml is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadSettings) as raised:
        _load(tmp_path, text)
    assert str(raised.value).startswith(complaint)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"bank.toml: the settings file cannot be read"):
        load_parameters(tmp_path / "bank.toml")
