"""What an entry says."""

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardable.server.audit.models import Entry


def facts(entry: "Entry") -> dict[str, object]:
    """Everything an entry says, as it is exported and as seal and chain cover it."""
    return {
        "id": entry.id,
        "organization": str(entry.organization_id),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "actor": entry.actor,
        "actorId": str(entry.actor_id) if entry.actor_id else None,
        "ipAddress": entry.ip_address,
        "browser": entry.browser,
        "company": entry.company,
        "companyId": str(entry.company_id) if entry.company_id else None,
        "about": entry.about,
        "details": entry.details,
        "requestId": entry.request_id,
    }
