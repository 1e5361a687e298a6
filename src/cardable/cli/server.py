"""The server's commands; nothing of the server is imported before one of them runs."""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from cardable.cli.errors import Unusable

Commands = Any
_PACKAGE = "cardable.server.commands"


def add_server_commands(commands: Commands) -> None:
    """What starts, feeds and checks a server."""
    serve = _command(commands, "serve", "serve portal and Link from this machine: database, web and worker")
    _address(serve)
    serve.add_argument("--demo", action="store_true", help="fill an organization with believable companies")
    web = _command(commands, "web", "serve pages as one machine of several")
    _address(web)
    web.add_argument("--workers", type=_count, default=1, help="web processes (default 1)")
    _command(commands, "worker", "take jobs as one machine of several")
    _command(commands, "migrate", "bring the database to this release")
    _create_admin(commands)
    _import_companies(commands)
    _archives(commands)
    _command(commands, "verify-audit", "follow the audit log's chain; say what was changed or removed")
    rotate = _command(commands, "rotate-keys", "seal every kept secret with a new key; a server may run on")
    rotate.add_argument(
        "--drop-old", action="store_true", help="forget the earlier keys; backups made with them need them"
    )
    _command(commands, "check", "look at settings, database, storage and mail; say what is wrong")


def _create_admin(commands: Commands) -> None:
    command = _command(commands, "create-admin", "make an administrator, and the organization where missing")
    command.add_argument("--organization", required=True, metavar="NAME")
    command.add_argument("--email", required=True, metavar="E-MAIL")
    command.add_argument("--name", default="", help="the person's full name")
    command.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input, else ask for it"
    )


def _import_companies(commands: Commands) -> None:
    command = _command(commands, "import-companies", "make companies from a CSV file, all or none")
    command.add_argument(
        "file", type=Path, metavar="FILE.csv", help="columns: name, description, parent, tags, tag:KEY"
    )
    command.add_argument("--organization", required=True, metavar="NAME")


def _archives(commands: Commands) -> None:
    key = "file with the key, 32 bytes in base64, as `openssl rand -base64 32` makes one"
    backup = _command(commands, "backup", "write database and files into one archive; a server may run on")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--key-file", type=Path, metavar="F", help=f"seal the archive; {key}")
    restore = _command(commands, "restore", "verify an archive and put it back; every server must be stopped")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--key-file", type=Path, metavar="F", help=key)
    restore.add_argument("--replace", action="store_true", help="lose what this instance holds now")
    restore.add_argument("--check", action="store_true", help="only verify the archive, change nothing")


def _command(commands: Commands, name: str, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words.capitalize() + "."
    )
    command.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="the server's folder (default: cardable-data, or CARDABLE_DATA)",
    )
    command.set_defaults(run=_lazily(name.replace("-", "_")))
    return command


def _address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to serve on (default 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="port to serve on (default 8000)")


def _lazily(module: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        try:
            command = import_module(f"{_PACKAGE}.{module}")
        except ModuleNotFoundError as fault:
            if fault.name and fault.name.startswith("cardable"):
                raise
            raise Unusable(
                f"The server's parts are not installed ({fault.name} is missing)."
                " Install them with: pip install 'cardable[server]'"
            ) from fault
        try:
            return int(command.run(options))
        except import_module(_PACKAGE).Refused as stop:
            raise Unusable(str(stop)) from stop

    return run


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port. Use 1 to 65535.")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of processes. Use 1 to 64.")
    return int(text)
