"""The issuer's logo, or its name where it has none."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageStat, UnidentifiedImageError
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from cardable.language import Speaker, noted
from cardable.reports._measure import fitting, kept_apart, shortened
from cardable.reports._shapes import ACCENT, STRONG, Box, Line, Run, band, describe, text_box

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")


class UnreadableLogo(ValueError):
    """The issuer's logo is not there, or is no picture a slide can hold."""


def add_logo(slide: Any, box: Box, issuer: str, logo: Path | None, say: Speaker) -> None:
    """Put the logo into the box, right-aligned and undistorted; without one, the issuer's name."""
    if logo is None:
        if issuer:
            _add_name(slide, box, issuer)
        return
    wide, tall, is_pale = _measured(logo)
    edge = 0.1 if is_pale else 0.0
    scale = min((box.width - 2 * edge) / wide, (box.height - 2 * edge) / tall)
    fit = Box(
        box.left + box.width - edge - wide * scale,
        box.top + (box.height - tall * scale) / 2,
        wide * scale,
        tall * scale,
    )
    if is_pale:
        band(
            slide,
            noted("Logo ground"),
            Box(fit.left - edge, fit.top - edge, fit.width + 2 * edge, fit.height + 2 * edge),
            ACCENT,
        )
    picture = slide.shapes.add_picture(str(logo), *fit.emu)
    picture.name = noted("Issuer logo")
    describe(picture, say("Logo of {issuer}", issuer=issuer) if issuer else say("Logo of the issuer"))


def _add_name(slide: Any, box: Box, issuer: str) -> None:
    size = fitting(issuer, box.width, 14, least=10, bold=True)
    name = kept_apart(shortened(issuer, box.width, size, bold=True))
    line = Line((Run(name, size, STRONG, True),), PP_ALIGN.RIGHT)
    text_box(slide, noted("Issuer"), box, (line,), anchor=MSO_ANCHOR.MIDDLE)


def _measured(logo: Path) -> tuple[int, int, bool]:
    """Width, height, and whether the picture would be lost on a white page."""
    try:
        with Image.open(logo) as image:
            if image.format not in _FORMATS:
                raise UnreadableLogo(f"logo {logo.name!r} is {image.format}; bring a PNG or JPEG")
            size = image.size
            image.thumbnail((64, 64))
            seen = image.convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as fault:
        raise UnreadableLogo(f"logo {logo.name!r} cannot be read; bring a PNG or JPEG") from fault
    opaque = seen.getchannel("A").point(lambda value: 255 if value > 128 else 0)
    is_cut_out = opaque.getextrema()[0] == 0
    brightness = ImageStat.Stat(seen.convert("L"), mask=opaque).mean[0] if opaque.getbbox() else 255
    return *size, is_cut_out and brightness > 200
