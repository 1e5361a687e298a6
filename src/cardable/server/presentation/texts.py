"""Every text of the Link that an issuer may write itself, in each of its languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cardable.language import LANGUAGES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LOCALES = LANGUAGES
LONGEST, LONGEST_HEADER = 5000, 50
COMPANY, ISSUER, PLATFORM = "{companyName}", "{issuerName}", "{platformName}"
_ALL = (COMPANY, ISSUER, PLATFORM)


@dataclass(frozen=True)
class Text:
    """One text: what it is called, whether it is Markdown, and what may stand in it."""

    key: str
    label: str | _StrPromise
    is_markdown: bool = True
    longest: int = LONGEST
    places: tuple[str, ...] = (COMPANY, ISSUER)
    hint: str | _StrPromise = ""


@dataclass(frozen=True)
class Group:
    """The texts of one screen, or of one part of all screens."""

    key: str
    title: str | _StrPromise
    about: str | _StrPromise
    texts: tuple[Text, ...]


def _pair(key: str, header: _StrPromise, body: _StrPromise, *, longest: int = 120) -> tuple[Text, Text]:
    return (
        Text(f"{key}_header", header, is_markdown=False, longest=longest),
        Text(f"{key}_body", body),
    )


def _section(key: str, title: _StrPromise) -> tuple[Text, Text]:
    header = format_lazy(_("{section}: header"), section=title)
    body = format_lazy(_("{section}: body"), section=title)
    return (
        Text(f"consent_{key}_header", header, is_markdown=False, longest=LONGEST_HEADER, places=_ALL),
        Text(f"consent_{key}_body", body, places=_ALL),
    )


SECTIONS = {
    "purpose": _("Purpose"),
    "access": _("Access"),
    "account": _("Account information"),
    "data": _("Platform data"),
    "retention": _("Retention"),
}
GROUPS = (
    Group("landing", _("Landing page"), _("The first screen of the Link."),
          _pair("landing", _("Header"), _("Body"))),
    Group("invite", _("Invite company page"), _("Where customers say who they are."),
          _pair("invite", _("Header"), _("Body"))),
    Group("left", _("Left panel"), _("Beside every screen."), _pair("left", _("Header"), _("Body"))),
    Group(
        "consent", _("Data access consent"),
        _("What customers agree to; the text in force is kept with each consent."),
        (
            Text("consent_title", _("Title"), is_markdown=False, longest=200, places=_ALL),
            Text("consent_subtitle", _("Subtitle"), is_markdown=False, longest=400, places=_ALL),
            *(text for key, title in SECTIONS.items() for text in _section(key, title)),
            Text("consent_terms", _("Message above the button"), places=_ALL),
            Text("consent_tick", _("Words of the box to tick"), is_markdown=False, longest=300),
            Text("consent_button", _("Button"), is_markdown=False, longest=40, places=()),
        ),
    ),
    Group(
        "additional", _("Additional consent"), _("Asked of customers who come back, where it is on above."),
        (
            Text("additional_title", _("Title"), is_markdown=False, longest=200),
            Text("additional_body", _("Terms")),
            Text("additional_button", _("Button"), is_markdown=False, longest=40, places=()),
        ),
    ),
    Group("upload", _("File upload"), _("Above the place for files, on every report."),
          (Text("upload_body", _("Text"), places=_ALL),)),
    Group("exit", _("Exit confirmation"), _("When a customer closes the Link."),
          _pair("exit", _("Header"), _("Text"))),
    Group(
        "manage", _("Manage connections"), _("The list of connections, where it is on above."),
        (
            Text("manage_title", _("Title"), is_markdown=False, longest=120),
            Text("manage_subtitle", _("Subtitle"), is_markdown=False, longest=400),
        ),
    ),
    Group("help", _("Help and support"), _("Shown throughout: whom to call or write to."),
          (Text("help_body", _("Message and contacts")),)),
    Group("security", _("Data security"), _("The link to your policy, shown throughout."),
          (Text("security_label", _("Words of the link"), is_markdown=False, longest=80, places=()),)),
    Group("terms", _("Terms and conditions"), _("Shown throughout."), (Text("terms_body", _("Message")),)),
)  # fmt: skip
TEXTS: Mapping[str, Text] = {text.key: text for group in GROUPS for text in group.texts}


def text_in(texts: Mapping[str, Mapping[str, str]], key: str, locale: str) -> str:
    """The text in this language, else in English, else none."""
    code = "fr-ca" if locale.lower().startswith("fr") else "en"
    return texts.get(code, {}).get(key) or texts.get("en", {}).get(key) or ""
