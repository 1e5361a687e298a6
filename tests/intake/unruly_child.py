"""A reading process that does what the first cell of a file tells it to."""

import dataclasses
import os
import signal
import sys
from pathlib import Path
from typing import Any

from cardable.intake import Grid, Table
from cardable.intake._child import main


def recognise(grid: Grid, **_: Any) -> Table:
    order = grid.head[0][0]
    if order == "abort":
        os.abort()
    if order == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "fail":
        raise RuntimeError("as told")
    if order == "leave":
        sys.exit(3)
    while order == "dawdle":
        pass
    if order == "hoard":
        bytearray(1_000_000_000)
    if order == "hoard slowly":
        list(map(bytes, [1_000_000] * 1000))
    if order == "print":
        print("not an answer", flush=True)
    if order == "point elsewhere":
        grid = dataclasses.replace(grid, data=Path("/etc/hosts"))
    if order == "speak otherwise":
        grid = dataclasses.replace(grid, rows="many")  # type: ignore[arg-type]
    secret = os.environ.get("CARDABLE_SECRET_KEY", "none known")
    return Table(
        grid=grid, kind="other", kind_reason=secret, header_row=None, rows=grid.rows, date_order="none",
        decimal_mark=None, columns=(), skipped={2: str(os.getpid())},
    )  # fmt: skip


if __name__ == "__main__":
    main(recognise)
