"""What an organization, and a company apart from it, has set about its reports."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cardable.metrics import Parameters, read_parameters
from cardable.reports import all_reports
from cardable.server.companies.models import Company
from cardable.server.insights.models import SettingsVersion
from cardable.server.organizations.models import Organization

LAG = "ongoing_lag_days"
"""Days after a quarter's end before Ongoing Insights is made; the schedule's, not the report's."""
ONLY_ORGANIZATION = (LAG, "fiscal_year_first_month")
"""What is the same for all companies, as one clock starts them all."""
ADDED = ("exclusions", "method_overrides", "exchange_rates")
"""Lists to which a company adds its own; of everything else its own takes the place."""
_VENDOR_MATCH = ("mastercard-match", "paytech", "visa-vendor-match", "wex")
Given = Mapping[str, Any]


def usual_reports() -> list[str]:
    """The reports made where nothing is set: vendor matches are off until somebody wants them."""
    return [report.key for report in all_reports() if report.key not in _VENDOR_MATCH]


def parameters_of(organization: Organization, company: Company | None = None) -> Parameters:
    """The parameters of the reports, in the organization's name and color; raises BadSettings."""
    own = current_version(organization, company) if company else None
    common = current_version(organization)
    numbers = [str(common.number)] if common else ["default"] if own else []
    numbers += [f"company {own.number}"] if own else []
    given = combined(organization.report_parameters, own.given if own else {})
    return read_given(organization, given, ", ".join(numbers))


def read_given(organization: Organization, given: Given, version: str = "") -> Parameters:
    """The parameters these settings mean; raises BadSettings."""
    base = {
        "issuer_name": organization.name,
        "issuer_color": organization.primary_color,
        "enabled_reports": usual_reports(),
        "version": version,
    }
    return read_parameters(base | {key: _typed(key, value) for key, value in given.items() if key != LAG})


def combined(common: Given, own: Given) -> dict[str, Any]:
    """The organization's settings with a company's own: in the place of some, added to others."""
    return {
        **common,
        **{
            key: [*common.get(key, ()), *value] if key in ADDED else value
            for key, value in own.items()
            if key not in ONLY_ORGANIZATION
        },
    }


def current_version(organization: Organization, company: Company | None = None) -> SettingsVersion | None:
    """The settings in force, where anybody ever changed them."""
    found = SettingsVersion.objects.filter(organization_id=organization.id, company=company)
    return found.order_by("-number").first()


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
