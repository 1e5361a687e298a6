"""Starts the reading process, without what Arrow would load in passing and not use."""

import sys
from importlib import import_module
from typing import Any, cast

if __name__ == "__main__":
    for heavy in ("numpy", "pandas"):
        cast(dict[str, Any], sys.modules)[heavy] = None
    # Imported only now, for it brings Arrow.
    import_module("cardable.intake._child").main()
