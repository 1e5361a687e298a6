"""What a customer agrees to before it shares anything, and the record of its agreement."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, gettext, override

from cardable.language import LANGUAGES
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
    button: str
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


def consent_text(look: Look, *, is_test: bool = False) -> ConsentText:
    """The text in force for one company and the software it chose: the issuer's where it wrote one."""
    names = _names(look)
    words, options = look.words, look.options
    button = words["consent_button"] or gettext("Next")
    tick = gettext("I agree, and I may share data of {company} with {issuer}.")
    title = gettext("Share data of {company} from {platform}")
    subtitle = gettext(
        "{issuer} asks for your agreement before you share anything. Please read what it means."
    )
    terms = gettext("By choosing {button} you confirm that you may share data of {company} with {issuer}.")
    return ConsentText(
        title=words["consent_title"] or title.format(**names),
        subtitle=words["consent_subtitle"] or subtitle.format(**names),
        sections=tuple(_sections(look, _usual(names, options.data_types, is_test=is_test))),
        terms=_source(look, "consent_terms") or terms.format(button=button, **names),
        terms_html=look.html["consent_terms"],
        terms_url=options.terms_url,
        button=button,
        tick=(words["consent_tick"] or tick.format(**names)) if options.consent_tick else "",
    )


def additional_text(look: Look) -> ConsentText:
    """What customers who come back are asked to agree to besides."""
    names, words = _names(look), look.words
    title = gettext("{issuer} asks for one more agreement")
    terms = gettext(
        "{issuer} would like to use the data of {company} for something new. Ask your contact there."
    )
    return ConsentText(
        title=words["additional_title"] or title.format(**names),
        subtitle="",
        sections=(),
        terms=_source(look, "additional_body") or terms.format(**names),
        terms_html=look.html["additional_body"],
        button=words["additional_button"] or gettext("Agree"),
    )


def has_agreed_to_more(look: Look, connection: Connection) -> bool:
    """Whether the additional text in force was agreed to for the company before, in whatever language."""
    texts = []
    for language in LANGUAGES:
        with override(language):
            texts.append(additional_text(look).plain)
    return Consent.objects.filter(company_id=connection.company_id, text__in=texts).exists()


def _sections(look: Look, usual: Mapping[str, tuple[str, ...]]) -> Iterator[Section]:
    for key, title in SECTIONS.items():
        header = look.words[f"consent_{key}_header"] or str(title)
        body = _source(look, f"consent_{key}_body")
        if key == "data" and not look.options.data_types:
            continue
        paragraphs = (body,) if body else usual[key]
        yield Section(header, paragraphs, look.html[f"consent_{key}_body"])


def _source(look: Look, key: str) -> str:
    """What the issuer wrote, names filled in, before it is made HTML."""
    text = text_in(look.presentation.texts, key, get_language() or "en")
    return filled(text, dict(look.values))


def _names(look: Look) -> Mapping[str, str]:
    """Who shares what with whom."""
    return {key: look.values[f"{key}Name"] for key in ("company", "issuer", "platform")}


def _usual(
    names: Mapping[str, str], data_types: Sequence[str], *, is_test: bool
) -> Mapping[str, tuple[str, ...]]:
    """What the sections say where the issuer wrote nothing."""
    texts = {
        "purpose": (
            gettext(
                "{issuer} uses the data to find out which suppliers of {company} could be paid by card, and"
                " what that would bring {company}. It is used for nothing else."
            ),
        ),
        "access": (
            gettext(
                "You export reports from {platform} yourself and bring the files here. Nobody signs in to"
                " your software, and nothing in it can be changed."
            ),
            gettext(
                "You choose what to bring. You can stop at any time, and remove a file until you finish."
            ),
        ),
        "account": (
            gettext(
                "We keep the name of {company}, the software you chose, the files you bring and the time you"
                " brought them. With your agreement we record the time, your internet address and your"
                " browser, as proof that you gave it."
            ),
        ),
        "data": tuple(str(words) for key, words in DATA_TYPES.items() if key in data_types),
        "retention": (
            gettext(
                "The data is encrypted on its way and where it is kept. It is kept until you ask {issuer} to"
                " delete it."
            ),
            gettext(
                "You may take your agreement back at any time by writing to {issuer}. From then on nothing"
                " more is read; what was read stays until you ask for its deletion."
            ),
        ),
    }
    if is_test:
        texts |= _of_tests()
    return {key: tuple(text.format(**names) for text in section) for key, section in texts.items()}


def _of_tests() -> dict[str, tuple[str, ...]]:
    """What is otherwise where the data is made up."""
    access = gettext(
        "{platform} is test software with made-up books. Nothing of {company} is read, and nobody signs in"
        " anywhere."
    )
    account = gettext(
        "We keep the name of {company}, the made-up files and the time they came. With your agreement we"
        " record the time, your internet address and your browser, as proof that you gave it."
    )
    return {"access": (access,), "account": (account,)}


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
