"""Which companies a member may reach; a stranger learns nothing of them."""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from cardable.server.companies.models import Company
from cardable.server.companies.tree import ancestor_ids, family_ids
from cardable.server.organizations.models import Member
from cardable.server.organizations.roles import may

# Owning a parent gives access to its subsidiaries, at any depth.
_OWNED = """
with recursive owned (id) as (
  select company_id from companies_companyowner where member_id = %s
  union
  select child.id from companies_company child join owned on child.parent_id = owned.id
) select id from owned
"""


def companies_of(member: Member) -> QuerySet[Company]:
    """The companies of its organization that the member may reach and that are not being deleted."""
    companies = Company.objects.filter(organization_id=member.organization_id, deleting_since=None)
    if may(member, "reach every company"):
        return companies
    organization = member.organization
    if organization.company_permissions:
        companies = companies.filter(id__in=RawSQL(_OWNED, (member.id,)))
    if organization.product_permissions:
        companies = companies.filter(holds_product(member))
    return companies


def holds_product(member: Member) -> Q:
    """Whether a company has a product that the member holds."""
    held = Q(pk__in=[])
    for product in member.products:
        held |= Q(products__contains=[product])
    return held


def is_narrowed(member: Member) -> bool:
    """Whether the member reaches only some of the organization's companies."""
    organization = member.organization
    return (organization.company_permissions or organization.product_permissions) and not may(
        member, "reach every company"
    )


def tops_of(member: Member) -> QuerySet[Company]:
    """The companies that the member sees on the topmost level: those whose parent it does not reach."""
    companies = companies_of(member)
    if not is_narrowed(member):
        return companies.filter(parent=None)
    return companies.filter(~Exists(companies_of(member).filter(id=OuterRef("parent_id"))))


def company_for(member: Member, id: uuid.UUID) -> Company:
    """The company of this id; Http404 where it is unknown, out of reach or being deleted."""
    company = companies_of(member).select_related("parent").filter(id=id).first()
    if company is None:
        raise Http404
    return company


def family_of(member: Member, company: Company) -> QuerySet[Company]:
    """The company itself and all below it, at any depth."""
    return companies_of(member).filter(id__in=family_ids(company.id))


def family_size(company: Company) -> int:
    """How many companies it and all below it are, in whoever's reach."""
    return Company.objects.filter(id__in=family_ids(company.id), deleting_since=None).count()


def ancestors_of(member: Member, company: Company) -> list[Company]:
    """The companies above it that the member may reach, the topmost first."""
    if company.parent_id is None:
        return []
    ids = ancestor_ids(company.id)
    found = companies_of(member).in_bulk(ids)
    return [found[id] for id in reversed(ids) if id in found]
