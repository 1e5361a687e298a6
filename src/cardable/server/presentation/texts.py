"""Every text of the Link that an issuer may write itself, in each of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass

LOCALES = {"en": "English", "fr-ca": "Français (Canada)"}
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
        Text(f"consent_{key}_header", f"{title}: header", is_markdown=False, longest=LONGEST_HEADER,
             places=(COMPANY, ISSUER, PLATFORM)),
        Text(f"consent_{key}_body", f"{title}: body", places=(COMPANY, ISSUER, PLATFORM)),
    )  # fmt: skip


SECTIONS = {
    "purpose": "Purpose",
    "access": "Access",
    "account": "Account information",
    "data": "Platform data",
    "retention": "Retention",
}
_ALL = (COMPANY, ISSUER, PLATFORM)
GROUPS = (
    Group("landing", "Landing page", "The first screen of the Link.", _pair("landing", "Header", "Body")),
    Group("invite", "Invite company page", "Where customers say who they are.",
          _pair("invite", "Header", "Body")),
    Group("left", "Left panel", "Beside every screen.", _pair("left", "Header", "Body")),
    Group(
        "consent", "Data access consent",
        "What customers agree to; the text in force is kept with each consent.",
        (
            Text("consent_title", "Title", is_markdown=False, longest=200, places=_ALL),
            Text("consent_subtitle", "Subtitle", is_markdown=False, longest=400, places=_ALL),
            *(text for key, title in SECTIONS.items() for text in _section(key, title)),
            Text("consent_terms", "Message above the button", places=_ALL),
            Text("consent_tick", "Words of the box to tick", is_markdown=False, longest=300),
            Text("consent_button", "Button", is_markdown=False, longest=40, places=()),
        ),
    ),
    Group(
        "additional", "Additional consent", "Asked of customers who come back, where it is on above.",
        (
            Text("additional_title", "Title", is_markdown=False, longest=200),
            Text("additional_body", "Terms"),
            Text("additional_button", "Button", is_markdown=False, longest=40, places=()),
        ),
    ),
    Group("upload", "File upload", "Above the place for files, on every report.",
          (Text("upload_body", "Text", places=_ALL),)),
    Group("exit", "Exit confirmation", "When a customer closes the Link.", _pair("exit", "Header", "Text")),
    Group(
        "manage", "Manage connections", "The list of connections, where it is on above.",
        (
            Text("manage_title", "Title", is_markdown=False, longest=120),
            Text("manage_subtitle", "Subtitle", is_markdown=False, longest=400),
        ),
    ),
    Group("help", "Help and support", "Shown throughout: whom to call or write to.",
          (Text("help_body", "Message and contacts"),)),
    Group("security", "Data security", "The link to your policy, shown throughout.",
          (Text("security_label", "Words of the link", is_markdown=False, longest=80, places=()),)),
    Group("terms", "Terms and conditions", "Shown throughout.", (Text("terms_body", "Message"),)),
)  # fmt: skip
TEXTS: Mapping[str, Text] = {text.key: text for group in GROUPS for text in group.texts}


def text_in(texts: Mapping[str, Mapping[str, str]], key: str, locale: str) -> str:
    """The text in this language, else in English, else none."""
    code = "fr-ca" if locale.lower().startswith("fr") else "en"
    return texts.get(code, {}).get(key) or texts.get("en", {}).get(key) or ""
