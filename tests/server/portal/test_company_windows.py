"""The windows about a company: create, edit, ask for data, delete."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.server.conftest import client_of, make_company, make_member
from tests.server.portal.made import connect, family, listed

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member, Organization


def told(**more: Any) -> dict[str, Any]:
    return {"name": "Harbor Foods", "tags_key": [""], "tags_value": [""], "parent": "", **more}


def kept(organization: Organization, **what: Any) -> Company:
    from cardable.server.companies.models import Company
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        return Company.objects.select_related("parent").get(**what)


def happened(organization: Organization) -> list[tuple[str, str]]:
    from cardable.server.events.models import Event
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        return list(Event.objects.order_by("at").values_list("kind", "actor"))


def test_a_company_is_created_and_its_link_shown(client: Client, organization: Organization) -> None:
    answer = client.post("/companies/new", told(name="Example Company (X[1])", description="A-17"))
    company = kept(organization)
    assert (answer.status_code, answer["Location"]) == (302, f"/companies/{company.id}/created")
    assert (company.name, company.description, company.products) == (
        "Example Company X1",
        "A-17",
        ["Spend Insights"],
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Example Company X1 has been created" in page
    assert f"/link/demo-bank/company/{company.id}?link.otp=" in page
    assert "Create another company" in page
    assert ("company.created", "Ada Marsh") in happened(organization)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "[()]"}, "at least one letter or digit"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"tags_key": ["a", "a"], "tags_value": ["1", "2"]}, "Each key can be used once."),
        ({"tags_key": [""], "tags_value": ["1"]}, "Each tag needs a key."),
        ({"tags_key": ["k" * 28], "tags_value": ["1"]}, "27 characters"),
        ({"tags_key": list("abcdefghijk"), "tags_value": ["1"] * 11}, "at most 10 tags"),
        ({"parent": str(uuid.uuid4())}, "no longer there"),
        ({"subscriptions": ["eve@rival.bank"]}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    client: Client, organization: Organization, said: dict[str, Any], words: str
) -> None:
    page = client.post("/companies/new", told(**said))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert listed(client) == []


def test_tags_are_added_and_removed_row_by_row_without_losing_a_word(client: Client) -> None:
    page = client.post(
        "/companies/new", told(tags_key=["crm"], tags_value=["17"], add_tag="1")
    ).content.decode()
    assert re.findall(r'name="tags_key"[^>]*value="([^"]*)"', page) == ["crm", ""]
    assert "errors" not in page
    answer = client.post(
        "/companies/new", told(tags_key=["crm", "b"], tags_value=["17", "2"], remove_tag="0")
    )
    assert re.findall(r'name="tags_key"[^>]*value="([^"]*)"', answer.content.decode()) == ["b"]


def test_tags_owners_and_subscriptions_are_kept(
    client: Client, organization: Organization, member: Member
) -> None:
    priya = make_member(organization, email="priya@demo.bank", name="Priya Nair")
    said = told(
        tags_key=["crm", ""], tags_value=["17", ""], owners=[str(priya.id)], subscriptions=["priya@demo.bank"]
    )
    client.post("/companies/new", said)
    company = kept(organization)
    assert (company.tags, company.subscriptions) == ({"crm": "17"}, ["priya@demo.bank"])
    assert "Priya Nair" in client.get(f"/companies/{company.id}/").content.decode()


def test_a_creator_without_other_owners_owns_the_company(client: Client, organization: Organization) -> None:
    client.post("/companies/new", told())
    page = client.get(f"/companies/{kept(organization).id}/").content.decode()
    assert re.search(r"<dt>Owners</dt><dd><bdi>Ada Marsh</bdi>", page)


def test_addresses_on_an_allowed_domain_may_subscribe(client: Client, organization: Organization) -> None:
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        organization.subscription_domains = ["harbor.example"]
        organization.save()
    wrong = client.post("/companies/new", told(other_subscriptions="cfo@elsewhere.example"))
    assert "not on a domain" in wrong.content.decode()
    client.post("/companies/new", told(other_subscriptions="CFO@harbor.example, ap@harbor.example"))
    assert kept(organization).subscriptions == ["ap@harbor.example", "cfo@harbor.example"]


def test_a_parent_is_found_by_name_and_kept(client: Client, organization: Organization) -> None:
    for number in range(12):
        make_company(organization, f"Company {number:02}")
    group = make_company(organization, "Harbor Foods Group")
    page = client.post("/companies/new", told(parent_search="harb", find_parent="1")).content.decode()
    assert re.findall(r'name="parent" value="([^"]*)"', page) == ["", str(group.id)]
    client.post("/companies/new", told(name="Harbor North", parent=str(group.id)))
    assert kept(organization, name="Harbor North").parent == group
    assert kept(organization, id=group.id).children_count == 1


def test_edit_shows_and_changes_what_is_known(client: Client, organization: Organization) -> None:
    group, north, depot = family(organization)
    page = client.get(f"/companies/{north.id}/edit").content.decode()
    assert 'value="Harbor North"' in page
    assert f'name="parent" value="{group.id}" checked' in page
    # A company below cannot become the parent, so it is not offered.
    assert str(depot.id) not in page
    answer = client.post(f"/companies/{north.id}/edit", told(name="Harbor Northern", parent=""))
    assert answer["Location"] == f"/companies/{north.id}/"
    changed = kept(organization, id=north.id)
    assert (changed.name, changed.parent) == ("Harbor Northern", None)


def test_a_company_cannot_be_placed_below_itself(client: Client, organization: Organization) -> None:
    group, north, _ = family(organization)
    page = client.post(f"/companies/{group.id}/edit", told(parent=str(north.id)))
    assert "belongs to this company" in page.content.decode()
    assert kept(organization, id=group.id).parent is None


def test_the_onboarding_window_has_the_link_the_mail_and_what_is_connected(
    client: Client, company: Company
) -> None:
    connect(company, "Sage 100", "PendingAuth")
    page = client.get(f"/companies/{company.id}/request-data").content.decode()
    url = re.findall(r'id="company_link_url" value="([^"]*)"', page)[0]
    mail = re.findall(r'<textarea id="company_email_en"[^>]*>([^<]*)', page)[0]
    assert url in mail
    for words in ("Harbor Foods", "Demo Bank", "Ada Marsh", "read only", "10 to 30 minutes", "administrator"):
        assert words in mail
    assert "{" not in mail
    assert "Sage 100" in page


def test_each_opening_issues_a_new_link_and_voids_the_last(client: Client, company: Company) -> None:
    from cardable.server.connections.models import OneTimeLink
    from cardable.server.tenancy import acting_for

    for _ in range(2):
        client.get(f"/companies/{company.id}/request-data")
    with acting_for(company.organization_id):
        assert OneTimeLink.objects.filter(voided_at=None).count() == 1
        assert OneTimeLink.objects.count() == 2


def test_without_one_time_links_the_link_stays_the_same(
    client: Client, organization: Organization, company: Company
) -> None:
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        organization.one_time_links = False
        organization.save()
    page = client.get(f"/companies/{company.id}/request-data").content.decode()
    assert f'value="http://localhost:8000/link/demo-bank/company/{company.id}"' in page


def test_a_company_is_deleted_after_confirmation(client: Client, company: Company) -> None:
    assert "cannot be undone" in client.get(f"/companies/{company.id}/delete").content.decode()
    answer = client.post(f"/companies/{company.id}/delete", follow=True)
    assert "Harbor Foods was deleted." in answer.content.decode()
    assert listed(client) == []
    assert client.get(f"/companies/{company.id}/").status_code == 404


def test_a_window_over_a_list_leads_back_to_it(client: Client, organization: Organization) -> None:
    _, north, depot = family(organization)
    page = f"http://localhost/companies/{north.id}/subsidiaries?sort=name"
    over = {"X-Window": "1", "Referer": page}
    answer = client.post(f"/companies/{depot.id}/edit", told(name="Depot"), headers=over)
    assert answer["Location"] == page
    answer = client.post(f"/companies/{depot.id}/delete", headers=over)
    assert answer["Location"] == page
    answer = client.post(f"/companies/{north.id}/delete", headers=over)
    assert answer["Location"] == "/companies/"


def test_deleting_a_group_says_how_many_go_and_asks_for_its_name(
    client: Client, organization: Organization
) -> None:
    group, _, _ = family(organization)
    page = client.get(f"/companies/{group.id}/delete").content.decode()
    assert "2 subsidiaries go with it" in page
    assert "Delete 3 companies" in page
    wrong = client.post(f"/companies/{group.id}/delete", {"name": "Harbor"})
    assert "not the name of the company" in wrong.content.decode()
    assert listed(client) == ["Harbor Foods Group"]
    client.post(f"/companies/{group.id}/delete", {"name": "Harbor Foods Group"})
    assert listed(client) == []


@pytest.mark.parametrize(("role", "status"), [("Onboarding", 403), ("Advisor", 403), ("Analyst", 200)])
def test_only_some_roles_delete(member_as: Any, company: Company, role: str, status: int) -> None:
    assert client_of(member_as(role)).get(f"/companies/{company.id}/delete").status_code == status


def test_the_mail_takes_no_placeholder_from_a_name() -> None:
    from cardable.server.portal.email_template import filled_template

    assert filled_template("{a} and {b} {c} {", a="{b}", b="two") == "{b} and two {c} {"
