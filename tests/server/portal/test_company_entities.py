"""What the portal says of companies that came with another's files."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cardable.server.companies.models import Company, CompanyOwner
from cardable.server.connections.models import Connection
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import connect
from tests.server.conftest import client_of
from tests.server.link.customers import words
from tests.server.syncs.shared import BOTH, entity_of, share, subsidiary


@pytest.fixture
def split(company: Company) -> Connection:
    held = connect(company, "sage-100", platform_name="Sage 100", step="done")
    share(held, BOTH)
    return held


def page(client: Client, path: str) -> str:
    return words(client.get(path, follow=True).getvalue().decode())


def test_each_companys_data_says_where_it_came_from_or_went(
    client: Client, company: Company, split: Connection
) -> None:
    east = subsidiary(company, "east")
    above, below = (
        page(client, f"/companies/{company.id}/data/"),
        page(client, f"/companies/{east.id}/data/bills"),
    )
    assert "The files hold several companies. Each has its records on its own page: east, west" in above
    assert "Data from Sage 100 came as east in the files of Harbor Foods." in below
    assert "B1" in below
    assert "in the files of Harbor Foods" in page(client, f"/companies/{east.id}/files")
    assert "bills.csv" in page(client, f"/companies/{company.id}/files")


def test_who_reaches_the_subsidiary_alone_is_not_told_whose_files_they_were(
    company: Company, organization: Organization, split: Connection, member_as: Callable[[str], Member]
) -> None:
    east, owner = subsidiary(company, "east"), member_as("Advisor")
    with acting_for(organization.id):
        organization.company_permissions = True
        organization.save()
        CompanyOwner.objects.create(organization=organization, company=east, member=owner)
    browser = client_of(owner)
    for path in ("data/", "connections"):
        said = page(browser, f"/companies/{east.id}/{path}")
        assert "in the files of the parent company" in said
        assert "Harbor Foods" not in said


def test_what_was_left_out_is_said_and_can_be_looked_at(
    client: Client, company: Company, split: Connection
) -> None:
    share(split, left_out="west")
    west = subsidiary(company, "west")
    assert "left out what the files hold of west. It does not count." in page(
        client, f"/companies/{company.id}/data/"
    )
    assert "Data from Sage 100 is kept and not counted since" in page(client, f"/companies/{west.id}/data/")
    kept = page(client, f"/companies/{west.id}/data/bills?connection={entity_of(west).id}")
    assert "It is kept, and no longer shared." in kept
    assert "B2" in kept
    connections = page(client, f"/companies/{west.id}/connections")
    assert "It is no longer shared. What came before is kept." in connections
    assert "Count in reports" not in connections


def test_a_company_chosen_from_several_says_what_does_not_count(client: Client, company: Company) -> None:
    share(connect(company), BOTH, only="west")
    said = page(client, f"/companies/{company.id}/data/")
    assert "The customer left out what the files hold of east. It does not count." in said


def test_an_entity_has_no_journey_of_its_own(
    company: Company, split: Connection, member_as: Callable[[str], Member]
) -> None:
    client = client_of(member_as("Administrator"))
    held = entity_of(subsidiary(company, "east"))
    client.post(f"/connections/{held.id}/unlink")
    listed: Any = client.get(f"/companies/{held.company_id}/connections")
    assert f"/connections/{held.id}/link" not in listed.getvalue().decode()
    assert client.get(f"/connections/{held.id}/link").status_code == 404
    told: Any = client.post(f"/connections/{held.id}/count", follow=True)
    assert "connected by the parent company, whose customer chooses" in told.getvalue().decode()
