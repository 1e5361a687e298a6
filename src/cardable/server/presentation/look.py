"""What a customer sees of the issuer: its colors, images, texts and settings, ready for the templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from cardable.server.organizations.models import Organization
from cardable.server.presentation.markdown import filled, rendered
from cardable.server.presentation.models import Presentation
from cardable.server.presentation.options import Options, read_options
from cardable.server.presentation.texts import text_in

IMAGES = ("logo", "icon", "hero")


class Written:
    """The issuer's texts by name, each written out when it is asked for; empty where there is none."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]], write: Callable[[str], str]) -> None:
        self._texts, self._write = texts, write

    def __getitem__(self, key: str) -> str:
        text = text_in(self._texts, key, get_language() or "en")
        return self._write(text) if text else ""


@dataclass(frozen=True)
class Look:
    """One issuer's presentation, for one company."""

    organization: Organization
    presentation: Presentation
    values: Mapping[str, str]
    """What stands in the place of `{companyName}` and the like."""

    @property
    def options(self) -> Options:
        return read_options(self.presentation.link)

    @property
    def words(self) -> Written:
        """Texts of one line."""
        return Written(self.presentation.texts, lambda text: filled(text, dict(self.values)))

    @property
    def html(self) -> Written:
        """Texts in Markdown, as HTML."""
        return Written(self.presentation.texts, lambda text: rendered(text, dict(self.values)))

    @property
    def bar_color(self) -> str:
        """The color of the top bar, where it has one of its own."""
        return self.presentation.secondary_color if self.options.navigation_bar else ""

    @property
    def logo_url(self) -> str:
        return self._image("logo")

    @property
    def icon_url(self) -> str:
        return self._image("icon")

    @property
    def hero_url(self) -> str:
        return self._image("hero")

    def _image(self, kind: str) -> str:
        held: Any = self.presentation.images.get(kind)
        return reverse("link-image", args=[self.organization.slug, kind, held["mark"]]) if held else ""


def presentation_of(organization: Organization) -> Presentation:
    """What the issuer has set; where it has set nothing, an empty one that is not kept yet."""
    found = Presentation.objects.filter(organization_id=organization.id).first()
    return found or Presentation(organization=organization)


def look_of(organization: Organization, *, company: str = "", platform: str = "") -> Look:
    """The issuer as one company's people see it."""
    values = {"issuerName": organization.name, "companyName": company, "platformName": platform}
    return Look(organization, presentation_of(organization), values)


def keep(presentation: Presentation, *, by: str) -> None:
    """Save what was changed, with who did."""
    presentation.changed_by = by
    presentation.save()
