"""What the audit log says, for tests that read it."""

from cardable.server.audit.models import Entry
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for


def entries(organization: Organization, *actions: str) -> list[Entry]:
    """The entries of an organization, oldest first, perhaps only those of some actions."""
    with acting_for(organization.id):
        found = Entry.objects.order_by("id")
        return list(found.filter(action__in=actions) if actions else found)


def actions(organization: Organization) -> list[str]:
    return [entry.action for entry in entries(organization)]
