"""What a customer agrees to before it shares anything, and the record of its agreement."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from cardable.server.connections.models import Connection, Consent
from cardable.server.origin import address_of
from cardable.server.presentation.look import Look
from cardable.server.presentation.markdown import filled
from cardable.server.presentation.options import DATA_TYPES
from cardable.server.presentation.texts import SECTIONS, text_in

_LONGEST_BROWSER = 500


@dataclass(frozen=True)
class Section:
    """One part of the consent: its heading and its paragraphs."""

    header: str
    paragraphs: tuple[str, ...]
    html: str = ""
    """What the issuer wrote instead of the paragraphs, as the page shows it."""


@dataclass(frozen=True)
class ConsentText:
    """Everything the consent page says, as it says it."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    terms: str
    button: str = "Next"
    terms_html: str = ""
    terms_url: str = ""
    tick: str = ""
    """The words of the box that must be ticked; empty where there is none."""

    @property
    def plain(self) -> str:
        """The text word for word, as it is kept."""
        parts = [self.title, self.subtitle]
        for section in self.sections:
            parts += [section.header, *section.paragraphs]
        parts += [self.terms, self.terms_url, self.tick]
        return "\n\n".join(part for part in parts if part)

    @property
    def mark(self) -> str:
        """Tells whether the text somebody agreed to is the one in force."""
        return hashlib.sha256(self.plain.encode()).hexdigest()[:16]


def consent_text(look: Look) -> ConsentText:
    """The text in force for one company and the software it chose: the issuer's where it wrote one."""
    company, issuer, platform = (look.values[each] for each in ("companyName", "issuerName", "platformName"))
    words, options = look.words, look.options
    tick = words["consent_tick"] or f"I agree, and I may share data of {company} with {issuer}."
    button = words["consent_button"] or "Next"
    return ConsentText(
        title=words["consent_title"] or f"Share data of {company} from {platform}",
        subtitle=words["consent_subtitle"]
        or f"{issuer} asks for your agreement before you share anything. Please read what it means.",
        sections=tuple(_sections(look, _usual(company, issuer, platform, options.data_types))),
        terms=_source(look, "consent_terms")
        or f"By choosing {button} you confirm that you may share data of {company} with {issuer}.",
        terms_html=look.html["consent_terms"],
        terms_url=options.terms_url,
        button=button,
        tick=tick if options.consent_tick else "",
    )


def additional_text(look: Look) -> ConsentText:
    """What customers who come back are asked to agree to besides."""
    company, issuer = look.values["companyName"], look.values["issuerName"]
    words = look.words
    return ConsentText(
        title=words["additional_title"] or f"{issuer} asks for one more agreement",
        subtitle="",
        sections=(),
        terms=_source(look, "additional_body")
        or f"{issuer} would like to use the data of {company} for something new. Ask your contact there.",
        terms_html=look.html["additional_body"],
        button=words["additional_button"] or "Agree",
    )


def has_agreed_to(text: ConsentText, connection: Connection) -> bool:
    """Whether exactly this was agreed to for the company before."""
    return Consent.objects.filter(company_id=connection.company_id, text=text.plain).exists()


def _sections(look: Look, usual: Mapping[str, tuple[str, ...]]) -> Iterator[Section]:
    for key, title in SECTIONS.items():
        header, body = look.words[f"consent_{key}_header"] or title, _source(look, f"consent_{key}_body")
        if key == "data" and not look.options.data_types:
            continue
        paragraphs = (body,) if body else usual[key]
        yield Section(header, paragraphs, look.html[f"consent_{key}_body"])


def _source(look: Look, key: str) -> str:
    """What the issuer wrote, names filled in, before it is made HTML."""
    text = text_in(look.presentation.texts, key, get_language() or "en")
    return filled(text, dict(look.values))


def _usual(
    company: str, issuer: str, platform: str, data_types: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """What the sections say where the issuer wrote nothing."""
    return {
        "purpose": (
            f"{issuer} uses the data to find out which suppliers of {company} could be paid by card, and what"
            f" that would bring {company}. It is used for nothing else.",
        ),
        "access": (
            f"You export reports from {platform} yourself and bring the files here. Nobody signs in to your"
            " software, and nothing in it can be changed.",
            "You choose what to bring. You can stop at any time, and remove a file until you finish.",
        ),
        "account": (
            f"We keep the name of {company}, the software you chose, the files you bring and the time you"
            " brought them. With your agreement we record the time, your internet address and your browser,"
            " as proof that you gave it.",
        ),
        "data": tuple(words for key, words in DATA_TYPES.items() if key in data_types),
        "retention": (
            "The data is encrypted on its way and where it is kept. It is kept until you ask"
            f" {issuer} to delete it.",
            f"You may take your agreement back at any time by writing to {issuer}. From then on nothing more"
            " is read; what was read stays until you ask for its deletion.",
        ),
    }


def record_consent(connection: Connection, text: ConsentText, request: HttpRequest) -> Consent:
    """Keep what was agreed to, by whom and from where."""
    return Consent.objects.create(
        organization_id=connection.organization_id,
        company_id=connection.company_id,
        connection=connection,
        text=text.plain,
        locale=get_language() or "en",
        ip_address=address_of(request),
        browser=request.headers.get("User-Agent", "")[:_LONGEST_BROWSER],
    )
