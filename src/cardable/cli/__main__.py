"""The program `cardable`, and `python -m cardable.cli` where it is not on the path."""

import sys
from typing import Any, cast

from cardable.cli.main import main


def run() -> None:
    """Run the command that was typed."""
    if sys.argv[1:2] == ["analyze"]:
        _leave_out_what_arrow_loads_in_passing()
    sys.exit(main())


def _leave_out_what_arrow_loads_in_passing() -> None:
    """Half a second, where these are installed; nothing of the analysis uses them."""
    for heavy in ("numpy", "pandas"):
        cast(dict[str, Any], sys.modules).setdefault(heavy, None)


if __name__ == "__main__":
    run()
