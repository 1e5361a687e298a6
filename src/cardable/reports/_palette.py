"""A readable set of colours made from the one colour an issuer gives."""

import re
from dataclasses import dataclass

WHITE = "FFFFFF"
INK = "1F2933"
MUTED = "52606D"
CARD_GREY = "9AA5B1"
UNKNOWN_GREY = "CBD2D9"
LINE = "D3D9DE"

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


class NotAColor(ValueError):
    """The issuer's colour is not written as `#RRGGBB`."""


@dataclass(frozen=True)
class Palette:
    """The issuer's colour, what may stand on it, and shades of it that may stand on white."""

    accent: str
    on_accent: str
    strong: str
    """The accent, darkened as far as text on white asks for."""
    tint: str
    """A background so light that ink stays readable on it."""

    @classmethod
    def of(cls, color: str) -> "Palette":
        accent = _hex(color)
        on_accent = WHITE if contrast(accent, WHITE) >= 4.5 else _readable_on(accent)
        return cls(accent, on_accent, _darkened(accent, until=4.5), mixed(accent, WHITE, 0.90))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 (equal) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with so great a share of `other` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "".join(f"{round(a * (1 - share) + b * share):02X}" for a, b in pairs)


def _hex(color: str) -> str:
    found = _HEX.fullmatch(color.strip())
    if not found:
        raise NotAColor(f"issuer colour {color!r} is not like '#1F4E79'")
    digits = found[1]
    return (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)).upper()


def _readable_on(background: str) -> str:
    return max((WHITE, INK, "000000"), key=lambda text: (contrast(background, text) >= 4.5, text == INK))


def _darkened(color: str, *, until: float) -> str:
    shades = (mixed(color, "000000", step / 20) for step in range(21))
    return next(shade for shade in shades if contrast(shade, WHITE) >= until)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[0:2], 16), int(color[2:4], 16), int(color[4:6], 16)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
