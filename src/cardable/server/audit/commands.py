"""What whoever runs the server does from a terminal."""

from cardable.server import audit
from cardable.server.organizations.administrators import organization_named
from cardable.server.tenancy import acting_for

TERMINAL = "Terminal"


def administrator_made(organization_name: str, email: str) -> None:
    """Write down that somebody was made an administrator of an organization."""
    organization = organization_named(organization_name)
    if organization:
        with acting_for(organization.id):
            audit.write(
                "people.administrator-made",
                organization=organization,
                actor=TERMINAL,
                about=email.strip().lower(),
            )
