"""Report settings changed, each state kept with who left it so, and gone back to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.translation import gettext

from cardable.language import noted, said
from cardable.metrics import Parameters
from cardable.reports import all_reports
from cardable.server import events
from cardable.server.companies.models import Company
from cardable.server.insights.models import SettingsVersion
from cardable.server.insights.parameters import LAG, Given, current_version, usual_reports
from cardable.server.organizations.models import Organization

LABELS = {
    "months": noted("Months reviewed"),
    "threshold": noted("Leave out suppliers under"),
    "top_suppliers": noted("Top suppliers on the Spend Summary"),
    "enabled_reports": noted("Reports"),
    "cardable_methods": noted("Cardable methods"),
    "cashback_tiers": noted("Cashback tiers"),
    "minutes_per_payment": noted("Minutes per payment"),
    "hourly_rate": noted("Hourly rate"),
    "exclusions": noted("Exclusions"),
    "method_overrides": noted("Payment-method overrides"),
    "exchange_rates": noted("Exchange rates"),
    "group_currency": noted("Group currency"),
    "merge_by_tax_number": noted("Merge suppliers by tax number"),
    "fiscal_year_first_month": noted("First month of the fiscal year"),
    LAG: noted("Days after the quarter"),
    "visa_counts_payments": noted("Visa total spend counts bill payments"),
}
"""What people call each setting, in the order they are shown."""
_SAID_SO = noted("top suppliers on the spend summary")
"""In the activity log labels stand in small letters; this one has others inside."""
_SOURCES = (noted("field"), noted("account"), noted("text"))
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
        latest = _keep(organization, company, 1, before, "", said("Set before versions were kept."))
    made = _keep(organization, company, latest.number + 1 if latest else 1, dict(given), by, note)
    if company is None:
        Organization.objects.filter(id=organization.id).update(report_parameters=dict(given))
        organization.report_parameters = dict(given)
    words = ", ".join(LABELS[key].lower() for key in _changed(before, given))
    events.record(
        "settings.reports.changed",
        said("Report settings {number}: {changes}.", number=made.number, changes=words),
        company=company,
        actor=by,
    )
    return made


def changes(before: Given, after: Given, *, of_company: bool = False) -> list[Change]:
    """What differs between two states of the settings."""
    return [
        Change(gettext(LABELS[key]), _or_unset(key, before, of_company), _or_unset(key, after, of_company))
        for key in _changed(before, after)
    ]


def whole(given: Given) -> list[Change]:
    """Everything that is set, in words."""
    return [
        Change(gettext(label), "", told(key, given[key])) for key, label in LABELS.items() if key in given
    ]


def without_usual(given: Given) -> dict[str, Any]:
    """The settings that say something else than what holds anyway."""
    return {key: value for key, value in given.items() if not _is_usual(key, value)}


def told(key: str, value: Any) -> str:
    """What a setting is, in words."""
    if value is None or value == []:
        return gettext("None")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if key == "fiscal_year_first_month":
        return str(MONTHS[value])
    if not isinstance(value, list):
        return str(value)
    shown = value if key == "enabled_reports" else value[:_ROWS_TOLD]
    rows = "; ".join(_row(key, each) for each in shown)
    if shown == value:
        return rows
    return gettext("%(rows)s and %(count)s more") % {"rows": rows, "count": len(value) - _ROWS_TOLD}


def _changed(before: Given, after: Given) -> list[str]:
    return [key for key in LABELS if before.get(key) != after.get(key)]


def _or_unset(key: str, given: Given, of_company: bool) -> str:
    if key in given:
        return told(key, given[key])
    return gettext("As the organization") if of_company else told(key, default_of(key))


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
        return gettext({report.key: report.name for report in all_reports()}.get(row, str(row)))
    if not isinstance(row, dict):
        return gettext(str(row))
    if key == "cashback_tiers":
        share = _number(Decimal(row["rate"]) * 100)
        if not row.get("up_to"):
            return gettext("{share}% above").format(share=share)
        return gettext("{share}% up to {amount}").format(share=share, amount=_number(Decimal(row["up_to"])))
    if key == "exclusions":
        return str(row.get("pattern") or gettext("ID %(id)s") % {"id": row.get("supplier_id")})
    if key == "method_overrides":
        source, method = row["source"], row["method"]
        words = gettext("%(source)s “%(value)s” means %(method)s")
        return words % {"source": gettext(source), "value": row["value"], "method": gettext(method)}
    return " ".join(str(each) for each in row.values())


def _number(value: Decimal) -> str:
    """All of a number's digits, grouped as the reader's language does."""
    return number_format(value.normalize().__format__("f"), force_grouping=True)
