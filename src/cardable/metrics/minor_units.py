"""How many decimals a currency's amounts have."""

import csv
from functools import cache
from importlib.resources import files


def minor_digits(currency: str | None) -> int:
    """Decimals of the currency's minor unit; two unless the table knows better."""
    return _digits().get(currency or "", 2)


@cache
def _digits() -> dict[str, int]:
    lines = files("cardable.metrics").joinpath("minor_units.csv").read_text("utf-8").splitlines()
    return {row["currency"]: int(row["digits"]) for row in csv.DictReader(lines)}
