"""`cardable migrate`: bring the fleet's database to this release."""

from argparse import Namespace

from cardable.server.commands._setup import at_work


def run(options: Namespace) -> int:
    """Migrate once; safe to run at once from many machines."""
    with at_work(options):
        print("The database is at this release.")
    return 0
