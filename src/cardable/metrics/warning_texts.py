"""What the warnings say."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def warning_texts() -> tuple[tuple[int, str, str, str], ...]:
    """Position, code, and the message for one and for many, of every warning."""
    table = tomllib.loads(files("cardable.metrics").joinpath("warning_texts.toml").read_text("utf-8"))
    return tuple((n, code, texts["one"], texts["many"]) for n, (code, texts) in enumerate(table.items(), 1))
