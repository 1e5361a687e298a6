"""The reference page on the server's settings, made from the declarations it describes."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from cardable.server.environment import VARIABLES

NAME = "server-settings.md"
_MADE = "<!-- Made from the code by `make docs`; changes here are lost. -->"


def main(arguments: Sequence[str]) -> int:
    """Write the page into the folder named."""
    (Path(*arguments) / NAME).write_text(page(), "utf-8")
    return 0


def page() -> str:
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield from ("# Settings of the server", "", _MADE, "")
    yield "What the surroundings tell the server: environment variables, read once at the start. A setting"
    yield "that cannot be used is refused in a sentence before anything starts. `cardable check` tries them."
    yield from ("", "What reports depend on is on [another page](settings.md).", "")
    yield from ("| Variable | Without it | Meaning |", "| - | - | - |")
    for each in VARIABLES:
        yield f"| `{each.name}` | {each.default} | {each.meaning} |"
    shared = [f"`{each.name}`" for each in VARIABLES if each.is_shared]
    yield from ("", "## On several machines", "")
    yield f"Machines that work together must be told alike: {', '.join(shared)}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
