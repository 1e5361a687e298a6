"""Which companies a member may reach; a stranger learns nothing of them."""

import uuid

from django.db.models import QuerySet
from django.http import Http404

from cardable.server.companies.models import Company
from cardable.server.companies.tree import ancestor_ids, family_ids
from cardable.server.organizations.models import Member


def companies_of(member: Member) -> QuerySet[Company]:
    """Every company of the member's organization that is not being deleted."""
    return Company.objects.filter(organization_id=member.organization_id, deleting_since=None)


def company_for(member: Member, id: uuid.UUID) -> Company:
    """The company of this id; Http404 where it is unknown, another issuer's or being deleted."""
    company = companies_of(member).select_related("parent").filter(id=id).first()
    if company is None:
        raise Http404
    return company


def family_of(member: Member, company: Company) -> QuerySet[Company]:
    """The company itself and all below it, at any depth."""
    return companies_of(member).filter(id__in=family_ids(company.id))


def ancestors_of(company: Company) -> list[Company]:
    """The companies above it, the topmost first."""
    if company.parent_id is None:
        return []
    ids = ancestor_ids(company.id)
    found = Company.objects.in_bulk(ids)
    return [found[id] for id in reversed(ids)]
