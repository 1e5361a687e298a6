"""Which connections a member may reach: those of the companies it may reach."""

import uuid

from django.db.models import QuerySet
from django.http import Http404

from cardable.server.companies.access import companies_of, family_of
from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection
from cardable.server.organizations.models import Member


def connection_for(member: Member, id: uuid.UUID) -> Connection:
    """The connection of this id; Http404 for strangers."""
    found = Connection.objects.filter(company__in=companies_of(member), id=id)
    connection = found.select_related("company").first()
    if connection is None:
        raise Http404
    return connection


def connections_below(member: Member, company: Company) -> QuerySet[Connection]:
    """The connections of a company and of all below it, its own first."""
    found = Connection.objects.filter(company__in=family_of(member, company).values("id"))
    return found.select_related("company").order_by("company__created_at", "created_at", "id")
