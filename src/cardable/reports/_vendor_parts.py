"""Parts of a supplier's details, as card networks want them."""

import csv
import re
from functools import cache
from importlib.resources import files

from cardable.metrics.normalise import normalised

_EXTENSION = re.compile(
    r"(?P<phone>.*\d.*?)[\s,;/(]*(?<![^\W\d_])(?:extension|ext\.?|x)[\s.:]*(?P<extension>\d+)\)?\s*",
    re.IGNORECASE | re.DOTALL,
)


def zip_plus_4(postal_code: str | None, country_code: str | None) -> str | None:
    """A US code as `12345` or `12345-6789`, others unchanged; a missing +4 stays missing."""
    digits = re.sub(r"[^0-9]", "", postal_code or "")
    if country_code != "US" or not digits or len(digits) > 9:
        return postal_code
    if len(digits) <= 5:
        return digits.zfill(5)
    if len(digits) < 8:
        return postal_code
    padded = digits.zfill(9)
    return f"{padded[:5]}-{padded[5:]}"


def phone_parts(phone: str | None) -> tuple[str | None, str | None]:
    """The number and its extension: the digits after x, ext. or extension at the end."""
    found = _EXTENSION.fullmatch(phone or "")
    return (found["phone"].strip(), found["extension"]) if found else (phone, None)


def emails(text: str | None) -> tuple[str | None, str | None]:
    """The first and the second address of a list by semicolon, comma or space."""
    first, second, *_ = [*filter(None, re.split(r"[;,\s]+", text or "")), None, None]
    return first, second


def contact_names(name: str | None) -> tuple[str | None, str | None]:
    """First and last name of `Last, First`, else the first word and the rest."""
    if name and "," in name:
        last, first = name.split(",", 1)
    else:
        first, _, last = (name or "").strip().partition(" ")
    return first.strip() or None, last.strip() or None


def country_code(country: str | None) -> str | None:
    """The ISO 3166 alpha-2 code of a country's name or code; None where it is not known."""
    return _country_codes().get(normalised(country)) if country else None


@cache
def _country_codes() -> dict[str, str]:
    lines = files("cardable.reports").joinpath("_countries.csv").read_text("utf-8").splitlines()
    return {
        normalised(name): row["alpha_2"]
        for row in csv.DictReader(lines)
        for name in (*row["names"].split("; "), row["alpha_3"], row["alpha_2"])
    }
