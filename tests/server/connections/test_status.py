"""A company's status follows from its own connections and those of all below it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection
from cardable.server.connections.status import company_status, refresh
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import connect
from tests.server.conftest import make_company


@pytest.mark.parametrize(
    ("statuses", "has_gaps", "word"),
    [
        ((), True, "No connections"),
        (("Linked",), False, "Linked"),
        (("Linked",), True, "Partial"),
        (("Linked", "PendingAuth"), False, "Partial"),
        (("Deauthorized", "PendingAuth", "Unlinked"), False, "Deauthorized"),
        (("PendingAuth", "Unlinked"), False, "Pending"),
        (("Unlinked",), False, "Unlinked"),
    ],
)
def test_the_first_match_decides(statuses: tuple[str, ...], has_gaps: bool, word: str) -> None:
    assert company_status(statuses, has_gaps=has_gaps) == word


@pytest.fixture
def family(organization: Organization) -> tuple[Company, Company, Company]:
    """A group, a holding below it, and a shop below that."""
    group = make_company(organization, "Group")
    holding = make_company(organization, "Holding", parent=group)
    return group, holding, make_company(organization, "Shop", parent=holding)


def seen(company: Company) -> tuple[str, int, int, int]:
    with acting_for(company.organization_id):
        company.refresh_from_db()
    return company.connection_status, company.linked_count, company.family_count, company.children_count


def test_a_connection_counts_for_every_company_above(family: tuple[Company, Company, Company]) -> None:
    group, _, shop = family
    connect(shop, status="Linked", platform_name="Sage 100")
    assert seen(group) == ("Linked", 1, 3, 1)
    assert seen(shop) == ("Linked", 1, 1, 0)
    assert group.platforms == [{"name": "Sage 100", "status": "Linked"}]


def test_a_childless_subsidiary_without_connection_leaves_a_gap(
    family: tuple[Company, Company, Company], organization: Organization
) -> None:
    group, _, shop = family
    make_company(organization, "Kiosk", parent=group)
    connect(shop, status="Linked")
    assert seen(group) == ("Partial", 1, 4, 2)


def test_a_company_on_its_way_out_counts_no_more(family: tuple[Company, Company, Company]) -> None:
    group, holding, shop = family
    connect(shop, status="Linked")
    with acting_for(group.organization_id):
        Company.objects.filter(id__in=[holding.id, shop.id]).update(deleting_since="2026-11-24T00:00:00Z")
        refresh(group)
    assert seen(group) == ("No connections", 0, 1, 0)


def test_a_company_without_connections_again_says_so(company: Company) -> None:
    connect(company, status="Unlinked")
    assert seen(company)[0] == "Unlinked"
    with acting_for(company.organization_id):
        Connection.objects.all().delete()
        refresh(company)
    assert seen(company)[0] == "No connections"


def replaced(company: Company, status: str, *, after: bool = True) -> str:
    """The status of a company with a linked connection and one of this status, made before it or after."""
    earlier = connect(company, status=status, platform_name="Sage 100")
    later = connect(company, status="Linked", platform_name="Xero")
    now = timezone.now()
    with acting_for(company.organization_id):
        Connection.objects.filter(id=earlier.id).update(created_at=now - timedelta(days=9 if after else 1))
        Connection.objects.filter(id=later.id).update(linked_at=now - timedelta(days=5))
        refresh(company)
    return seen(company)[0]


@pytest.mark.parametrize("status", ["Unlinked", "Deauthorized", "PendingAuth"])
def test_software_that_gave_way_to_another_is_no_lack(company: Company, status: str) -> None:
    assert replaced(company, status) == "Linked"


def test_software_begun_after_the_one_in_use_is_still_to_come(company: Company) -> None:
    assert replaced(company, "PendingAuth", after=False) == "Partial"
