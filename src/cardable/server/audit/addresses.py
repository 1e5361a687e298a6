"""Which action a visit to each address is; an address is named here or among those that need no entry.

Changes to companies, connections and reports are written down where they happen (see hooks.py), so the
addresses that make them stand here only with what else is to be told of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What a visit that succeeds is: `view` when a page is asked for, `change` when a form is sent."""

    view: str = ""
    change: str = ""
    by_customer: bool = False
    tells_fields: bool = False
    """Whether the names of the fields that were sent are kept; only where we choose those names."""


_COMPANY = Rule(view="company.viewed", change="request.made")
_DATA = Rule(view="data.viewed")
_ANALYSIS = Rule(view="analysis.viewed")
_ACCOUNT = Rule(change="account.changed", tells_fields=True)
_SETTINGS = Rule(change="settings.changed", tells_fields=True)
_SETTINGS_OF_COMPANY = Rule(change="settings.changed", tells_fields=True)
_PEOPLE = Rule(view="people.viewed", change="people.changed", tells_fields=True)
_CUSTOMER = Rule(view="link.opened", change="connection.changed", by_customer=True)
_CUSTOMERS_FORM = Rule(change="connection.changed", by_customer=True)

AUDITED: dict[str, Rule] = {
    "account-password": Rule(change="password.changed"),
    "organization-switch": Rule(change="organization.chosen"),
    "account_reset_password": Rule(change="password.reset.asked"),
    "companies": Rule(view="companies.listed"),
    "spend-insights": Rule(view="companies.listed"),
    "company-invite": Rule(view="link.shown"),
    "columns": Rule(change="columns.changed"),
    "company-new": Rule(change="company.created"),
    "company-edit": Rule(view="company.viewed", change="company.edited", tells_fields=True),
    "company-created": Rule(view="link.shown"),
    "company-request-data": Rule(view="link.shown", change="link.shown"),
    "company-delete": Rule(change="company.deleted"),
    "company": _COMPANY,
    "company-subsidiaries": _COMPANY,
    "company-history": _COMPANY,
    "company-connections": _COMPANY,
    "company-timeline": _COMPANY,
    "company-tables": _DATA,
    "company-data": _DATA,
    "company-files": _DATA,
    "company-csv": Rule(view="records.downloaded"),
    "company-file": Rule(view="file.downloaded"),
    "company-files-of-day": Rule(view="file.downloaded"),
    "company-refresh": Rule(change="read.requested"),
    "company-writes": _DATA,
    "company-report-settings": _SETTINGS_OF_COMPANY,
    "company-report-settings-rates": _SETTINGS_OF_COMPANY,
    "company-report-settings-versions": _SETTINGS_OF_COMPANY,
    "company-report-settings-version": _SETTINGS_OF_COMPANY,
    "connection-count": Rule(change="data.chosen"),
    "connection-link": Rule(view="link.shown", change="link.shown"),
    "connection-unlink": Rule(change="connection.disconnected"),
    "connection-delete": Rule(change="connection.deleted"),
    "reports-update": Rule(change="reports.spendAnalysis.requested"),
    "report-download": Rule(view="report.downloaded"),
    "report-bundle": Rule(view="report.downloaded"),
    "analysis": _ANALYSIS,
    "analysis-suppliers": _ANALYSIS,
    "analysis-supplier": _ANALYSIS,
    "analysis-records": _ANALYSIS,
    "analysis-csv": Rule(view="records.downloaded"),
    "settings-retention-certificate": Rule(view="certificate.downloaded"),
    "settings-audit": Rule(view="audit.viewed"),
    "settings-audit-csv": Rule(view="audit.exported"),
    "settings-audit-ndjson": Rule(view="audit.exported"),
    "link-connection": _CUSTOMER,
    "link-invite": _CUSTOMER,
    "link-company": _CUSTOMER,
    "link-company-unbranded": _CUSTOMER,
    "link-software": _CUSTOMERS_FORM,
    "link-consent": _CUSTOMERS_FORM,
    "link-how": _CUSTOMERS_FORM,
    "link-connect": _CUSTOMERS_FORM,
    "link-connected": _CUSTOMERS_FORM,
    "link-without": _CUSTOMERS_FORM,
    "link-entities": Rule(change="link.entities", by_customer=True),
    "link-complete": _CUSTOMERS_FORM,
    "link-additional": _CUSTOMERS_FORM,
    "link-connections": _CUSTOMERS_FORM,
    "link-disconnect": Rule(change="connection.disconnected", by_customer=True),
    "link-reconnect": Rule(change="connection.changed", by_customer=True),
    "link-next": _CUSTOMERS_FORM,
    "link-manage": _CUSTOMERS_FORM,
    "link-exit": _CUSTOMERS_FORM,
    "link-check": Rule(view="data.viewed", change="file.confirmed", by_customer=True),
    "link-report": Rule(change="file.uploaded", by_customer=True),
    "link-remove": Rule(change="file.removed", by_customer=True),
    "link-rejects": Rule(view="records.downloaded", by_customer=True),
}
FAMILIES: dict[str, Rule] = {
    "settings-users": _PEOPLE,
    "settings-provisioning": _PEOPLE,
    "settings-": _SETTINGS,
    "monitor-": _SETTINGS,
    "account-": _ACCOUNT,
}
"""Addresses by what their names begin with; a name of its own in AUDITED goes first."""
NOT_AUDITED: dict[str, str] = {
    "account_login": "each sign-in is told by its signal, failed ones too",
    "account_logout": "told by its signal",
    "account_reset_password_done": "says that a mail was sent, whoever asks",
    "account_reset_password_from_key": "told by its signal",
    "account_reset_password_from_key_done": "says that it is done",
    "account_signup": "closed",
    "account_join": "who joins is told as an event",
    "account_second_factor": "each code, right or wrong, is told by its signal",
    "account_session": "says how long one stays signed in",
    "language": "says how one reads, not what",
    "openid_connect_login": "leads on to the identity provider",
    "openid_connect_callback": "each sign-in is told by its signal, failed ones too",
    "home": "leads on to a page that is told of",
    "settings": "leads on",
    "settings-status": "figures of the instance; shows nobody's data",
    "monitor": "leads on",
    "insights-changes": "asks whether a report became ready; shows no data",
    "link-ended": "the last page of the Link; shows no data",
    "link-image": "the issuer's logo, the same for everybody",
    "link-template": "an empty template, the same for everybody",
    "link-not-valid": "an address that opens nothing",
}
FAMILIES_NOT_AUDITED: dict[str, str] = {
    "ui-": "parts, colours and texts of the pages themselves",
    "scim-": "whom a directory adds, changes or disables is told as an event",
}


def rule_of(name: str) -> Rule | None:
    """The rule of an address, by its name; None where a visit leaves no entry."""
    if name in NOT_AUDITED or name.startswith(tuple(FAMILIES_NOT_AUDITED)):
        return None
    if name in AUDITED:
        return AUDITED[name]
    # The longest beginning goes first, so that users are people before they are settings.
    families = sorted(FAMILIES, key=len, reverse=True)
    return next((FAMILIES[start] for start in families if name.startswith(start)), None)
