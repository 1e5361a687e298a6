"""Who is asking: the member behind a request, and what it may reach."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.http import Http404, HttpRequest
from django.utils import timezone

from cardable.server.organizations.models import Member
from cardable.server.organizations.sessions import THROUGH, end_stale_session
from cardable.server.tenancy import act_for

CHOSEN_ORGANIZATION = "organization"
"""Where a session keeps the organization its user works for."""


def bind_member(request: HttpRequest) -> None:
    """Set `request.member` (None for strangers) and show the transaction its organization's rows."""
    request.member = None  # type: ignore[attr-defined]
    request.memberships = ()  # type: ignore[attr-defined]
    timezone.deactivate()
    end_stale_session(request)
    if not request.user.is_authenticated:
        act_for(None)
        return
    through = request.session.get(THROUGH, "")
    mine = tuple(each for each in memberships_of(request.user) if is_let_in(each, through))
    request.memberships = mine  # type: ignore[attr-defined]
    wanted = request.session.get(CHOSEN_ORGANIZATION)
    chosen = [each for each in mine if str(each.organization_id) == wanted]
    member = next(iter([*chosen, *mine]), None)
    if member:
        act_for(member.organization_id, user_id=request.user.pk)
        timezone.activate(member.organization.time_zone)
        request.member = member  # type: ignore[attr-defined]


def memberships_of(user: AbstractBaseUser) -> tuple[Member, ...]:
    """Where a user belongs, oldest first; the transaction shows nothing else from here on."""
    act_for(None, user_id=user.pk)
    return tuple(
        Member.objects.filter(user_id=user.pk, is_active=True)
        .select_related("organization", "user__second_factor")
        .order_by("created_at", "id")
    )


def is_let_in(member: Member, through: str) -> bool:
    """Whether this way of signing in leads to this organization.

    An identity provider vouches for people to the organization that named it, and to no other; a password
    counts wherever passwords do.
    """
    return str(member.organization_id) == through if through else member.organization.password_sign_in


def organization_names(user: AbstractBaseUser) -> list[str]:
    """What the user's organizations are called, whoever asks."""
    with transaction.atomic():
        names = [member.organization.name for member in memberships_of(user)]
        # Rolling back undoes nothing but the change of whose rows are shown.
        transaction.set_rollback(True)
    return names


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


def organization_of_invitation(invitation_id: uuid.UUID) -> uuid.UUID | None:
    """The organization that sent an invitation; whether its link is right is asked afterwards."""
    return _lookup("select organization_of_invitation(%s)", invitation_id)


def belongs_elsewhere(user_id: uuid.UUID, organization_id: uuid.UUID) -> bool:
    """Whether the person is a member of another organization too, which this one has no say about."""
    with connection.cursor() as cursor:
        cursor.execute("select belongs_elsewhere(%s, %s)", [user_id, organization_id])
        return bool(cursor.fetchone()[0])


def every_organization() -> list[uuid.UUID]:
    """The ids of all organizations, for what is done for each in turn; nothing else of them is shown."""
    with connection.cursor() as cursor:
        cursor.execute("select every_organization()")
        return [uuid.UUID(str(found)) for (found,) in cursor.fetchall()]


def _lookup(question: str, value: str | uuid.UUID) -> uuid.UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        found = cursor.fetchone()[0]
    return uuid.UUID(str(found)) if found else None
