"""A list asks the database as often for 20 things as for 2."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cardable.server.organizations.models import Organization
from tests.server.conftest import make_company
from tests.server.contracts.queries import assert_as_many_queries

Make = Callable[[Organization, int], None]


def parents(organization: Organization, count: int) -> None:
    for number in range(count):
        parent = make_company(organization, f"Group {number}", children_count=1, family_count=2)
        make_company(organization, f"Subsidiary {number}", parent=parent)


LISTS: dict[str, Make] = {"companies": parents, "spend-insights": parents}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_many_as_for_few(
    name: str, client: Client, organization: Organization
) -> None:
    assert_as_many_queries(client, reverse(name), lambda count: LISTS[name](organization, count))
