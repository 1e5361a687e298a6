"""The program `cardable`, and `python -m cardable.cli` where it is not on the path."""

import sys
from typing import Any, cast

from cardable.cli.main import main


def run() -> None:
    """Run the command that was typed, without what Arrow would load in passing and not use."""
    for heavy in ("numpy", "pandas"):
        cast(dict[str, Any], sys.modules).setdefault(heavy, None)
    sys.exit(main())


if __name__ == "__main__":
    run()
