"""What each role may do, and which right each address takes."""

from typing import Protocol

from cardable.language import noted

ROLES = (
    noted("Onboarding"),
    noted("Advisor"),
    noted("Analyst"),
    noted("Developer"),
    noted("Administrator"),
)
"""From the lowest to the highest."""

_EVERYONE = frozenset(ROLES)
_INSIGHTS = _EVERYONE - {"Onboarding"}
_TECHNICAL = frozenset({"Developer", "Administrator"})

RIGHTS: dict[str, frozenset[str]] = {
    "be a member": _EVERYONE,
    "edit companies": _EVERYONE,
    "delete companies": _EVERYONE - {"Onboarding", "Advisor"},
    "add connections": _EVERYONE,
    "assign products": _EVERYONE - {"Advisor"},
    "manage connections": _TECHNICAL,
    "view data": _INSIGHTS,
    "upload files": _EVERYONE,
    "view spend insights": _INSIGHTS,
    "update reports": _INSIGHTS,
    "reach every company": _TECHNICAL,
    "change settings": _TECHNICAL,
    "manage users": frozenset({"Administrator"}),
}

ANYONE = "anyone"
"""The right of an address that asks for no sign-in: a public page, or one with a lock of its own."""

DOORS: dict[str, str] = {
    # Signing in and out, invitations, and the doors that check a token themselves.
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_signup": ANYONE,
    "account_join": ANYONE,
    "account_second_factor": ANYONE,
    "account_session": ANYONE,
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,
    "account_reset_password_from_key_done": ANYONE,
    "language": ANYONE,
    "openid_connect_login": ANYONE,
    "openid_connect_callback": ANYONE,
    "organization-switch": "be a member",
    # Everybody's own.
    "home": "be a member",
    "settings": "be a member",
    "monitor": "be a member",
    "columns": "be a member",
    # Companies.
    "companies": "be a member",
    "company": "be a member",
    "company-subsidiaries": "be a member",
    "company-new": "edit companies",
    "company-edit": "edit companies",
    "company-delete": "delete companies",
    "company-created": "add connections",
    "company-invite": "add connections",
    "company-request-data": "add connections",
    "company-connections": "add connections",
    "company-timeline": "add connections",
    "company-history": "add connections",
    "company-writes": "add connections",
    "connection-link": "add connections",
    "connection-unlink": "manage connections",
    "connection-delete": "manage connections",
    "connection-count": "manage connections",
    "company-tables": "view data",
    "company-data": "view data",
    "company-csv": "view data",
    "company-files": "view data",
    "company-file": "view data",
    "company-files-of-day": "view data",
    # Spend Insights.
    "spend-insights": "view spend insights",
    "insights-changes": "view spend insights",
    "reports-update": "update reports",
    "company-refresh": "update reports",
    "report-download": "view spend insights",
    "report-bundle": "view spend insights",
    "analysis": "view spend insights",
    "analysis-suppliers": "view spend insights",
    "analysis-supplier": "view spend insights",
    "analysis-records": "view data",
    "analysis-csv": "view data",
}

SECTIONS: dict[str, str] = {
    # Every address whose name begins so.
    "ui-": ANYONE,
    "link-": ANYONE,
    "scim-": ANYONE,
    "account-": "be a member",
    "settings-users": "manage users",
    "settings-permissions": "manage users",
    "settings-sign-in": "manage users",
    "settings-provisioning": "manage users",
    "settings-spend-insights": "change settings",
    "company-report-settings": "change settings",
    "settings-link": "change settings",
    "settings-branding": "change settings",
    "settings-redirects": "change settings",
    "settings-email-template": "change settings",
    "settings-languages": "change settings",
    "settings-retention": "manage users",
    "settings-audit": "manage users",
    "settings-status": "manage users",
    "monitor-auth-flow": "change settings",
}


class HasRole(Protocol):
    role: str


def may(member: HasRole, right: str) -> bool:
    """Whether the member's role holds this right."""
    return member.role in RIGHTS[right]


def right_of(address: str) -> str:
    """The right that the address of this name takes; LookupError where none is set down, so none gets in."""
    if address in DOORS:
        return DOORS[address]
    sections = [start for start in SECTIONS if address.startswith(start)]
    if not sections:
        raise LookupError(f"the address {address!r} is in neither DOORS nor SECTIONS")
    return SECTIONS[max(sections, key=len)]


def highest(roles: set[str]) -> str | None:
    """The highest of these roles."""
    return max(roles & _EVERYONE, key=ROLES.index, default=None)
