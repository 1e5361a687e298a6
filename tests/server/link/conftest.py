"""A customer who was let into the Link of Harbor Foods."""

import pytest

from cardable.server.companies.models import Company
from cardable.server.organizations.models import Organization
from tests.server.link.customers import Customer


@pytest.fixture
def customer(company: Company, organization: Organization, static_files: None) -> Customer:
    """Somebody at Harbor Foods, let in."""
    return Customer(company, organization)


@pytest.fixture
def newcomer(company: Company, organization: Organization, static_files: None) -> Customer:
    """Somebody at Harbor Foods who has a link and has not used it yet."""
    return Customer(company, organization, let_in=False)
