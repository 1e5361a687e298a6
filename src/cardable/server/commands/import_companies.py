"""`cardable import-companies`: an issuer's customers from a CSV file."""

from argparse import Namespace

from cardable.server.commands._setup import at_work
from cardable.server.environment import Refused


def run(options: Namespace) -> int:
    """Make the companies of a file, all or none."""
    with at_work(options):
        from cardable.server.companies.importing import import_companies
        from cardable.server.organizations.administrators import organization_named
        from cardable.server.tenancy import acting_for

        organization = organization_named(options.organization)
        if organization is None:
            raise Refused(
                f"There is no organization “{options.organization}”. Make it with `cardable create-admin`."
            )
        with acting_for(organization.id):
            count = import_companies(options.file, organization)
    print(f"{count} companies were made in {organization.name}.")
    return 0
