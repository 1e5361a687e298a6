"""Which connections a member may reach: those of the companies it may reach."""

import uuid
from collections.abc import Iterable, Mapping

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


def origins_of(member: Member, connections: Iterable[Connection]) -> Mapping[uuid.UUID, Company]:
    """For each of these that came with another company's files, that company, where the member reaches it."""
    origins = {each.id: each.origin_id for each in connections if each.origin_id}
    reached = Connection.objects.filter(id__in=origins.values(), company__in=companies_of(member))
    companies = {each.id: each.company for each in reached.select_related("company")}
    return {id: companies[origin] for id, origin in origins.items() if origin in companies}
