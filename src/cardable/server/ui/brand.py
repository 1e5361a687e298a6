"""An issuer's color, made readable on paper light and dark."""

from colorsys import hls_to_rgb, rgb_to_hls

from django.http import HttpRequest, HttpResponse

_PAPER = ("#faf9f6", "#121117")
_INKS = ("#ffffff", "#121117")
_READABLE = 5

_SHEET = """:root {{
  --accent: light-dark({0[0]}, {0[1]});
  --accent-strong: light-dark({1[0]}, {1[1]});
  --accent-soft: light-dark({2[0]}, {2[1]});
  --on-accent: light-dark({3[0]}, {3[1]});
}}
"""


def stylesheet(request: HttpRequest, color: str) -> HttpResponse:
    """The accent of one color; the same for ever, so a browser may keep it."""
    response = HttpResponse(brand_css(f"#{color}"), content_type="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def sample(request: HttpRequest, color: str, second: str) -> HttpResponse:
    """An issuer's colors for the picture of its pages, and for nothing else."""
    accents = brand_css(f"#{color}").replace(":root", ".brand-sample")
    bar = bar_css(f"#{second}").replace(".link-bar", ".sample-bar.filled")
    response = HttpResponse(accents + bar, content_type="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bar_stylesheet(request: HttpRequest, color: str) -> HttpResponse:
    """The top bar in one color, with what can be read on it."""
    response = HttpResponse(bar_css(f"#{color}"), content_type="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bar_css(color: str) -> str:
    """The top bar's ground and the ink that is readable on it, by day and by night."""
    ink = max(_INKS, key=lambda each: contrast(each, color))
    rules = (f"{{ background: {color}; color: {ink}; }}", f":is(a, button, .issuer) {{ color: {ink}; }}")
    return "".join(f".link-bar {rule}\n" for rule in rules)


def brand_css(color: str) -> str:
    """The accent's tokens, with 4.5:1 between every text and its ground."""
    accents = tuple(_readable(color, paper) for paper in _PAPER)
    softs = (mixed(color, _PAPER[0], 0.08), mixed(accents[1], _PAPER[1], 0.16))
    strongs = tuple(
        _readable(mixed(accent, ink, 0.75), soft)
        for accent, ink, soft in zip(accents, ("#000000", "#ffffff"), softs, strict=True)
    )
    inks = tuple(max(_INKS, key=lambda ink: contrast(ink, accent)) for accent in accents)
    return _SHEET.format(accents, strongs, softs, inks)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colors, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(color: str, other: str, share: float) -> str:
    """So much of one color in another."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _readable(color: str, paper: str) -> str:
    """The color in its own hue, darker or lighter until it can be read on the paper."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(color)))
    end = 0 if _luminance(paper) > 0.5 else 1
    for step in range(41):
        nearer = hls_to_rgb(hue, lightness + (end - lightness) * step / 40, saturation)
        readable = "#" + "".join(f"{round(share * 255):02x}" for share in nearer)
        if contrast(readable, paper) >= _READABLE:
            break
    return readable


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    shares = (channel / 255 for channel in _channels(color))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
