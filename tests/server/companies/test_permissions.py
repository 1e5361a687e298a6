"""Company permissions lead to one's own companies, product permissions to those of one's products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from cardable.server.companies.models import Company, CompanyOwner
from cardable.server.companies.products import SPEND_INSIGHTS
from cardable.server.organizations.models import Member
from cardable.server.tenancy import acting_for
from tests.server.conftest import client_of, make_company, make_member

if TYPE_CHECKING:
    from cardable.server.organizations.models import Organization

pytestmark = pytest.mark.usefixtures("static_files")


def switch(organization: Organization, **switches: bool) -> None:
    with acting_for(organization.id):
        for name, value in switches.items():
            setattr(organization, name, value)
        organization.save()


def own(member: Member, company: Company) -> None:
    with acting_for(member.organization_id):
        CompanyOwner.objects.create(organization_id=member.organization_id, company=company, member=member)


@pytest.fixture
def group(organization: Organization) -> dict[str, Company]:
    """Harbor with North below it and Depot below that, and Lakeside beside them."""
    harbor = make_company(organization, "Harbor", children_count=1, family_count=3)
    north = make_company(organization, "North", parent=harbor, children_count=1, family_count=2)
    depot = make_company(organization, "Depot", parent=north)
    return {
        "Harbor": harbor,
        "North": north,
        "Depot": depot,
        "Lakeside": make_company(organization, "Lakeside"),
    }


def reached(client: Client, group: dict[str, Company]) -> set[str]:
    return {
        name for name, company in group.items() if client.get(f"/companies/{company.id}/").status_code == 200
    }


def listed(client: Client, group: dict[str, Company], query: str = "") -> set[str]:
    page = client.get(f"/companies/{query}").content.decode()
    return {name for name, company in group.items() if f'href="/companies/{company.id}/"' in page}


def test_without_permissions_everybody_reaches_everything(client: Client, group: dict[str, Company]) -> None:
    assert reached(client, group) == set(group)


def test_one_reaches_what_one_owns_and_all_below_it(
    client: Client, member: Member, group: dict[str, Company]
) -> None:
    switch(member.organization, company_permissions=True)
    own(member, group["North"])
    assert reached(client, group) == {"North", "Depot"}
    assert listed(client, group) == {"North"}
    assert listed(client, group, f"?open={group['North'].id.hex}") == {"North", "Depot"}
    assert listed(client, group, "?q=depot") == {"North", "Depot"}
    assert listed(client, group, "?q=harbor") == set()


def test_nothing_of_the_companies_above_is_told(
    client: Client, member: Member, group: dict[str, Company]
) -> None:
    switch(member.organization, company_permissions=True)
    own(member, group["North"])
    for path in ("", "edit", "subsidiaries", "connections", "request-data"):
        assert "Harbor" not in client.get(f"/companies/{group['North'].id}/{path}").content.decode()


def test_editing_a_company_keeps_a_parent_that_is_out_of_reach(
    client: Client, member: Member, group: dict[str, Company]
) -> None:
    switch(member.organization, company_permissions=True)
    own(member, group["North"])
    said = {"name": "North Quay", "owners": [str(member.id)], "parent": ""}
    assert client.post(f"/companies/{group['North'].id}/edit", said).status_code == 302
    with acting_for(member.organization_id):
        changed = Company.objects.get(id=group["North"].id)
    assert (changed.name, changed.parent_id) == ("North Quay", group["Harbor"].id)


@pytest.mark.parametrize("role", ["Developer", "Administrator"])
def test_developers_and_administrators_reach_all(
    organization: Organization, group: dict[str, Company], role: str
) -> None:
    switch(organization, company_permissions=True, product_permissions=True)
    technical = make_member(organization, role=role, email="tech@demo.bank")
    assert reached(client_of(technical), group) == set(group)


def test_whoever_makes_a_company_still_reaches_it(
    client: Client, member: Member, organization: Organization
) -> None:
    switch(organization, company_permissions=True)
    other = make_member(organization, email="other@demo.bank")
    answer = client.post("/companies/new", {"name": "New Pier", "owners": [str(other.id)]}, follow=True)
    assert answer.status_code == 200
    assert "New Pier has been created" in answer.content.decode()


def test_a_company_of_another_product_is_out_of_reach(
    client: Client, member: Member, group: dict[str, Company]
) -> None:
    switch(member.organization, product_permissions=True)
    with acting_for(member.organization_id):
        Company.objects.filter(id=group["Lakeside"].id).update(products=[SPEND_INSIGHTS])
    assert reached(client, group) == set()
    with acting_for(member.organization_id):
        Member.objects.filter(id=member.id).update(products=[SPEND_INSIGHTS])
    assert reached(client, group) == {"Lakeside"}


def test_nobody_makes_a_company_of_a_product_it_does_not_hold(client: Client, member: Member) -> None:
    switch(member.organization, product_permissions=True)
    assert "hold none of its products" in client.post("/companies/new", {"name": "Pier"}).content.decode()
    with acting_for(member.organization_id):
        assert not Company.objects.exists()


def test_a_parent_is_not_deleted_with_subsidiaries_that_one_does_not_see(
    client: Client, member: Member, group: dict[str, Company]
) -> None:
    switch(member.organization, product_permissions=True)
    with acting_for(member.organization_id):
        Member.objects.filter(id=member.id).update(products=[SPEND_INSIGHTS])
        Company.objects.filter(id=group["Harbor"].id).update(products=[SPEND_INSIGHTS])
    assert client.post(f"/companies/{group['Harbor'].id}/delete", {"name": "Harbor"}).status_code == 403


def test_an_administrator_switches_permissions_and_nobody_loses_a_product(
    organization: Organization, member: Member
) -> None:
    admin = client_of(make_member(organization, role="Administrator", email="grace@demo.bank"))
    admin.post("/settings/permissions/", {"company_permissions": "on", "product_permissions": "on"})
    with acting_for(organization.id):
        organization.refresh_from_db()
        assert Member.objects.get(id=member.id).products == [SPEND_INSIGHTS]
    assert (organization.company_permissions, organization.product_permissions) == (True, True)
