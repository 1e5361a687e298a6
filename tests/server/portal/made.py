"""Companies, connections and files for the portal's tests."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.test import Client

from tests.server.conftest import make_company

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.connections.models import Connection
    from cardable.server.organizations.models import Organization

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def names(page: Any) -> list[str]:
    """The companies in the table, in order."""
    return re.findall(r'<a href="/companies/[0-9a-f-]{36}/" dir="auto">([^<]*)</a>', page.content.decode())


def listed(client: Client, address: str = "/companies/") -> list[str]:
    return names(client.get(address))


def family(organization: Organization) -> tuple[Company, Company, Company]:
    """A group with a subsidiary, which has one too."""
    group = make_company(organization, "Harbor Foods Group")
    north = make_company(organization, "Harbor North", parent=group)
    depot = make_company(organization, "Pier Depot", parent=north)
    refresh(depot)
    return group, north, depot


def refresh(*companies: Company) -> None:
    from cardable.server.connections.status import refresh
    from cardable.server.tenancy import acting_for

    with acting_for(companies[0].organization_id):
        refresh(*companies)


def connect(company: Company, platform: str, status: str = "Linked", **more: Any) -> Connection:
    from cardable.server.connections.models import Connection
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        made = Connection.objects.create(
            organization_id=company.organization_id,
            company=company,
            system=platform.lower().replace(" ", "-"),
            platform_name=platform,
            status=status,
            **more,
        )
    refresh(company)
    return made


def dated(company: Company, **values: Any) -> None:
    from cardable.server.companies.models import Company
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        Company.objects.filter(id=company.id).update(**values)
