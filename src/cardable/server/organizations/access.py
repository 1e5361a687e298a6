"""Who is asking: the member behind a request, and what it may reach."""

import uuid

from django.db import connection
from django.http import Http404, HttpRequest

from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import act_for


def bind_member(request: HttpRequest) -> None:
    """Set `request.member` (None for strangers) and show the transaction its organization's rows."""
    request.member = None  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        act_for(None)
        return
    act_for(None, user_id=request.user.pk)
    wanted = request.session.get("organization")
    mine = Member.objects.filter(user=request.user, is_active=True).order_by("created_at")
    member = (mine.filter(organization_id=wanted).first() if wanted else None) or mine.first()
    if member:
        act_for(member.organization_id, user_id=request.user.pk)
        request.member = member  # type: ignore[attr-defined]


def member_of(request: HttpRequest) -> Member:
    """The member behind the request; Http404 for strangers."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        raise Http404
    return member


def organization_by_slug(slug: str) -> uuid.UUID | None:
    """The organization a Link address names; the one question a stranger may ask."""
    return _lookup("select organization_by_slug(%s)", slug)


def organization_of_company(company_id: uuid.UUID) -> uuid.UUID | None:
    """The organization of a company, for Link addresses without a slug."""
    return _lookup("select organization_of_company(%s)", company_id)


def _lookup(question: str, value: object) -> uuid.UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        found = cursor.fetchone()[0]
    return uuid.UUID(str(found)) if found else None


def organization(member: Member) -> Organization:
    return member.organization
