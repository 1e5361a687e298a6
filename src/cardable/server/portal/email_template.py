"""The mail an analyst sends a customer with its Link URL; Cardable itself sends nothing."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext

from cardable.server.companies.models import Company
from cardable.server.languages import languages_of
from cardable.server.organizations.models import Member
from cardable.server.presentation.look import presentation_of
from cardable.server.presentation.texts import LOCALES
from cardable.server.ui.moments import moment_words

_FOLDER = Path(__file__).parent
DEFAULTS = {
    "en": (_FOLDER / "email_template.txt").read_text(encoding="utf-8"),
    "fr-ca": (_FOLDER / "email_template.fr-ca.txt").read_text(encoding="utf-8"),
}
"""The mail as it is where an issuer wrote none of its own, in each language."""
KEY = "email"
PLACES = ("companyName", "issuerName", "linkUrl", "userName", "expiry")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Mail:
    """The mail in one language, ready to be copied."""

    locale: str
    language: str
    text: str


def mails(company: Company, member: Member, url: str, expires: datetime | None) -> list[Mail]:
    """The mail in each language that the issuer has on, and in those it wrote one in."""
    texts = presentation_of(member.organization).texts
    spoken = languages_of(member.organization)
    return [
        Mail(locale, language, _written(template, locale, company, member, url, expires))
        for locale, language in LOCALES.items()
        if (
            template := texts.get(locale, {}).get(KEY)
            or (DEFAULTS.get(locale, "") if locale in spoken else "")
        )
    ]


def filled_template(template: str, **values: str) -> str:
    """The template with each `{name}` replaced once; what a value holds is not read again."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), template)


def unknown_places(template: str) -> list[str]:
    """Names in braces that nothing is known for."""
    return [name for name in _PLACE.findall(template) if name not in PLACES]


def _written(
    template: str, locale: str, company: Company, member: Member, url: str, expires: datetime | None
) -> str:
    expiry = ""
    if expires:
        until = moment_words(timezone.localtime(expires), locale)
        with translation.override(locale):
            words = gettext("The link works once, until {until} ({zone}).")
        expiry = words.format(until=until, zone=timezone.get_current_timezone_name()) + "\n\n"
    return filled_template(
        template,
        companyName=company.name,
        issuerName=member.organization.name,
        linkUrl=url,
        userName=str(member.user),
        expiry=expiry,
    )
