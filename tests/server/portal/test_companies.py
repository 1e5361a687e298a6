"""The Companies tab: list, hierarchy, search, filter, order, columns, pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.server.conftest import client_of, make_company, make_member
from tests.server.portal.made import START, connect, dated, family, listed, names, refresh

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Member, Organization

ADDRESSES = ("/companies/", "/companies/?q=o", "/companies/?sort=-synced", "/companies/?status=Linked")
Count = Callable[[Client, str], int]


@pytest.fixture
def queries() -> Count:
    """How many queries a page makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    return count


def test_newest_companies_come_first(client: Client, organization: Organization) -> None:
    for day, name in enumerate(["Old", "Middle", "New"]):
        dated(make_company(organization, name), created_at=START + timedelta(days=day))
    assert listed(client) == ["New", "Middle", "Old"]


def test_an_issuer_without_companies_is_told_how_to_begin(client: Client) -> None:
    page = client.get("/companies/").content.decode()
    assert "No companies yet" in page
    assert 'href="/companies/new"' in page


def test_subsidiaries_are_folded_and_open_in_place(client: Client, organization: Organization) -> None:
    group, north, _ = family(organization)
    page = client.get("/companies/")
    assert (names(page), "Rows 1" in page.content.decode()) == (["Harbor Foods Group"], True)
    assert listed(client, f"/companies/?open={group.id.hex}") == ["Harbor Foods Group", "Harbor North"]
    opened = f"{group.id.hex}.{north.id.hex}"
    assert listed(client, f"/companies/?open={opened}") == [
        "Harbor Foods Group",
        "Harbor North",
        "Pier Depot",
    ]


def test_opening_in_place_answers_one_family_and_the_address_to_remember(
    client: Client, organization: Organization
) -> None:
    group, *_ = family(organization)
    make_company(organization, "Elsewhere")
    page = client.get(
        f"/companies/?only={group.id.hex}&open={group.id.hex}",
        headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/companies/?sort=name"},
    )
    assert names(page) == ["Harbor Foods Group", "Harbor North"]
    assert page["HX-Replace-Url"] == f"/companies/?sort=name&open={group.id.hex}"


def test_a_hit_on_a_subsidiary_shows_its_parents_open(client: Client, organization: Organization) -> None:
    group, _, _ = family(organization)
    make_company(organization, "Pier One")
    assert listed(client, "/companies/?q=depot") == ["Harbor Foods Group", "Harbor North", "Pier Depot"]
    assert listed(client, f"/companies/?q=depot&shut={group.id.hex}") == ["Harbor Foods Group"]
    assert sorted(listed(client, "/companies/?q=pier&sort=name")) == [
        "Harbor Foods Group",
        "Harbor North",
        "Pier Depot",
        "Pier One",
    ]


@pytest.mark.parametrize("text", ["café", "CAFE", "cafe mun", "Ñ", "%"])
def test_names_are_found_whatever_case_and_accents(
    client: Client, organization: Organization, text: str
) -> None:
    from cardable.server.companies.names import folded_name

    name = "Café Muñoz"
    dated(make_company(organization, name), folded_name=folded_name(name))
    make_company(organization, "Other")
    assert listed(client, f"/companies/?q={text.replace('%', '%25')}") == ([] if text == "%" else [name])


def test_companies_are_found_by_the_beginning_of_their_or_their_connections_id(
    client: Client, organization: Organization
) -> None:
    company = make_company(organization, "Harbor Foods")
    make_company(organization, "Other")
    connection = connect(company, "Sage 100")
    for id in (str(company.id)[:11], company.id.hex[:10].upper(), str(connection.id)[:20]):
        assert listed(client, f"/companies/?q={id}") == ["Harbor Foods"]
    assert listed(client, f"/companies/?q={str(company.id)[3:]}") == []


def test_a_platform_is_found_and_marked_in_the_pills(client: Client, organization: Organization) -> None:
    company = make_company(organization, "Harbor Foods")
    make_company(organization, "Other")
    for platform in ("Acumatica", "Xero", "Zoho Books"):
        connect(company, platform)
    page = client.get("/companies/?q=zoho")
    assert names(page) == ["Harbor Foods"]
    assert re.search(r'class="pill matched"[^>]*><span>Zoho Books', page.content.decode())


def test_companies_are_found_by_who_created_them(client: Client, organization: Organization) -> None:
    zoe = make_member(organization, email="zm@demo.bank", name="Zoë Marsh")
    make_company(organization, "Harbor Foods", created_by=zoe, created_by_name="Zoë Marsh")
    make_company(organization, "Other", created_by_name="Ben Who Left")
    assert listed(client, "/companies/?q=zoe") == ["Harbor Foods"]
    assert listed(client, "/companies/?q=ben+who") == ["Other"]


def test_the_status_filter_keeps_the_parents_of_what_it_finds(
    client: Client, organization: Organization
) -> None:
    _, north, depot = family(organization)
    connect(north, "Xero")
    connect(depot, "Sage 100", "PendingAuth")
    make_company(organization, "Other")
    page = "/companies/?status=Pending"
    assert listed(client, page) == ["Harbor Foods Group", "Harbor North", "Pier Depot"]
    assert listed(client, "/companies/?status=No+connections") == ["Other"]
    assert "No company matches." in client.get("/companies/?status=Unlinked").content.decode()


@pytest.mark.parametrize(("sort", "expected"), [("synced", ["B", "A", "C"]), ("-synced", ["A", "B", "C"])])
def test_companies_never_synced_come_last_in_both_directions(
    client: Client, organization: Organization, sort: str, expected: list[str]
) -> None:
    dated(make_company(organization, "A"), last_sync_at=START + timedelta(days=1))
    dated(make_company(organization, "B"), last_sync_at=START)
    make_company(organization, "C")
    assert listed(client, f"/companies/?sort={sort}") == expected


@pytest.mark.parametrize("sort", ["name", "-name", "created", "-created", "synced", "-synced"])
def test_every_company_shows_once_over_all_pages(
    client: Client, organization: Organization, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardable.server.companies.listing.PAGE_ROWS", 4)
    for number in range(11):
        company = make_company(organization, f"Company {number % 5}")
        if number % 2:
            dated(company, last_sync_at=START + timedelta(days=number % 3))
    address, seen = f"/companies/?sort={sort}", []
    whole = listed(client, address)
    for _ in range(4):
        page = client.get(address)
        seen += re.findall(r'id="c-([0-9a-f]{32})"', page.content.decode())
        more = re.search(r'<tr class="more">.*?href="([^"]*)"', page.content.decode())
        if not more:
            break
        address = f"/companies/{more[1].replace('&amp;', '&')}"
    assert (len(seen), len(set(seen)), len(whole)) == (11, 11, 4)


def test_a_large_group_shows_some_in_place_and_the_way_to_all(
    client: Client, organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardable.server.companies.listing.CHILDREN", 2)
    group = make_company(organization, "Group")
    children = [make_company(organization, f"Child {number}", parent=group) for number in range(5)]
    refresh(*children)
    page = client.get(f"/companies/?open={group.id.hex}&sort=name")
    assert names(page) == ["Group", "Child 0", "Child 1"]
    assert f'href="/companies/{group.id}/subsidiaries?sort=name">3 more<' in page.content.decode()


def test_columns_are_remembered_for_each_member(client: Client, company: Company, member: Member) -> None:
    def shown() -> tuple[str, bool]:
        page = client.get("/companies/").content.decode()
        return re.findall(r'id="columns-shown">([^<]*)<', page)[0], "Products</th>" in page

    assert shown() == ("Default", False)
    choices: list[tuple[dict[str, Any], tuple[str, bool]]] = [
        ({"column": ["created", "synced", "platforms", "products"]}, ("All", True)),
        ({"column": ["products"]}, ("1/4", True)),
        ({}, ("0/4", False)),
        ({"default": "1", "column": ["products"]}, ("Default", False)),
    ]
    for chosen, expected in choices:
        answer = client.post("/companies/columns", {**chosen, "next": "/companies/?q=har"})
        assert (answer.status_code, answer["Location"]) == (302, "/companies/?q=har")
        assert shown() == expected


def test_columns_lead_back_nowhere_else(client: Client) -> None:
    answer = client.post("/companies/columns", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/companies/"


def test_a_list_takes_as_many_queries_for_many_companies_as_for_few(
    client: Client, organization: Organization, queries: Count
) -> None:
    for number in range(3):
        make_company(organization, f"Company {number}")
    few = [queries(client, address) for address in ADDRESSES]
    group, _, _ = family(organization)
    for number in range(70):
        connect(make_company(organization, f"More {number}", parent=group if number % 2 else None), "Xero")
    many = [queries(client, address) for address in ADDRESSES]
    assert many == few


def test_invite_company_is_off_while_links_work_once(client: Client, organization: Organization) -> None:
    assert "Invite company is off" in client.get("/companies/").content.decode()
    assert client.get("/companies/invite").status_code == 404
    from cardable.server.tenancy import acting_for

    with acting_for(organization.id):
        organization.one_time_links = False
        organization.save()
    assert "/link/demo-bank/invite" in client.get("/companies/invite").content.decode()


def test_an_onboarding_user_may_not_delete(member_as: Any, company: Company) -> None:
    browser = client_of(member_as("Onboarding"))
    assert "Delete" not in browser.get("/companies/").content.decode()
    assert browser.post(f"/companies/{company.id}/delete").status_code == 403


def test_another_issuers_company_is_not_there(company: Company, stranger: Member) -> None:
    browser = client_of(stranger)
    assert listed(browser) == []
    for part in (
        "",
        "edit",
        "created",
        "request-data",
        "delete",
        "connections",
        "timeline",
        "data/",
        "history",
    ):
        assert browser.get(f"/companies/{company.id}/{part}").status_code == 404
