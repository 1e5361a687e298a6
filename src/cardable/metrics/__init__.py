"""What a company's records say: every figure of the reports, in SQL files run by DuckDB."""

from cardable.metrics.analysis import Analysis
from cardable.metrics.company import Customer, Entity
from cardable.metrics.imported_date import ImportedDate
from cardable.metrics.minor_units import minor_digits
from cardable.metrics.parameters import (
    DEFAULT_TIERS,
    ExchangeRate,
    Exclusion,
    MethodOverride,
    Parameters,
    Tier,
)
from cardable.metrics.period import Period, months_before
from cardable.metrics.settings_file import load_parameters, read_parameters
from cardable.metrics.settings_values import BadSettings

__all__ = [
    "DEFAULT_TIERS",
    "Analysis",
    "BadSettings",
    "Customer",
    "Entity",
    "ExchangeRate",
    "Exclusion",
    "ImportedDate",
    "MethodOverride",
    "Parameters",
    "Period",
    "Tier",
    "load_parameters",
    "minor_digits",
    "months_before",
    "read_parameters",
]
