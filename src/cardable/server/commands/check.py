"""`cardable check`: whether a server could work here."""

import os
from argparse import Namespace
from pathlib import Path

from cardable.server.commands._setup import data_folder, set_up
from cardable.server.serving import reached


def run(options: Namespace) -> int:
    """Say how each part is; 0 where all is well, 2 where something must be done."""
    data = data_folder(options)
    if os.environ.get("DATABASE_URL") or (data / "postgres").exists():
        with reached(data) as url:
            return _report(data, url)
    found = _report(data, "postgresql://nobody@/nothing", leave_out=("database",))
    print(f"database: none yet in {data}; `cardable serve` makes it there")
    return found


def _report(data: Path, url: str, *, leave_out: tuple[str, ...] = ()) -> int:
    set_up(data, url)
    from django.conf import settings
    from django.db import connections

    from cardable.server.checks import findings

    found = [each for each in findings(settings.ENVIRONMENT) if each.part not in leave_out]
    connections.close_all()
    for each in found:
        print(f"{each.part}: {each.words}" if each.is_fine else f"{each.part}: WRONG: {each.words}")
        if not each.is_fine:
            print(f"  {each.remedy}")
    return 0 if all(each.is_fine for each in found) else 2
