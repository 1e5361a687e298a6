"""An issuer's images: looked at before they are kept, and kept as nothing but images."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from cardable.server import storage
from cardable.server.organizations.models import Organization
from cardable.server.presentation.models import Presentation
from cardable.server.presentation.svg import NotSvg, sanitised

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MEGABYTE = 1024 * 1024
_MOST_PIXELS = 40_000_000
_ON_SLIDES = ("image/png", "image/jpeg", "image/gif")
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "ICO": "image/x-icon"}
_SVG = "image/svg+xml"


class NotAnImage(ValueError):
    """Why an image cannot be used, in a sentence."""


@dataclass(frozen=True)
class Kind:
    """What an image may be."""

    key: str
    label: str | _StrPromise
    yours: str | _StrPromise
    """What a picture of it is called."""
    removal: str | _StrPromise
    """What taking it away is called."""
    formats: tuple[str, ...]
    most_bytes: int
    box: tuple[int, int]
    """It is made smaller to fit."""
    advice: str | _StrPromise
    accept: str

    @property
    def size_words(self) -> str:
        size, unit = self.most_bytes // 1024, pgettext("size", "KB")
        if self.most_bytes >= _MEGABYTE:
            size, unit = self.most_bytes // _MEGABYTE, pgettext("size", "MB")
        return f"{size} {unit}"


KINDS = {
    kind.key: kind
    for kind in (
        Kind("logo", _("Company logo"), _("Your company logo"), _("Remove the company logo"),
             ("PNG", "JPEG", "GIF", "SVG"), 10 * _MEGABYTE, (1200, 400),
             _("600 × 100 pixels look best."), ".png,.jpg,.jpeg,.gif,.svg"),
        Kind("icon", _("Company icon"), _("Your company icon"), _("Remove the company icon"),
             ("ICO",), 500 * 1024, (256, 256),
             _("32 × 32 pixels look best."), ".ico"),
        Kind("hero", _("Hero image"), _("Your hero image"), _("Remove the hero image"),
             ("PNG", "JPEG"), 10 * _MEGABYTE, (1920, 1920),
             _("1920 × 1080 pixels look best."), ".png,.jpg,.jpeg"),
    )
}  # fmt: skip


def keep_image(presentation: Presentation, kind: Kind, content: bytes) -> None:
    """Take an image in the place of the one before; the presentation is not saved yet. Raises NotAnImage."""
    if len(content) > kind.most_bytes:
        words = gettext("It is larger than {size}. Bring a smaller one.")
        raise NotAnImage(words.format(size=kind.size_words))
    media_type, clean = _looked_at(kind, content)
    mark = hashlib.sha256(clean).hexdigest()[:16]
    key = f"{_folder(presentation.organization_id)}/{kind.key}-{mark}"
    storage.put(key, [clean])
    presentation.images = {
        **presentation.images,
        kind.key: {"key": key, "type": media_type, "mark": mark, "bytes": len(clean)},
    }


def forget_image(presentation: Presentation, kind: Kind) -> None:
    """Go back to none; the file stays where older pages may still ask for it, until the next one comes."""
    presentation.images = {key: held for key, held in presentation.images.items() if key != kind.key}


def slide_logo(presentation: Presentation, folder: Path) -> Path | None:
    """The logo as a file for a slide; None where there is none, or one that slides cannot hold."""
    held = presentation.images.get("logo")
    if held is None or held["type"] not in _ON_SLIDES:
        return None
    path = folder / f"logo.{held['type'].rpartition('/')[2]}"
    try:
        storage.get_file(held["key"], path)
    except FileNotFoundError:
        return None
    return path


def is_on_slides(presentation: Presentation) -> bool:
    held = presentation.images.get("logo")
    return held is not None and held["type"] in _ON_SLIDES


def _looked_at(kind: Kind, content: bytes) -> tuple[str, bytes]:
    if "SVG" in kind.formats and content.lstrip()[:1] == b"<":
        try:
            return _SVG, sanitised(content)
        except NotSvg as fault:
            words = gettext("This SVG cannot be used: {why}.").format(why=gettext(str(fault)))
            raise NotAnImage(words) from fault
    raster = [each for each in kind.formats if each != "SVG"]
    try:
        with Image.open(io.BytesIO(content), formats=raster) as image:
            name = str(image.format)
            if image.width * image.height > _MOST_PIXELS:
                raise NotAnImage(gettext("It has more than 40 million pixels. Bring a smaller one."))
            image.load()
            return _TYPES[name], _WRITERS.get(name, _as_it_is)(image, kind, content)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as fault:
        if isinstance(fault, NotAnImage):
            raise
        words = gettext("It is not an image we can use. Bring a {kinds}.").format(kinds=_either(kind.formats))
        raise NotAnImage(words) from fault


def _either(formats: Sequence[str]) -> str:
    *most, last = formats
    return ", ".join(most) + pgettext("one of several", " or ") + last if most else last


def _as_it_is(image: Image.Image, kind: Kind, content: bytes) -> bytes:
    return content


def _written(image: Image.Image, kind: Kind, name: str) -> bytes:
    """Drawn anew: nothing of the file but its pixels is kept, no place and no camera."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail(kind.box)
    drawn = io.BytesIO()
    if name == "JPEG":
        upright.convert("RGB").save(drawn, "JPEG", quality=88, optimize=True)
    else:
        upright.convert("RGBA").save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


_WRITERS: dict[str, Callable[[Image.Image, Kind, bytes], bytes]] = {
    "PNG": lambda image, kind, _: _written(image, kind, "PNG"),
    "JPEG": lambda image, kind, _: _written(image, kind, "JPEG"),
}


def _folder(organization_id: object) -> str:
    return f"organizations/{organization_id}/brand"


def remove_unused(organization: Organization, presentation: Presentation) -> None:
    """Remove the files of images that are no longer shown."""
    shown = {held["key"] for held in presentation.images.values()}
    for key in storage.keys(_folder(organization.id)):
        if key not in shown:
            storage.delete_file(key)
