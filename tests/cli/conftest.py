"""Folders of files as people bring them, and a way to run the command on them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cardable.cli import main


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def cardable(capsys: pytest.CaptureFixture[str], reading_process: None) -> Callable[..., Said]:
    """Run a command in this process."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run


@pytest.fixture
def harbor(cardable: Callable[..., Said], tmp_path: Path) -> Path:
    """Harbor Foods' files."""
    folder = tmp_path / "harbor"
    assert cardable("example", folder).code == 0
    return folder


@pytest.fixture
def spend(tmp_path: Path) -> Path:
    """A vendor payments file, as most issuers get it: no suppliers, no bills."""
    path = tmp_path / "vendor payments.csv"
    path.write_text(
        "Vendor Name,Payment Date,Invoice Number,Amount,Payment Method\n"
        "Acme Paper Inc,03/14/2026,INV-1,1200.50,Check\n"
        "Acme Paper Inc,04/28/2026,INV-9,800.00,Check\n"
        "Volt Energy LLC,04/02/2026,88213,5000.00,ACH\n"
        "City Couriers,05/20/2026,C-77,310.25,Visa\n"
    )
    return path
