"""The mail an analyst sends a customer with its Link URL; Cardable itself sends nothing."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language

from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member
from cardable.server.ui.moments import moment_words

DEFAULT = (Path(__file__).parent / "email_template.txt").read_text(encoding="utf-8")


def email_text(company: Company, member: Member, url: str, expires: datetime | None) -> str:
    """The template with this company's names and link in it."""
    expiry = ""
    if expires:
        until = moment_words(timezone.localtime(expires), get_language())
        expiry = f"The link works once, until {until} ({timezone.get_current_timezone_name()}).\n\n"
    return _filled(
        DEFAULT,
        companyName=company.name,
        issuerName=member.organization.name,
        linkUrl=url,
        userName=str(member.user),
        expiry=expiry,
    )


def _filled(template: str, **values: str) -> str:
    """The template with each `{name}` replaced once; what a value holds is not read again."""
    parts = template.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closing, rest = part.partition("}")
        known = closing and name in values
        filled.append(values[name] + rest if known else "{" + part)
    return "".join(filled)
