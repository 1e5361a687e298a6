"""What a customer agrees to before it shares anything, and the record of its agreement."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from cardable.server.connections.models import Connection, Consent
from cardable.server.origin import address_of

_LONGEST_BROWSER = 500


@dataclass(frozen=True)
class Section:
    """One part of the consent: its heading and its paragraphs."""

    header: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ConsentText:
    """Everything the consent page says, as it says it."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    terms: str
    button: str = "Next"

    @property
    def plain(self) -> str:
        """The text word for word, as it is kept."""
        parts = [self.title, self.subtitle]
        for section in self.sections:
            parts += [section.header, *section.paragraphs]
        return "\n\n".join([*parts, self.terms])

    @property
    def mark(self) -> str:
        """Tells whether the text somebody agreed to is the one in force."""
        return hashlib.sha256(self.plain.encode()).hexdigest()[:16]


def consent_text(*, company: str, issuer: str, platform: str) -> ConsentText:
    """The text in force for one company and the software it chose."""
    return ConsentText(
        title=f"Share data of {company} from {platform}",
        subtitle=f"{issuer} asks for your agreement before you share anything. Please read what it means.",
        sections=(
            Section(
                "Purpose",
                (
                    f"{issuer} uses the data to find out which suppliers of {company} could be paid by"
                    f" card, and what that would bring {company}. It is used for nothing else.",
                ),
            ),
            Section(
                "Access",
                (
                    f"You export reports from {platform} yourself and bring the files here. Nobody signs in"
                    " to your software, and nothing in it can be changed.",
                    "You choose what to bring. You can stop at any time, and remove a file until you finish.",
                ),
            ),
            Section(
                "Account information",
                (
                    f"We keep the name of {company}, the software you chose, the files you bring and the"
                    " time you brought them. With your agreement we record the time, your internet"
                    " address and your browser, as proof that you gave it.",
                ),
            ),
            Section(
                "Platform data",
                (
                    "Suppliers: names, addresses, contacts and tax numbers.",
                    "Bills and credit notes: dates, amounts, currencies and what is still due.",
                    "Payments and direct costs: dates, amounts, payment methods, references and notes.",
                ),
            ),
            Section(
                "Retention",
                (
                    "The data is encrypted on its way and where it is kept. It is kept until you ask"
                    f" {issuer} to delete it.",
                    f"You may take your agreement back at any time by writing to {issuer}. From then on"
                    " nothing more is read; what was read stays until you ask for its deletion.",
                ),
            ),
        ),
        terms=f"By choosing Next you confirm that you may share data of {company} with {issuer}.",
    )


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
