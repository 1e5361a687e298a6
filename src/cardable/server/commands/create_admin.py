"""`cardable create-admin`: the first way in."""

import sys
from argparse import Namespace
from getpass import getpass

from cardable.server.commands._setup import at_work
from cardable.server.environment import Refused


def run(options: Namespace) -> int:
    """Make an administrator, and the organization where it is missing."""
    password = _password(from_stdin=options.password_stdin)
    with at_work(options):
        from cardable.server.audit.commands import administrator_made
        from cardable.server.organizations.administrators import make_administrator

        for line in make_administrator(options.organization, options.email, password, name=options.name):
            print(line)
        administrator_made(options.organization, options.email)
    return 0


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = getpass("Password: ")
        if password != getpass("The same again: "):
            raise Refused("The two passwords differ. Try again.")
    else:
        raise Refused("There is nobody to ask for the password. Use --password-stdin.")
    if not password:
        raise Refused("The password is empty. Give one of at least 12 characters.")
    return password
