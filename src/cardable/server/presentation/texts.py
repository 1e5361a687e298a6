"""Every text of the Link that an issuer may write itself, in each of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from cardable.language import LANGUAGES, noted, said

LOCALES = dict(LANGUAGES)
LONGEST, LONGEST_HEADER = 5000, 50
COMPANY, ISSUER, PLATFORM = "{companyName}", "{issuerName}", "{platformName}"


@dataclass(frozen=True)
class Text:
    """One text: what it is called, whether it is Markdown, and what may stand in it."""

    key: str
    label: str
    is_markdown: bool = True
    longest: int = LONGEST
    places: tuple[str, ...] = (COMPANY, ISSUER)
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """The texts of one screen, or of one part of all screens."""

    key: str
    title: str
    about: str
    texts: tuple[Text, ...]


def _pair(key: str, header: str, body: str, *, longest: int = 120) -> tuple[Text, Text]:
    return (
        Text(f"{key}_header", header, is_markdown=False, longest=longest),
        Text(f"{key}_body", body),
    )


def _section(key: str, title: str) -> tuple[Text, Text]:
    return (
        Text(
            f"consent_{key}_header",
            said("{title}: header", title=title),
            is_markdown=False,
            longest=LONGEST_HEADER,
            places=(COMPANY, ISSUER, PLATFORM),
        ),
        Text(f"consent_{key}_body", said("{title}: body", title=title), places=(COMPANY, ISSUER, PLATFORM)),
    )


SECTIONS = {
    "purpose": noted("Purpose"),
    "access": noted("Access"),
    "account": noted("Account information"),
    "data": noted("Platform data"),
    "retention": noted("Retention"),
}
_ALL = (COMPANY, ISSUER, PLATFORM)
GROUPS = (
    Group(
        "landing",
        noted("Landing page"),
        noted("The first screen of the Link."),
        _pair("landing", noted("Header"), noted("Body")),
    ),
    Group(
        "invite",
        noted("Invite company page"),
        noted("Where customers say who they are."),
        _pair("invite", noted("Header"), noted("Body")),
    ),
    Group(
        "left",
        noted("Left panel"),
        noted("Beside every screen."),
        _pair("left", noted("Header"), noted("Body")),
    ),
    Group(
        "consent",
        noted("Data access consent"),
        noted("What customers agree to; the text in force is kept with each consent."),
        (
            Text("consent_title", noted("Title"), is_markdown=False, longest=200, places=_ALL),
            Text("consent_subtitle", noted("Subtitle"), is_markdown=False, longest=400, places=_ALL),
            *(text for key, title in SECTIONS.items() for text in _section(key, title)),
            Text("consent_terms", noted("Message above the button"), places=_ALL),
            Text("consent_tick", noted("Words of the box to tick"), is_markdown=False, longest=300),
            Text("consent_button", noted("Button"), is_markdown=False, longest=40, places=()),
        ),
    ),
    Group(
        "additional",
        noted("Additional consent"),
        noted("Asked of customers who come back, where it is on above."),
        (
            Text("additional_title", noted("Title"), is_markdown=False, longest=200),
            Text("additional_body", noted("Terms")),
            Text("additional_button", noted("Button"), is_markdown=False, longest=40, places=()),
        ),
    ),
    Group(
        "upload",
        noted("File upload"),
        noted("Above the place for files, on every report."),
        (Text("upload_body", noted("Text"), places=_ALL),),
    ),
    Group(
        "exit",
        noted("Exit confirmation"),
        noted("When a customer closes the Link."),
        _pair("exit", noted("Header"), noted("Text")),
    ),
    Group(
        "manage",
        noted("Manage connections"),
        noted("The list of connections, where it is on above."),
        (
            Text("manage_title", noted("Title"), is_markdown=False, longest=120),
            Text("manage_subtitle", noted("Subtitle"), is_markdown=False, longest=400),
        ),
    ),
    Group(
        "help",
        noted("Help and support"),
        noted("Shown throughout: whom to call or write to."),
        (Text("help_body", noted("Message and contacts")),),
    ),
    Group(
        "security",
        noted("Data security"),
        noted("The link to your policy, shown throughout."),
        (Text("security_label", noted("Words of the link"), is_markdown=False, longest=80, places=()),),
    ),
    Group(
        "terms",
        noted("Terms and conditions"),
        noted("Shown throughout."),
        (Text("terms_body", noted("Message")),),
    ),
)
TEXTS: Mapping[str, Text] = {text.key: text for group in GROUPS for text in group.texts}


def text_in(texts: Mapping[str, Mapping[str, str]], key: str, locale: str) -> str:
    """The text in this language, else in English, else none."""
    code = "fr-ca" if locale.lower().startswith("fr") else "en"
    return texts.get(code, {}).get(key) or texts.get("en", {}).get(key) or ""
