"""The form of the report settings, for an organization and for what a company has of its own."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.language import noted
from cardable.metrics import BadSettings
from cardable.records import Method
from cardable.reports import all_reports
from cardable.server.insights.parameters import LAG, combined, read_given
from cardable.server.insights.settings_versions import default_of, told, without_usual
from cardable.server.organizations.models import Organization
from cardable.server.portal.row_fields import Row, RowColumn, RowsField
from cardable.server.ui.templatetags.ui import again

_NUMBERS = ("months", "threshold", "top_suppliers", "minutes_per_payment", "hourly_rate", LAG)
_SWITCHES = ("merge_by_tax_number", "visa_counts_payments")
_CHOSEN = ("enabled_reports", "cardable_methods", "cashback_tiers")
"""What a company takes over whole, where it says so."""
_YES_NO = (("yes", noted("Yes")), ("no", noted("No")))
_KINDS = (("pattern", noted("Name")), ("supplier_id", noted("ID")))
_SOURCES = (
    ("field", noted("Payment-method field")),
    ("account", noted("Account name")),
    ("text", noted("Note or reference")),
)
_GAPS = re.compile(r"\s")
_METHODS = tuple((each.value, each.value) for each in Method if each is not Method.UNKNOWN)
ROWS = {
    "cashback_tiers": ("up_to", "rate"),
    "exclusions": ("kind", "value", "reason"),
    "method_overrides": ("source", "value", "method"),
}


def _number(label: str, most: int, hint: str, *, places: int = 2) -> forms.DecimalField:
    return forms.DecimalField(
        label=_(label), required=False, min_value=0, max_value=most, decimal_places=places, help_text=_(hint)
    )


class ReportSettingsForm(forms.Form):
    """Everything a report depends on beside the data; a company leaves empty what it has in common."""

    months = forms.IntegerField(
        label=_("Months reviewed"), required=False, min_value=1, max_value=60,
        help_text=_("Calendar months up to the report's end date, 1 to 60. Yearly figures are scaled to 12."),
    )  # fmt: skip
    threshold = _number(
        noted("Leave out suppliers under"), 10**12,
        noted("Annual spend in the company's currency; 0 lists every supplier. Totals keep them."),
    )  # fmt: skip
    top_suppliers = forms.IntegerField(
        label=_("Top suppliers"), required=False, min_value=0, max_value=100,
        help_text=_("How many supplier opportunities the Spend Summary lists."),
    )  # fmt: skip
    enabled_reports = forms.MultipleChoiceField(
        label=_("Reports"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cardable_methods = forms.MultipleChoiceField(
        label=_("Cardable methods"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(key, _(words)) for key, words in _METHODS],
        help_text=_("Spend paid by these could move to card."),
    )  # fmt: skip
    cashback_tiers = RowsField(
        RowColumn("up_to", noted("Up to"), placeholder=noted("and above"), is_number=True),
        RowColumn("rate", noted("Percent"), placeholder="%", is_number=True),
        thing=noted("tier"), adding=noted("Add tier"),
        telling="rate", label=_("Cashback tiers"),
        help_text=_("Yearly cardable spend up to an amount, and the percentage of it paid back. Leave the"
        " amount of the last tier empty."),
    )  # fmt: skip
    minutes_per_payment = _number(
        noted("Minutes per payment"), 10_000, noted("What a payment by card saves.")
    )
    hourly_rate = _number(
        noted("Hourly rate"), 10**6, noted("What an hour of payment work costs, in the company's currency.")
    )
    exclusions = RowsField(
        RowColumn("kind", noted("By"), _KINDS),
        RowColumn("value", noted("ID or name"), placeholder="*payroll*"),
        RowColumn("reason", noted("Reason"), placeholder=noted("Reason")),
        thing=noted("exclusion"), adding=noted("Add exclusion"),
        telling="value", label=_("Exclusions"),
        help_text=_("Suppliers that never count as cardable. In a name * stands for anything, ? for one"
        " character."),
    )  # fmt: skip
    method_overrides = RowsField(
        RowColumn("source", noted("Where"), _SOURCES),
        RowColumn("value", noted("Value"), placeholder="ZE1"),
        RowColumn("method", noted("Means"), _METHODS),
        thing=noted("override"), adding=noted("Add override"),
        telling="value", label=_("Payment-method overrides"),
        help_text=_("What an exact value means, before any keyword is looked for."),
    )  # fmt: skip
    group_currency = forms.CharField(
        required=False, max_length=3, label=_("Group currency"),
        help_text=_("Three letters, such as USD. Empty: the parent's, else the one most companies share."),
    )  # fmt: skip
    merge_by_tax_number = forms.ChoiceField(
        label=_("Merge suppliers of one tax number"), required=False,
        help_text=_("Suppliers of different companies with one tax number and country become one row."),
    )  # fmt: skip
    visa_counts_payments = forms.ChoiceField(
        label=_("Visa's Total spend counts bill payments"), required=False,
        help_text=_("Yes: bills, expenses and bill payments. No: bills and expenses."),
    )  # fmt: skip
    fiscal_year_first_month = forms.TypedChoiceField(
        label=_("Fiscal year begins in"), required=False, coerce=int, choices=list(MONTHS.items()),
        help_text=_("Sets the quarters that Ongoing Insights compares."),
    )  # fmt: skip
    ongoing_lag_days = forms.IntegerField(
        label=_("Days after the quarter"), required=False, min_value=0, max_value=60,
        help_text=_("Ongoing Insights is made so many days after a quarter's end, at 06:00, so that late"
        " bills are in it."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, organization: Organization, for_company: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.organization, self.for_company = organization, for_company
        self.common = dict(organization.report_parameters)
        reports = self.fields["enabled_reports"]
        assert isinstance(reports, forms.MultipleChoiceField)
        reports.choices = [(report.key, gettext(report.name)) for report in all_reports()]
        for name in _SWITCHES:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                *(
                    [("", gettext("As the organization: {value}").format(value=self._common(name)))]
                    if for_company
                    else []
                ),
                *((key, gettext(words)) for key, words in _YES_NO),
            ]
        if for_company:
            self._leave_to_organization()
        else:
            for name in (*_NUMBERS, *_CHOSEN):
                self.fields[name].required = True

    def _leave_to_organization(self) -> None:
        for name in ("fiscal_year_first_month", LAG):
            del self.fields[name]
        for name in (*_NUMBERS, "group_currency"):
            if name in self.fields:
                self.fields[name].widget.attrs["placeholder"] = self._common(name)
        for name in _CHOSEN:
            words = gettext("Of its own. The organization has: {value}").format(value=self._common(name))
            self.fields[f"own_{name}"] = forms.BooleanField(required=False, label=words)

    def _common(self, name: str) -> str:
        """What holds for all companies, in words."""
        value = self.common.get(name, default_of(name))
        return "" if value is None else told(name, value)

    def clean_group_currency(self) -> str:
        return str(self.cleaned_data["group_currency"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if self.errors:
            return answers
        try:
            self.given = self._given(answers)
            read_given(self.organization, self.everything(self.given))
        except BadSettings as fault:
            raise forms.ValidationError(_sentence(again(str(fault)))) from fault
        return answers

    def everything(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All settings that hold with these."""
        return combined(self.common, given) if self.for_company else dict(given)

    def _given(self, answers: dict[str, Any]) -> dict[str, Any]:
        """The answers as settings are kept; a company's hold only what is its own."""
        given: dict[str, Any] = {
            name: _kept(answers[name]) for name in _NUMBERS if answers.get(name) is not None
        }
        given |= {name: answers[name] == "yes" for name in _SWITCHES if answers[name]}
        if answers["group_currency"]:
            given["group_currency"] = answers["group_currency"]
        if answers.get("fiscal_year_first_month"):
            given["fiscal_year_first_month"] = answers["fiscal_year_first_month"]
        told_of = {
            "enabled_reports": answers["enabled_reports"],
            "cardable_methods": answers["cardable_methods"],
            "cashback_tiers": [_tier(row) for row in answers["cashback_tiers"]],
        }
        given |= {
            name: value for name, value in told_of.items() if not self.for_company or answers[f"own_{name}"]
        }
        if not given.get("enabled_reports", True):
            raise BadSettings(gettext("Reports: choose at least one."))
        lists = {
            "exclusions": [_exclusion(row) for row in answers["exclusions"]],
            "method_overrides": answers["method_overrides"],
        }
        given |= {name: rows for name, rows in lists.items() if rows}
        return given if self.for_company else without_usual(given)


def initial_of(given: Mapping[str, Any], *, for_company: bool = False) -> dict[str, Any]:
    """What the form shows of settings that are kept."""

    def value(name: str) -> Any:
        return given.get(name, None if for_company else default_of(name))

    shown = {name: value(name) for name in (*_NUMBERS, "group_currency", "fiscal_year_first_month")}
    shown |= {name: {True: "yes", False: "no"}.get(value(name), "") for name in _SWITCHES}
    for name in _CHOSEN:
        shown[name] = given.get(name, default_of(name))
        shown[f"own_{name}"] = name in given
    shown["cashback_tiers"] = [
        {
            "up_to": _typed(Decimal(row["up_to"])) if row.get("up_to") else "",
            "rate": _typed((Decimal(str(row["rate"])) * 100).normalize()),
        }
        for row in shown["cashback_tiers"]
    ]
    shown["exclusions"] = [
        {
            "kind": "supplier_id" if row.get("supplier_id") else "pattern",
            "value": row.get("supplier_id") or row.get("pattern", ""),
            "reason": row.get("reason", ""),
        }
        for row in given.get("exclusions", ())
    ]
    shown["method_overrides"] = list(given.get("method_overrides", ()))
    return shown


def _typed(number: Decimal) -> str:
    """A number as people type it in their language."""
    return number_format(f"{number:f}", force_grouping=True)


def _kept(value: Any) -> Any:
    return str(value.normalize().__format__("f")) if isinstance(value, Decimal) else value


def _tier(row: Row) -> dict[str, str]:
    rate = _amount(gettext("Cashback tiers: percent"), row["rate"].rstrip("%")) / 100
    found = {"rate": f"{rate.normalize():f}"}
    if row["up_to"]:
        most = _amount(gettext("Cashback tiers: up to"), row["up_to"])
        found["up_to"] = f"{most.normalize():f}"
    return found


def _amount(name: str, text: str) -> Decimal:
    try:
        found = Decimal(
            _GAPS.sub("", text).replace(",", "." if get_format("DECIMAL_SEPARATOR") == "," else "")
        )
    except InvalidOperation as fault:
        raise BadSettings(
            gettext("{name} is “{text}”. Write a number, such as 1.5.").format(name=name, text=text)
        ) from fault
    if not found.is_finite() or found < 0:
        raise BadSettings(
            gettext("{name} is “{text}”. Write a number of 0 or more.").format(name=name, text=text)
        )
    return found


def _exclusion(row: Row) -> dict[str, str]:
    kind = "supplier_id" if row["kind"] == "supplier_id" else "pattern"
    return {kind: row["value"]} | ({"reason": row["reason"]} if row["reason"] else {})


def _sentence(fault: str) -> str:
    """The library names settings by their keys; people do not."""
    for key, words in _WORDS.items():
        fault = fault.replace(key, gettext(words))
    return fault


_WORDS = {
    "cashback_tiers": noted("Cashback tiers"),
    "group_currency": noted("Group currency"),
    "method_overrides": noted("Payment-method overrides"),
    "exclusions": noted("Exclusions"),
    "give each up_to, lowest first, and leave it out of the last tier only": noted(
        "give each tier but the last an amount, lowest first, and leave it empty in the last"
    ),
}
