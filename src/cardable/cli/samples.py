"""`cardable templates` and `cardable example`: files to start from."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from cardable.cli.errors import Unusable
from cardable.example import write_example
from cardable.intake.templates import write_templates


def run_templates(options: argparse.Namespace) -> int:
    return _written(write_templates, options.folder)


def run_example(options: argparse.Namespace) -> int:
    return _written(write_example, options.folder)


def _written(write: Callable[[Path], Sequence[Path]], folder: Path) -> int:
    try:
        paths = write(folder)
    except OSError as fault:
        raise Unusable(f"{folder} cannot be written: {fault.strerror}. Name another folder.") from fault
    for path in paths:
        print(path)
    return 0
