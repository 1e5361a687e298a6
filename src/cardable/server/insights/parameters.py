"""What an organization has set about its reports."""

from datetime import date
from decimal import Decimal
from typing import Any

from cardable.metrics import Parameters, read_parameters
from cardable.server.organizations.models import Organization

LAG = "ongoing_lag_days"
"""Days after a quarter's end before Ongoing Insights is made; the schedule's, not the report's."""


def parameters_of(organization: Organization) -> Parameters:
    """The parameters of an organization's reports, in its own name and colour; raises BadSettings."""
    own = {"issuer_name": organization.name, "issuer_color": organization.primary_color}
    given = {key: _typed(key, value) for key, value in organization.report_parameters.items() if key != LAG}
    return read_parameters(own | given)


def lag_days(organization: Organization) -> int:
    """How many days after a quarter's end Ongoing Insights is made."""
    return int(organization.report_parameters.get(LAG, 0))


def _typed(key: str, value: Any) -> Any:
    """JSON as TOML would have it: exact numbers, and days that are days."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, list):
        return [_typed(key, each) for each in value]
    if isinstance(value, dict):
        return {name: _typed(name, each) for name, each in value.items()}
    return date.fromisoformat(value) if key == "day" and isinstance(value, str) else value
