"""`cardable verify-audit`: whether somebody touched the audit log."""

from argparse import Namespace

from cardable.server.commands._setup import at_work


def run(options: Namespace) -> int:
    """Follow each organization's chain; 0 where all of it is whole, 2 where something was touched."""
    touched = False
    with at_work(options):
        from cardable.server.audit.chain import verify
        from cardable.server.organizations.models import Organization

        for organization in Organization.objects.using("owner").order_by("name"):
            found = verify(organization.id)
            state = "TOUCHED" if found.faults else "whole"
            print(f"{organization.name}: {state}, {found.entries} entries, last hash {found.head}")
            for fault in found.faults:
                print(f"  {fault}")
            touched = touched or bool(found.faults)
    return 2 if touched else 0
