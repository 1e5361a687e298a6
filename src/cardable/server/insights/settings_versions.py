"""Report settings changed, each state kept with who left it so, and gone back to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.dates import MONTHS

from cardable.metrics import Parameters
from cardable.reports import all_reports
from cardable.server import events
from cardable.server.companies.models import Company
from cardable.server.insights.models import SettingsVersion
from cardable.server.insights.parameters import LAG, Given, current_version, usual_reports
from cardable.server.organizations.models import Organization

LABELS = {
    "months": "Months reviewed",
    "threshold": "Leave out suppliers under",
    "top_suppliers": "Top suppliers on the Spend Summary",
    "enabled_reports": "Reports",
    "cardable_methods": "Cardable methods",
    "cashback_tiers": "Cashback tiers",
    "minutes_per_payment": "Minutes per payment",
    "hourly_rate": "Hourly rate",
    "exclusions": "Exclusions",
    "method_overrides": "Payment-method overrides",
    "exchange_rates": "Exchange rates",
    "group_currency": "Group currency",
    "merge_by_tax_number": "Merge suppliers by tax number",
    "fiscal_year_first_month": "First month of the fiscal year",
    LAG: "Days after the quarter",
    "visa_counts_payments": "Visa total spend counts bill payments",
}
"""What people call each setting, in the order they are shown."""
_ROWS_TOLD = 5


@dataclass(frozen=True)
class Change:
    """One setting, before and after, in words."""

    label: str
    before: str
    after: str


def versions_of(organization: Organization, company: Company | None = None) -> QuerySet[SettingsVersion]:
    """Every state of the settings, the one in force first."""
    found = SettingsVersion.objects.filter(organization_id=organization.id, company=company)
    return found.order_by("-number")


def change(
    organization: Organization,
    given: Given,
    *,
    by: str,
    company: Company | None = None,
    note: str = "",
) -> SettingsVersion | None:
    """Put these settings in force as a new version; None where they are those in force already."""
    # Two people who save at once make two versions, one after the other.
    held = Organization.objects.select_for_update().get(id=organization.id)
    latest = current_version(organization, company)
    before = latest.given if latest else {} if company else held.report_parameters
    if before == given:
        return None
    if latest is None and before:
        latest = _keep(organization, company, 1, before, "", "Set before versions were kept.")
    made = _keep(organization, company, latest.number + 1 if latest else 1, dict(given), by, note)
    if company is None:
        Organization.objects.filter(id=organization.id).update(report_parameters=dict(given))
        organization.report_parameters = dict(given)
    words = ", ".join(each.label.lower() for each in changes(before, given))
    events.record(
        "settings.reports.changed", f"Report settings {made.number}: {words}.", company=company, actor=by
    )
    return made


def changes(before: Given, after: Given, *, of_company: bool = False) -> list[Change]:
    """What differs between two states of the settings."""
    return [
        Change(label, _or_unset(key, before, of_company), _or_unset(key, after, of_company))
        for key, label in LABELS.items()
        if before.get(key) != after.get(key)
    ]


def whole(given: Given) -> list[Change]:
    """Everything that is set, in words."""
    return [Change(label, "", told(key, given[key])) for key, label in LABELS.items() if key in given]


def without_usual(given: Given) -> dict[str, Any]:
    """The settings that say something else than what holds anyway."""
    return {key: value for key, value in given.items() if not _is_usual(key, value)}


def told(key: str, value: Any) -> str:
    """What a setting is, in words."""
    if value is None or value == []:
        return "None"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if key == "fiscal_year_first_month":
        return str(MONTHS[value])
    if not isinstance(value, list):
        return str(value)
    more = f" and {len(value) - _ROWS_TOLD} more" if len(value) > _ROWS_TOLD else ""
    shown = value if key == "enabled_reports" else value[:_ROWS_TOLD]
    return "; ".join(_row(key, each) for each in shown) + ("" if shown == value else more)


def _or_unset(key: str, given: Given, of_company: bool) -> str:
    if key in given:
        return told(key, given[key])
    return "As the organization" if of_company else told(key, default_of(key))


def _is_usual(key: str, value: Any) -> bool:
    usual = default_of(key)
    if isinstance(usual, Decimal) or (isinstance(usual, int) and not isinstance(usual, bool)):
        return Decimal(str(value)) == usual
    if key in ("enabled_reports", "cardable_methods"):
        return set(value) == set(usual)
    return bool(value == usual)


def default_of(key: str) -> Any:
    """What holds where nobody set anything, as settings are kept."""
    if key == LAG:
        return 0
    if key == "enabled_reports":
        return usual_reports()
    value = getattr(Parameters(), key)
    if key == "cashback_tiers":
        return [
            {"rate": str(tier.rate)} | ({"up_to": str(tier.up_to)} if tier.up_to is not None else {})
            for tier in value
        ]
    if key == "cardable_methods":
        return [method.value for method in value]
    return list(value) if isinstance(value, tuple) else value


def _keep(
    organization: Organization, company: Company | None, number: int, given: Any, by: str, note: str
) -> SettingsVersion:
    return SettingsVersion.objects.create(
        organization_id=organization.id,
        company=company,
        number=number,
        given=given,
        changed_by=by,
        note=note,
    )


def _row(key: str, row: Any) -> str:
    if key == "enabled_reports":
        return {report.key: report.name for report in all_reports()}.get(row, str(row))
    if not isinstance(row, dict):
        return str(row)
    if key == "cashback_tiers":
        share = f"{(Decimal(row['rate']) * 100).normalize():f}%"
        return f"{share} up to {Decimal(row['up_to']):,}" if row.get("up_to") else f"{share} above"
    if key == "exclusions":
        return str(row.get("pattern") or f"ID {row.get('supplier_id')}")
    if key == "method_overrides":
        return f"{row['source']} “{row['value']}” means {row['method']}"
    return " ".join(str(each) for each in row.values())
