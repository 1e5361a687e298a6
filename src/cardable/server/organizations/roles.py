"""What each role may do."""

from typing import Protocol

ROLES = ("Onboarding", "Advisor", "Analyst", "Developer", "Administrator")

_EVERYONE = frozenset(ROLES)
_INSIGHTS = _EVERYONE - {"Onboarding"}
_TECHNICAL = frozenset({"Developer", "Administrator"})

RIGHTS: dict[str, frozenset[str]] = {
    "edit companies": _EVERYONE,
    "delete companies": _EVERYONE - {"Onboarding", "Advisor"},
    "add connections": _EVERYONE,
    "assign products": _EVERYONE - {"Advisor"},
    "manage connections": _TECHNICAL,
    "view data": _INSIGHTS,
    "upload files": _EVERYONE,
    "view spend insights": _INSIGHTS,
    "update reports": _INSIGHTS,
    "change settings": _TECHNICAL,
    "manage users": frozenset({"Administrator"}),
}


class HasRole(Protocol):
    role: str


def may(member: HasRole, right: str) -> bool:
    """Whether the member's role holds this right."""
    return member.role in RIGHTS[right]
