"""What an issuer offers its companies."""

from cardable.language import noted
from cardable.server.organizations.models import Organization

SPEND_INSIGHTS = noted("Spend Insights")


def products_of(organization: Organization) -> tuple[str, ...]:
    """The products a company of this organization may be given."""
    return (SPEND_INSIGHTS,)
